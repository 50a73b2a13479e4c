"""What stood on a shelf against what should stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .finding import items_by_codes
from .models import Item, ItemState, StockPlace


@dataclass(slots=True)
class Result:
    """The shelf as it was found: what is right, and five ways of being wrong."""

    right: list[Item] = field(default_factory=list)
    absent: list[Item] = field(default_factory=list)  # should stand here, was not scanned
    elsewhere: list[Item] = field(default_factory=list)  # was scanned, but has another home
    missed: list[Item] = field(default_factory=list)  # was scanned, but is said to be missing or on service
    retired: list[Item] = field(default_factory=list)  # was scanned, but is retired
    unknown: list[str] = field(default_factory=list)  # no item has the code
    twice: list[str] = field(default_factory=list)  # was scanned more than once


def compare(place: StockPlace, shelf: str, scanned: Sequence[str]) -> Result:
    """Sort what was scanned; items that are on loan are absent too, which stock does not know."""
    result, seen = Result(), set()
    known = items_by_codes(scanned, owner=place.owner)
    for code in scanned:
        item = known.get(code)
        if item is None:
            result.unknown.append(code)
        elif item.pk in seen:
            result.twice.append(item.barcode)
        else:
            seen.add(item.pk)
            _sort(item, place, shelf, result)
    here = Item.objects.lendable().filter(place=place).select_related("holding__resource", "place")
    here = here.filter(shelf=shelf) if shelf else here
    result.absent = [item for item in here.order_by("shelf", "barcode") if item.pk not in seen]
    return result


def _sort(item: Item, place: StockPlace, shelf: str, result: Result) -> None:
    if item.is_retired:
        result.retired.append(item)
    elif item.state != ItemState.IN_USE:
        result.missed.append(item)
    elif item.place_id != place.pk or (shelf and item.shelf != shelf):
        result.elsewhere.append(item)
    else:
        result.right.append(item)
