"""What happens to one item: changed, broken, mended, away, missing, found, retired, counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.asking import StaffRequest, posted, status_of, tried
from resursnav.foundation.ui.panels import panels

from .. import actions, wording
from ..forms import FaultForm, ItemForm, MissingPartsForm, NoteForm, ReasonForm, ServiceForm
from ..models import Fault, Item
from ..rules import EDIT, WORK
from ._asked import moment

# Verb -> the action, the heading, what happens, the button, and what is said afterwards.
NOTED: dict[str, tuple[Callable[..., Item], Any, Any, Any, Any]] = {
    "back": (
        actions.back_from_service,
        gettext_lazy("Tillbaka från service"),
        gettext_lazy("Exemplaret kan lånas ut igen från och med nu, och de fel som hindrade det räknas som åtgärdade."),
        gettext_lazy("Ta tillbaka exemplaret"),
        gettext_lazy("Exemplaret kan lånas ut igen."),
    ),
    "missing": (
        actions.report_missing,
        gettext_lazy("Exemplaret saknas"),
        gettext_lazy("Det räknas inte längre bland dem som kan lånas ut. Hittas det, anmäler du det på samma sida."),
        gettext_lazy("Anmäl att det saknas"),
        gettext_lazy("Exemplaret är anmält som saknat."),
    ),
    "found": (
        actions.report_found,
        gettext_lazy("Exemplaret är hittat"),
        gettext_lazy("Det kan lånas ut igen, om inget fel hindrar det."),
        gettext_lazy("Anmäl att det är hittat"),
        gettext_lazy("Exemplaret är tillbaka."),
    ),
    "unretire": (
        actions.unretire,
        gettext_lazy("Ta tillbaka gallringen"),
        gettext_lazy("Exemplaret står i beståndet igen och kan lånas ut, om inget fel hindrar det."),
        gettext_lazy("Ta tillbaka gallringen"),
        gettext_lazy("Gallringen är återtagen."),
    ),
}


@page(EDIT, load=Item, see=WORK, methods=("GET", "POST"))
def edit(request: StaffRequest, item: Item) -> HttpResponse:
    """Say something else of the item."""
    form = ItemForm(posted(request), item=item)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        saved = tried(
            form,
            lambda: actions.edit_item(
                item=item,
                barcode=given["barcode"],
                facts=form.facts(),
                seen_at=moment(given["seen_at"]),
                by=request.user,
                at=timezone.now(),
            ),
            item.updated_at.isoformat(),
        )
        if saved:
            messages.success(request, _("Ändringarna är sparade."))
            return redirect(saved)
    return _page(request, item, form, _("Ändra exemplaret"), _("Spara ändringarna"))


@page(EDIT, load=Item, see=WORK, methods=("GET", "POST"))
def fault(request: StaffRequest, item: Item) -> HttpResponse:
    """Report what is wrong."""
    form = FaultForm(posted(request))
    if form.is_bound and form.is_valid():
        said, at = form.cleaned_data, timezone.now()
        if tried(form, lambda: actions.report_fault(item=item, by=request.user, at=at, **said)):
            messages.success(request, _("Felet är anmält."))
            return redirect(item)
    return _page(request, item, form, _("Anmäl ett fel"), _("Anmäl felet"))


@page(EDIT, load=Fault, see=WORK, methods=("GET", "POST"))
def mend(request: StaffRequest, fault: Fault) -> HttpResponse:
    """The fault is mended."""
    form, item = NoteForm(posted(request)), fault.item
    if form.is_bound and form.is_valid():
        note, at = form.cleaned_data["note"], timezone.now()
        if tried(form, lambda: actions.mend(fault=fault, note=note, by=request.user, at=at)):
            messages.success(request, _("Felet är åtgärdat."))
            return redirect(item)
    return _page(request, item, form, _("Felet är åtgärdat"), _("Spara"), lead=fault.text)


@page(EDIT, load=Item, see=WORK, methods=("GET", "POST"))
def service(request: StaffRequest, item: Item) -> HttpResponse:
    """Send it to be mended, with the bookings that it hits before one's eyes."""
    form = ServiceForm(posted(request), initial={"where": item.service_at, "back_date": item.back_date})
    if form.is_bound and form.is_valid():
        said, at = form.cleaned_data, timezone.now()
        if tried(form, lambda: actions.send_to_service(item=item, by=request.user, at=at, **said)):
            messages.success(request, _("Exemplaret är på service."))
            return redirect(item)
    lead = _("Det räknas inte bland dem som kan lånas ut förrän den dag du skriver.")
    return _page(request, item, form, _("Skicka på service"), _("Skicka på service"), lead=lead, asks="stock:service")


@page(EDIT, load=Item, see=WORK, methods=("GET", "POST"))
def noted(request: StaffRequest, item: Item, verb: str) -> HttpResponse:
    """Back, missing, found, or no longer retired: one press, with a note if there is something to say."""
    do, heading, lead, submit, done = NOTED[verb]
    form = NoteForm(posted(request))
    if form.is_bound and form.is_valid():
        note, at = form.cleaned_data["note"], timezone.now()
        if tried(form, lambda: do(item=item, note=note, by=request.user, at=at)):
            messages.success(request, done)
            return redirect(item)
    return _page(request, item, form, heading, submit, lead=lead, asks=f"stock:{verb}")


@page(EDIT, load=Item, see=WORK, methods=("GET", "POST"))
def retire(request: StaffRequest, item: Item) -> HttpResponse:
    """Part with it, with the consequences before one's eyes."""
    form = ReasonForm(posted(request))
    if form.is_bound and form.is_valid():
        reason, at = form.cleaned_data["reason"], timezone.now()
        if tried(form, lambda: actions.retire(items=[item], reason=reason, by=request.user, at=at)):
            messages.success(request, _("Exemplaret är gallrat. Du kan ta tillbaka det på den här sidan."))
            return redirect(item)
    lead = _("Det lånas inte ut mer. Streckkoden blir kvar, så att den som skannar den ser vad det var.")
    return _page(
        request, item, form, _("Gallra exemplaret"), _("Gallra exemplaret"), lead=lead, asks="stock:retire", danger=True
    )


@page(EDIT, load=Item, see=WORK, methods=("GET", "POST"))
def missing_parts(request: StaffRequest, item: Item) -> HttpResponse:
    """Count the parts of a kit."""
    parts = list(item.holding.parts.filter(counted=True))
    now = dict(item.missing_parts.values_list("part", "quantity"))
    form = MissingPartsForm(posted(request), parts=parts, missing=now)
    if form.is_bound and form.is_valid():
        missing, at = form.missing(), timezone.now()
        if tried(form, lambda: [actions.note_missing(item=item, missing=missing, by=request.user, at=at)]):
            messages.success(request, _("Räkningen är sparad."))
            return redirect(item)
    lead = "" if parts else _("Beståndet har ingen innehållslista med delar som räknas.")
    return _page(request, item, form, _("Räkna delarna"), _("Spara räkningen") if parts else "", lead=lead)


def _page(
    request: StaffRequest,
    item: Item,
    form: Any,
    heading: Any,
    submit: Any,
    *,
    lead: Any = "",
    asks: str = "",
    danger: bool = False,
) -> HttpResponse:
    found = Item.objects.select_related("holding__resource", "place").get(pk=item.pk)
    told = {
        "item": found,
        "title": found.holding.title(),
        "status": wording.status(found),
        "form": form,
        "heading": heading,
        "submit": submit,
        "lead": lead,
        "danger": danger,
        "panels": panels(request, asks, found) if asks else [],
    }
    return render(request, "stock/do.html", told, status=status_of(form))
