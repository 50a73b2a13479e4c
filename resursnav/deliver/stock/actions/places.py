"""The rooms where things stand, and the numbers that they get."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.foundation.threads.actions import record
from resursnav.kernel.text import clean

from .. import codes
from ..models import BarcodeSeries, Item, StockPlace
from .telling import UnableToStock, check

_SAID = ("code", "name", "shelves")


@transaction.atomic
def add_place(
    *, owner: Organisation, code: str, name: str, shelves: str, by: Person | None, at: datetime
) -> StockPlace:
    """Make a room or a store known."""
    return _keep(StockPlace(owner=owner), code, name, shelves, "stock.place_added", by, at)


@transaction.atomic
def edit_place(*, place: StockPlace, code: str, name: str, shelves: str, by: Person | None, at: datetime) -> StockPlace:
    """Say something else about the place; what stands there stays."""
    found = StockPlace.objects.select_for_update().get(pk=place.pk)
    return _keep(found, code, name, shelves, "stock.place_edited", by, at)


@transaction.atomic
def remove_place(*, place: StockPlace, by: Person | None, at: datetime) -> None:
    """Forget a place where nothing stands."""
    found = StockPlace.objects.select_for_update().get(pk=place.pk)
    if Item.objects.filter(place=found).exists():
        raise UnableToStock(_("Här står exemplar, kanske också gallrade. Flytta dem först."))
    record(verb="stock.place_removed", thing=found, organisation=found.owner_id, by=by, at=at)
    found.delete()


@transaction.atomic
def set_series(
    *, owner: Organisation, prefix: str, digits: int, next_number: int, by: Person | None, at: datetime
) -> BarcodeSeries:
    """Say which barcodes new items get."""
    BarcodeSeries.objects.get_or_create(owner=owner)
    found = BarcodeSeries.objects.select_for_update().get(owner=owner)
    before = {"next_number": str(found)}
    found.prefix, found.digits, found.next_number = codes.tidy(prefix), digits, next_number
    check(found)
    if not codes.is_code(str(found)):
        raise UnableToStock(
            _("Det blir ingen streckkod av det. Använd bokstäverna A-Z, siffror och bindestreck, högst 24 tecken."),
            field="prefix",
        )
    found.save()
    after = {"next_number": str(found)}
    if before != after:
        record(verb="stock.series_set", thing=found, organisation=owner, by=by, at=at, before=before, after=after)
    return found


def _keep(
    place: StockPlace, code: str, name: str, shelves: str, verb: str, by: Person | None, at: datetime
) -> StockPlace:
    before = {one: getattr(place, one) for one in _SAID} if place.pk else {}
    place.code, place.name = codes.tidy(clean(code)), " ".join(clean(name).split())
    place.shelves = "\n".join(" ".join(line.split()) for line in clean(shelves).splitlines() if line.strip())
    check(place)
    place.save()
    after = {one: getattr(place, one) for one in _SAID}
    if before != after:
        record(verb=verb, thing=place, organisation=place.owner_id, by=by, at=at, before=before, after=after)
    return place
