"""Rooms and stores, the numbers that new items get, and tables of items."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.foundation.imports import actions as imports
from resursnav.foundation.imports.uploads import was_refused
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.ui.asking import StaffRequest, posted, status_of, tried
from resursnav.kernel.errors import Unable

from .. import actions
from ..forms import ImportForm, PlaceForm, SeriesForm
from ..models import BarcodeSeries, Item, ItemState, StockPlace
from ..rules import EDIT, SET_UP, WORK
from ..taking import COLUMNS, KIND
from ._asked import owner_chosen, owners


@page(WORK)
def index(request: StaffRequest) -> HttpResponse:
    """The places with how much stands there, and each centre's number series."""
    kept = Count("items", filter=~Q(items__state=ItemState.RETIRED))
    rows = StockPlace.objects.visible_to(request.user, WORK).select_related("owner").annotate(standing=kept)
    mine = owners(request.user)
    series = {one.owner_id: one for one in BarcodeSeries.objects.filter(owner__in=mine)}
    told = [(owner, series.get(owner.pk) or BarcodeSeries(owner=owner)) for owner in mine]
    return render(request, "stock/places.html", {"rows": rows, "series": told})


@page(SET_UP, methods=("GET", "POST"))
def add(request: StaffRequest) -> HttpResponse:
    """Make a place known."""
    form = PlaceForm(owners(request.user), posted(request))
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("code", "name", "shelves")}
        at = timezone.now()
        if tried(form, lambda: actions.add_place(owner=owner_chosen(form), by=request.user, at=at, **said)):
            messages.success(request, _("Platsen är tillagd."))
            return redirect("stock:places")
    return render(request, "stock/place.html", {"form": form}, status=status_of(form))


@page(SET_UP, load=StockPlace, see=WORK, methods=("GET", "POST"))
def edit(request: StaffRequest, stockplace: StockPlace) -> HttpResponse:
    """Say something else about a place."""
    initial = {name: getattr(stockplace, name) for name in ("code", "name", "shelves")}
    form = PlaceForm([stockplace.owner], posted(request), initial=initial)
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("code", "name", "shelves")}
        at = timezone.now()
        if tried(form, lambda: actions.edit_place(place=stockplace, by=request.user, at=at, **said)):
            messages.success(request, _("Ändringarna är sparade."))
            return redirect("stock:places")
    standing = Item.objects.filter(place=stockplace).exists()
    told = {"form": form, "place": stockplace, "standing": standing}
    return render(request, "stock/place.html", told, status=status_of(form))


@page(SET_UP, load=StockPlace, see=WORK, methods=("POST",))
def remove(request: StaffRequest, stockplace: StockPlace) -> HttpResponse:
    """Forget a place where nothing stands."""
    try:
        actions.remove_place(place=stockplace, by=request.user, at=timezone.now())
    except Unable as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("Platsen är borttagen."))
    return redirect("stock:places")


@page(SET_UP, load=Organisation, see=SET_UP, methods=("GET", "POST"))
def series(request: StaffRequest, organisation: Organisation) -> HttpResponse:
    """Say which barcodes new items get."""
    known = BarcodeSeries.objects.filter(owner=organisation).first() or BarcodeSeries(owner=organisation)
    initial = {"letters": known.prefix, "digits": known.digits, "next_number": known.next_number}
    form = SeriesForm(posted(request), initial=initial)
    if form.is_bound and form.is_valid():
        said, at = form.cleaned_data, timezone.now()
        numbers = {"prefix": said["letters"], "digits": said["digits"], "next_number": said["next_number"]}
        saved = tried(
            form, lambda: actions.set_series(owner=organisation, by=request.user, at=at, **numbers), prefix="letters"
        )
        if saved:
            messages.success(request, _("Nummerserien är sparad."))
            return redirect("stock:places")
    told = {"form": form, "owner": organisation, "next": str(known)}
    return render(request, "stock/series.html", told, status=status_of(form))


@page(EDIT, methods=("GET", "POST"))
def take_in(request: StaffRequest) -> HttpResponse:
    """Choose a table of items; what it would do is shown by imports, as for every kind of import."""
    mine = owners(request.user)
    form = ImportForm(mine, posted(request), request.FILES or None)
    if request.method == "POST" and was_refused(request):
        form.add_error("file", _("Filen är för stor. Dela den eller packa den."))
    elif form.is_bound and form.is_valid():
        file, now = form.cleaned_data["file"], timezone.now()
        said: dict[str, Any] = {"kind": KIND, "name": file.name, "content": file.chunks(), "by": request.user}
        batch = tried(form, lambda: imports.receive(organisation=owner_chosen(form), at=now, **said))
        if batch:
            if batch.is_small:
                imports.check(batch=batch, by=request.user, at=now)
            return redirect("imports:show", batch.pk)
    names = [spellings[0] for spellings in COLUMNS.values()]
    return render(request, "stock/import.html", {"form": form, "columns": names}, status=status_of(form))
