"""School breaks as a place has them: the nearest of each kind and school year counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from . import holidays

_AUGUST = 8


class Kind(StrEnum):
    """The breaks that every school year has, and whatever else one is away for."""

    AUTUMN = "autumn"
    CHRISTMAS = "christmas"
    WINTER = "winter"
    EASTER = "easter"
    SUMMER = "summer"
    OTHER = "other"


_WEEKLY = frozenset({Kind.AUTUMN, Kind.WINTER})


@dataclass(frozen=True, slots=True)
class Break:
    """A break of a place; `end` is the day after its last one."""

    place: int
    kind: Kind
    start: date
    end: date


def school_year(day: date) -> int:
    """The year in which the day's school year began: from August until the next July."""
    return day.year if day.month >= _AUGUST else day.year - 1


def counted(known: Iterable[Break], path: Sequence[int]) -> list[Break]:
    """The breaks that hold at a place; `path` is the place and all above it, the nearest first.

    A municipality's own winter break takes the place of the region's in that school year. Other free time is added.
    """
    here = [one for one in known if one.place in path]
    nearest: dict[tuple[Kind, int], int] = {}
    for one in here:
        key = (one.kind, school_year(one.start))
        nearest[key] = min(path.index(one.place), nearest.get(key, len(path)))
    return [
        one
        for one in here
        if one.kind is Kind.OTHER or path.index(one.place) == nearest[one.kind, school_year(one.start)]
    ]


def next_year(kind: Kind, start: date, end: date) -> tuple[date, date]:
    """Where the same break probably lies a year later.

    Autumn's and winter's in the same ISO week, Easter's as far from Easter, the others 52 weeks later.
    """
    if kind is Kind.EASTER:
        moved = holidays.easter(start.year + 1) - holidays.easter(start.year)
    elif kind in _WEEKLY:
        week = start.isocalendar()
        moved = date.fromisocalendar(week.year + 1, min(week.week, 52), week.weekday) - start
    else:
        moved = timedelta(weeks=52)
    return start + moved, end + moved
