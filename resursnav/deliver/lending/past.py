"""Ten years of a county's loans, and half a year of bookings ahead: which copy goes where and when. No database.

Every copy's loans follow each other without meeting, as they must have done, and ahead there is a copy for each
booking. The same dice give the same loans.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
YEARS = 10
TURN = 28  # days of a loan with its ways, on the average
BLOCKED = 20  # days that one takes, way there and back and check counted in
NEWEST = 40  # days ago, the last that is over left
SOONEST = 14  # days ahead, the first that is booked leaves
SATURDAY = 5
ONE_IN_AHEAD = 20  # of all: the rest are over


@dataclass(frozen=True, slots=True)
class PastLoan:
    """One loan of one copy: from the day it leaves, a fortnight of use; `item` is None while it is only booked."""

    holding: int
    unit: int
    leaves: date
    item: int | None = None

    @property
    def use_from(self) -> date:
        """The first day of use."""
        return self.leaves + 3 * DAY

    @property
    def use_to(self) -> date:
        """The last."""
        return self.leaves + 16 * DAY

    @property
    def hand_over(self) -> date:
        """When it is given to whoever fetches it."""
        return self.leaves + 17 * DAY

    @property
    def back(self) -> date:
        """When it is at the centre again."""
        return self.leaves + 19 * DAY

    @property
    def free(self) -> date:
        """The first day on which somebody else can have it."""
        return self.leaves + BLOCKED * DAY

    @property
    def days(self) -> int:
        """How many days it is used."""
        return (self.use_to - self.use_from).days + 1


def ten_years(
    items: Sequence[tuple[int, int]], units: Sequence[int], number: int, *, today: date, dice: random.Random
) -> Iterator[PastLoan]:
    """So many loans of the items (item, holding), given to the units: nineteen of twenty over, the rest to come."""
    if not items or not units:
        return
    ahead = number // ONE_IN_AHEAD
    behind = number - ahead
    apart = max(2 * TURN, YEARS * 365 * len(items) // max(behind, 1))  # days between a copy's loans
    for turn in range(behind):
        item, holding = items[turn % len(items)]
        round_, place = divmod(turn, len(items))
        # The copies take turns, so that something is lent in every week of the years.
        ago = NEWEST + TURN + round_ * apart + place * apart // len(items) + dice.randrange(14)
        yield PastLoan(holding, dice.choice(units), _weekday(today - ago * DAY), item)
    for turn in range(ahead):
        _item, holding = items[turn % len(items)]
        later = SOONEST + turn // len(items) * 2 * TURN + dice.randrange(2 * TURN - BLOCKED - 2)
        yield PastLoan(holding, dice.choice(units), _weekday(today + later * DAY))


def _weekday(day: date) -> date:
    """The day, or the Monday after: nothing leaves on a Saturday or a Sunday."""
    return day if day.weekday() < SATURDAY else day + (7 - day.weekday()) * DAY
