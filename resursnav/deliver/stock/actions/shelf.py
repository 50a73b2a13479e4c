"""After a shelf has been counted: what is not there, what is, and what has another home, all at once or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.people.models import Person

from ..models import Holding, Item, StockPlace
from .keeping import move_items
from .states import report_found, report_missing


@transaction.atomic
def mend_shelf(
    *,
    place: StockPlace,
    shelf: str,
    absent: Sequence[Item],
    elsewhere: Sequence[Item],
    found: Sequence[Item],
    by: Person | None,
    at: datetime,
) -> int:
    """The absent are missing, those from elsewhere live here from now on, the missing are found; how many changed."""
    Holding.objects.locked(item.holding_id for item in (*absent, *elsewhere, *found))
    note = _("Inventering av %(place)s") % {"place": ", ".join(part for part in (place.name, shelf) if part)}
    for item in found:
        report_found(item=item, note=note, by=by, at=at)
    for item in absent:
        report_missing(item=item, note=note, by=by, at=at)
    moved = move_items(items=elsewhere, place=place, shelf=shelf, by=by, at=at)
    return len(found) + len(absent) + len(moved)
