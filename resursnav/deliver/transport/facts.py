"""What one says of a carrier, a route and free days when one adds or changes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any

from .models import Carrier


@dataclass(frozen=True, slots=True)
class CarrierFacts:
    """Who carries, how, and how one reaches them."""

    name: str
    way: str
    phone: str = ""
    email: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """When a route goes and how late one may order; `valid_to` is the day after the last one."""

    carrier: Carrier
    name: str
    weekdays: Sequence[int] = ()
    weeks: str = "every"
    cut_off_days: int = 1
    cut_off_time: time = time(12)
    transit_days: int = 0
    collects: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BreakFacts:
    """Which break, and when; `valid_to` is the day after its last one."""

    kind: str
    valid_from: date
    valid_to: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class ClosedFacts:
    """When the centre is closed and why; `valid_to` is the day after the last one."""

    valid_from: date
    valid_to: date
    reason: str


def values(said: CarrierFacts | RouteFacts | BreakFacts | ClosedFacts) -> dict[str, Any]:
    """Column -> value."""
    return {one.name: getattr(said, one.name) for one in fields(said)}
