"""What waits for somebody in the stock."""

from __future__ import annotations

from typing import Any

from .models import Fault
from .models.item import FaultQuerySet
from .rules import WORK


def faults(person: Any) -> FaultQuerySet:
    """The faults that nobody has mended, those that keep an item from being lent first, the oldest of them first."""
    found: FaultQuerySet = Fault.objects.visible_to(person, WORK).open()
    return found.order_by("-blocking", "reported_at", "pk")


def stopped(person: Any) -> FaultQuerySet:
    """Those that keep an item from being lent."""
    found: FaultQuerySet = faults(person).filter(blocking=True)
    return found
