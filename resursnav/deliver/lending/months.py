"""A small calendar: weeks of days, each with what can begin on it."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

WEEKDAYS = calendar.Calendar(firstweekday=0)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar: free, taken, or (None) nothing gets there; `is_in` when it belongs to the month."""

    day: date
    is_in: bool
    free: bool | None


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its weeks."""

    first: date
    weeks: list[list[Day]]


def months(days: Mapping[date, bool | None]) -> list[Month]:
    """The months that the days lie in."""
    found = []
    for year, month in sorted({(day.year, day.month) for day in days}):
        weeks = [
            [Day(day, day.month == month, days.get(day)) for day in week]
            for week in WEEKDAYS.monthdatescalendar(year, month)
        ]
        found.append(Month(date(year, month, 1), weeks))
    return found
