"""How long a place lasts, and since when the uses of a right are counted: arithmetic without a database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from resursnav.landscape.agreements.notice import add_months

SHORTEST = timedelta(hours=2)
LONGEST = timedelta(hours=8)
MARGIN = timedelta(minutes=30)
A_DAY = timedelta(days=1)
SATURDAY = 5
STEPS = (80, 100)
"""Percent of the uses at which those who answer for the agreement are told."""


def lease(started: datetime, duration_s: int | None, ends: datetime | None = None) -> datetime:
    """Until when a place is held: two hours, or as long as the thing lasts and half an hour; never beyond `ends`."""
    wanted = max(SHORTEST, timedelta(seconds=duration_s or 0) + MARGIN)
    until = started + min(wanted, LONGEST)
    return min(until, ends) if ends is not None else until


def in_school_time(now: datetime, made: datetime, ends: datetime, hours: tuple[int, int]) -> bool:
    """Whether a code for the classroom opens something now; `now` in local time.

    One for a lesson or a day is used when the teacher is there, whenever that is. One that lasts longer opens on
    weekdays from the first hour to the last: in the evening a pupil is at home, which is another right.
    """
    return ends - made <= A_DAY or (now.weekday() < SATURDAY and hours[0] <= now.hour < hours[1])


def first_free(taken: Collection[int], most: int) -> int | None:
    """The lowest number from 1 that nobody has; None when all are taken."""
    held = set(taken)
    return next((number for number in range(1, most + 1) if number not in held), None)


def counted_since(
    start: date, past_ends: Collection[date], first_end: date | None, every: int | None, day: date
) -> date:
    """The first day of the period that the day lies in.

    `start` is the right's own first day, `past_ends` where earlier periods of its agreement ended. With `every` the
    agreement goes on by itself after `first_end`, so many months at a time, perhaps before anybody has written it down.
    """
    bounds = [start, *(end for end in past_ends if end <= day)]
    if every and first_end is not None:
        turns = 0
        while (bound := add_months(first_end, turns * every)) <= day:
            bounds.append(bound)
            turns += 1
    return max(bounds)


def step_of(uses: int, most: int) -> int:
    """The highest step that the uses have reached; 0 when none."""
    return max((step for step in STEPS if uses * 100 >= most * step), default=0)
