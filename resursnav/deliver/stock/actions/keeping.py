"""Say something else about items: where they stand, in what condition, and what their labels say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from .. import codes
from ..facts import ItemFacts, values
from ..models import Item, StockPlace
from .adding import belongs, cleaned
from .telling import Overtaken, UnableToStock, check, items_held, recorded

MOST = 500


@transaction.atomic
def edit_item(
    *, item: Item, barcode: str, facts: ItemFacts, by: Person | None, at: datetime, seen_at: datetime | None = None
) -> Item:
    """Say something else about the item; with a new barcode the old label must come off."""
    [found] = items_held([item])
    if seen_at is not None and found.updated_at != seen_at:
        raise Overtaken(
            _(
                "Någon annan har ändrat exemplaret medan du skrev. Öppna det i en ny flik, jämför, "
                "och spara sedan igen om din version ska gälla."
            )
        )
    belongs(found.holding, facts)
    before = told(found)
    for name, value in values(cleaned(facts)).items():
        setattr(found, name, value)
    found.barcode = codes.tidy(barcode)
    _keep(found, "item_edited", before, by, at)
    return found


@transaction.atomic
def move_items(
    *, items: Sequence[Item], place: StockPlace | None, shelf: str, by: Person | None, at: datetime
) -> list[Item]:
    """Give the items a new home place and shelf."""
    if len(items) > MOST:
        raise UnableToStock(_("Flytta högst %(most)d exemplar i taget.") % {"most": MOST})
    found, shelf = items_held(items), " ".join(clean(shelf).split())
    for item in found:
        belongs(item.holding, ItemFacts(place=place))
        before = told(item)
        item.place, item.shelf = place, shelf
        _keep(item, "moved", before, by, at)
    return found


def told(item: Item) -> dict[str, Any]:
    """What is said of the item now, as plain values for the log."""
    said = {name: getattr(item, name) for name in ("barcode", "shelf", "note", "value")}
    place = item.place.name if item.place else ""
    return {**said, "place": place, "condition": str(item.get_condition_display())}


def _keep(item: Item, verb: str, before: dict[str, Any], by: Person | None, at: datetime) -> None:
    after = told(item)
    if after == before:
        return
    item.updated_at = at
    check(item)
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as taken:  # since it was looked for
        raise UnableToStock(_("Någon annan tog just streckkoden. Välj en annan."), field="barcode") from taken
    recorded(verb, item, by=by, at=at, before=before, after=after)
