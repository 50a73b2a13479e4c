"""What lending says on pages further down before one presses: which bookings a change hits."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from resursnav.deliver.stock.models import Item
from resursnav.foundation.access import may
from resursnav.foundation.organisations.models import Organisation

from . import foresight
from .models import Booking
from .rules import WORK

MOST = 10


def of_item(item: Item, person: Any) -> dict[str, Any] | None:
    """Before a copy is retired, missed or sent away: what is booked, and whether it is on loan."""
    if not may(person, WORK):
        return None
    found = foresight.without_item(item, timezone.localdate())
    shown = _shown([*found.lost[:MOST], *([found.ends] if found.ends else [])], person)
    ends = shown.pop(found.ends, None) if found.ends else None
    return {"found": found, "rows": list(shown.values()), "more": len(found.lost) - MOST, "ends": ends, "item": True}


def of_routes(owner: Organisation, person: Any) -> dict[str, Any] | None:
    """Before a route, a closed day or hours are changed: what is booked, as it would be. None when nothing is hit."""
    if not may(person, WORK):
        return None
    found = foresight.with_routes(owner, timezone.localdate())
    if not found.kept and not found.lost:
        return None
    rows = list(_shown(found.lost[:MOST], person).values())
    return {"found": found, "rows": rows, "more": len(found.lost) - MOST, "item": False}


def _shown(keys: list[int], person: Any) -> dict[int, Booking]:
    """The bookings with what is told of them, those that are used first first."""
    rows = Booking.objects.visible_to(person, WORK).filter(pk__in=keys).whole() if keys else []
    return {row.pk: row for row in sorted(rows, key=lambda row: (row.use_from, row.pk))}
