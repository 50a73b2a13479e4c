"""When an agreement's period ends, and when one must have given notice: days and months, without a database.

Periods are half-open: `end` is the day after the last one. A time counted in months falls on the day with the same
number, or on the month's last day where there is no such day (lagen 1930:173 om beräkning av lagstadgad tid, 1 §).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)


class Renewal(StrEnum):
    """What happens on the last day if nobody does anything."""

    ENDS = "ends"
    EXTENDS = "extends"


def add_months(day: date, months: int) -> date:
    """The day so many months later (or earlier, with a negative number); ValueError outside the years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"{months} months from {day} is no day.")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def notice_date(end: date | None, notice_months: int) -> date | None:
    """The last day to give notice: so many months before the last day; None when the agreement has no end."""
    return None if end is None else add_months(end - DAY, -notice_months)


def end_after(end: date, every: int, day: date) -> date:
    """The end of the period that the day lies in, when the agreement is extended `every` months over and over.

    Counted from the first end each time, so that an agreement that ends on the 31st does not slide to the 28th.
    """
    if every < 1:
        raise ValueError("An extension lasts at least one month.")
    if day < end:
        return end
    turns = max((day.year - end.year) * 12 + day.month - end.month, 0) // every
    while (found := add_months(end, turns * every)) <= day:
        turns += 1
    return found


def end_on(end: date | None, every: int | None, day: date) -> date | None:
    """The end of the period that counts on the day, for an agreement that is extended `every` months (None: never)."""
    return end if end is None or every is None else end_after(end, every, day)


@dataclass(frozen=True, slots=True)
class Deed:
    """What an agreement says of its time."""

    end: date | None
    renewal: Renewal
    renewal_months: int | None
    notice_months: int


def end_of_notice(deed: Deed, given: date, notice_by: date | None) -> date:
    """The day after the last one in force, when notice is given on the day.

    Until further notice: so many months after it was given, the last day counted. With an end: at that end, when
    notice came in time or nothing would have been extended anyway; else at the end of the next period.
    """
    if deed.end is None:
        return add_months(given, deed.notice_months) + DAY
    if deed.renewal is Renewal.ENDS or deed.renewal_months is None:
        return deed.end
    in_time = notice_by is None or given <= notice_by
    return deed.end if in_time else add_months(deed.end, deed.renewal_months)
