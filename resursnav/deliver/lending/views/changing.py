"""What one does with what is booked or lent: change, take back, renew, hand over, approve, and the queue."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.deliver.stock.models import Holding
from resursnav.deliver.stock.rules import SEE as SEE_HOLDING
from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.asking import StaffRequest, posted, status_of, tried
from resursnav.kernel.errors import Unable

from .. import actions
from ..conditions import DAY
from ..counting import conditions_of
from ..forms import CancelForm, ChangeForm, HandOverForm, QueueForm, RefuseForm, RenewForm
from ..forms.booking import at_unit
from ..models import AWAY, UNPACKED, Booking, Order, QueueEntry, State
from ..rules import BORROW, CHANGE, SEE, WORK
from ._asked import own_units, units

MOST_UNITS = 2_000


@page(CHANGE, load=Order, methods=("GET", "POST"))
def cancel(request: StaffRequest, order: Order) -> HttpResponse:
    """Take back what has not been packed."""
    rows = list(order.bookings.filter(state__in=UNPACKED).select_related("holding__resource"))
    form = CancelForm(posted(request))
    if not rows:
        messages.info(request, _why_not_cancel(order))
        return redirect(order)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = tried(form, lambda: actions.cancel(bookings=rows, by=request.user, at=timezone.now(), reason=reason))
        if done is not None:
            messages.success(request, _("Avbokat."))
            return redirect(order)
    return render(request, "lending/cancel.html", {"order": order, "form": form, "rows": rows}, status=status_of(form))


def _why_not_cancel(order: Order) -> str:
    """Nothing in the order is left to be taken back: what is true of it instead."""
    states = set(order.bookings.values_list("state", flat=True))
    if states == {State.CANCELLED}:
        return _("Beställningen är redan avbokad.")
    if order.closed_at is not None:
        return _("Beställningen är avslutad, så det finns inget att avboka.")
    return _("Det är redan packat eller utlånat, så det går inte att avboka. Fråga centret om du inte vill ha det.")


@page(CHANGE, load=Booking, methods=("GET", "POST"))
def change(request: StaffRequest, booking: Booking) -> HttpResponse:
    """Other days or another number."""
    booking = _whole(booking)
    initial = {"use_from": booking.use_from, "use_to": booking.use_to, "quantity": booking.quantity}
    form = ChangeForm(posted(request), initial=initial)
    if booking.state not in UNPACKED:
        state = {"state": booking.get_state_display()}
        messages.info(request, _("Det går inte att ändra: bokningen är %(state)s.") % state)
        return redirect(booking.order)
    instead = None
    if form.is_bound and form.is_valid():
        try:
            actions.change(booking=booking, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.UnableToOrder as refusal:
            instead = refusal.refusals[0].instead
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        except Unable as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            messages.success(request, _("Ändrat."))
            return redirect(booking.order)
    told = {"booking": booking, "form": form, "instead": instead}
    return render(request, "lending/change.html", told, status=status_of(form))


@page(CHANGE, load=Booking, methods=("GET", "POST"))
def renew(request: StaffRequest, booking: Booking) -> HttpResponse:
    """Keep it longer."""
    booking = _whole(booking)
    conditions = conditions_of([booking.holding])[booking.holding_id]
    last = max(booking.use_to, timezone.localdate()) + conditions.default_days * DAY
    form = RenewForm(posted(request), initial={"use_to": last})
    if booking.state not in AWAY:
        messages.info(request, _("Bara det som är utlånat går att låna om."))
        return redirect(booking.order)
    if form.is_bound and form.is_valid():
        done = tried(
            form,
            lambda: actions.renew(
                booking=booking, use_to=form.cleaned_data["use_to"], by=request.user, at=timezone.now()
            ),
        )
        if done is not None:
            messages.success(request, _("Omlånat."))
            return redirect(booking.order)
    return render(request, "lending/renew.html", {"booking": booking, "form": form}, status=status_of(form))


def _whole(booking: Booking) -> Booking:
    found: Booking = Booking.objects.whole().get(pk=booking.pk)
    return found


@page(CHANGE, load=Order, methods=("GET", "POST"))
def hand_over(request: StaffRequest, order: Order) -> HttpResponse:
    """Let a colleague answer for the loans."""
    form = HandOverForm(posted(request))
    if order.closed_at is not None:
        messages.info(request, _("Beställningen är avslutad, så det finns inget att lämna över."))
        return redirect(order)
    if form.is_bound and form.is_valid():
        to = at_unit(form.cleaned_data["to"], order.unit, timezone.localdate())
        if to is None:
            told = _("Ingen med den adressen arbetar på %(unit)s.")
            form.add_error("to", told % {"unit": order.unit.name})
        elif tried(form, lambda: actions.hand_over(order=order, to=to, by=request.user, at=timezone.now())):
            messages.success(request, _("Lånen är överlämnade till %(name)s.") % {"name": to})
            return redirect("lending:mine")
    return render(request, "lending/hand_over.html", {"order": order, "form": form}, status=status_of(form))


@page(WORK, load=Order, see=SEE, methods=("POST",))
def approve(request: StaffRequest, order: Order) -> HttpResponse:
    """Yes to all that waits in the order."""
    rows = list(order.bookings.filter(state=State.ASKED))
    try:
        actions.approve(bookings=rows, by=request.user, at=timezone.now())
    except Unable as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("Godkänt. Den som beställde får veta det."))
    return redirect(order)


@page(WORK, load=Order, see=SEE, methods=("GET", "POST"))
def refuse(request: StaffRequest, order: Order) -> HttpResponse:
    """No to all that waits in the order, and why."""
    rows = list(order.bookings.filter(state=State.ASKED).select_related("holding__resource"))
    form = RefuseForm(posted(request))
    if not rows:
        messages.info(request, _("Inget i beställningen väntar på svar."))
        return redirect(order)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        if tried(form, lambda: actions.refuse(bookings=rows, reason=reason, by=request.user, at=timezone.now())):
            messages.success(request, _("Den som beställde får veta varför."))
            return redirect(order)
    return render(request, "lending/refuse.html", {"order": order, "form": form, "rows": rows}, status=status_of(form))


@page(BORROW, load=Holding, see=SEE_HOLDING, methods=("GET", "POST"))
def queue(request: StaffRequest, holding: Holding) -> HttpResponse:
    """Wait for something that somebody else has."""
    places = own_units(request.user) or list(units(request.user)[:MOST_UNITS])
    days = conditions_of([holding])[holding.pk].default_days
    today = timezone.localdate()
    initial = {"earliest": today, "latest": today + 30 * DAY, "days": days, "quantity": 1}
    form = QueueForm(places, posted(request), initial=initial)
    if form.is_bound and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "unit"}
        entry = tried(
            form,
            lambda: actions.join_queue(
                holding=holding, unit=form.unit_chosen, person=request.user, **said, by=request.user, at=timezone.now()
            ),
        )
        if entry is not None:
            messages.success(request, _("Du står i kön. Vi hör av oss när den är ledig."))
            return redirect("lending:mine")
    return render(request, "lending/queue.html", {"holding": holding, "form": form}, status=status_of(form))


@page(SEE, load=QueueEntry, methods=("POST",))
def accept(request: StaffRequest, queueentry: QueueEntry) -> HttpResponse:
    """Yes to an offer."""
    try:
        entry = actions.accept_offer(entry=queueentry, by=request.user, at=timezone.now())
    except Unable as refusal:
        messages.error(request, refusal.reason)
        return redirect("lending:mine")
    messages.success(request, _("Bokat."))
    return redirect(entry.booking.order if entry.booking else "lending:mine")


@page(SEE, load=QueueEntry, methods=("POST",))
def leave(request: StaffRequest, queueentry: QueueEntry) -> HttpResponse:
    """Wait no longer, or no to an offer."""
    try:
        actions.leave_queue(entry=queueentry, by=request.user, at=timezone.now())
    except Unable as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("Du står inte i kön längre."))
    return redirect("lending:mine")
