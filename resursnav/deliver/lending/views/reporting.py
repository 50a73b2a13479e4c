"""Saying that something is wrong with what one has on loan."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.deliver.stock.models import Item, PartLine
from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.asking import StaffRequest, posted, status_of, tried

from .. import actions
from ..forms import FaultForm
from ..models import AWAY, Booking
from ..rules import CHANGE


@page(CHANGE, load=Booking, methods=("GET", "POST"))
def fault(request: StaffRequest, booking: Booking) -> HttpResponse:
    """What is wrong, with which copy, and which parts are missing."""
    booking = Booking.objects.whole().get(pk=booking.pk)
    if booking.state not in AWAY:
        messages.info(request, _("Fel anmäls medan något är utlånat. Fråga centret om det gäller något annat."))
        return redirect(booking.order)
    items = list(Item.objects.filter(pk__in=booking.copies.filter(open=True).values("item")).order_by("barcode"))
    parts = list(PartLine.objects.filter(holding=booking.holding_id, counted=True))
    form = FaultForm(items, parts, posted(request))
    if form.is_bound and form.is_valid():
        said = {"item": form.picked(), "text": form.cleaned_data["text"], "missing": form.missing()}
        at = timezone.now()
        if tried(form, lambda: actions.report_fault(booking=booking, **said, by=request.user, at=at)):
            messages.success(request, _("Tack. Centret har fått veta vad som är fel."))
            return redirect(booking.order)
    return render(request, "lending/fault.html", {"booking": booking, "form": form}, status=status_of(form))
