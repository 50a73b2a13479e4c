"""How many copies are free on which days: counting over capacity, and which copy goes where. No database.

A claim holds a number of copies for a half-open range of days, which includes the way there and back. Which copies is
decided when they are packed. That is safe: ranges of days form an interval graph, so where no day asks for more copies
than there are, a colouring with that many copies exists (Gavril 1972), and taking the ranges by their first day finds
one. It also holds when some copies are out already, as long as they left no later than the others begin: at the first
day of any range fewer than all copies are taken, so one is free, and it stays free of those that came before.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple, Self

# From the day on, so many copies can be lent; in order of the days.
Steps = Sequence[tuple[date, int]]
DAY = timedelta(days=1)


class _Claim(NamedTuple):
    start: date
    end: date
    quantity: int


class Claim(_Claim):
    """So many copies are held from `start` up to but not including `end`.

    A page of titles makes hundreds: `Claim._make` takes three values as they are, where the database has checked them.
    """

    __slots__ = ()

    def __new__(cls, start: date, end: date, quantity: int = 1) -> Self:
        if end <= start:
            raise ValueError("A claim ends after it starts.")
        if quantity < 1:
            raise ValueError("A claim holds at least one copy.")
        return super().__new__(cls, start, end, quantity)


class Profile:
    """How many copies are free on each day of a range; below zero where more is claimed than there is."""

    __slots__ = ("counts", "end", "start")

    def __init__(self, capacity: Steps, claims: Iterable[Claim], start: date, end: date) -> None:
        if end <= start:
            raise ValueError("A profile covers at least one day.")
        self.start, self.end = start, end
        days = (end - start).days
        turns = [0] * (days + 1)
        before = 0
        for day, number in capacity:
            turns[min(max((day - start).days, 0), days)] += number - before
            before = number
        origin = start.toordinal()
        for begins, ends, quantity in claims:
            first, last = begins.toordinal() - origin, ends.toordinal() - origin
            if last > 0 and first < days:
                turns[first if first > 0 else 0] -= quantity
                turns[last if last < days else days] += quantity
        self.counts = list(accumulate(turns[:days]))

    def __iter__(self) -> Iterator[tuple[date, int]]:
        """Each day with its number, never below zero: what a calendar shows."""
        for n, count in enumerate(self.counts):
            yield self.start + n * DAY, max(count, 0)

    def lowest(self, start: date, end: date) -> int:
        """The smallest number in the range, which must lie inside the profile."""
        if not self.start <= start < end <= self.end:
            raise ValueError("The profile does not cover those days.")
        return min(self.counts[(start - self.start).days : (end - self.start).days])

    def fits(self, claim: Claim) -> bool:
        """Whether so many copies are free on every day of the claim."""
        return self.lowest(claim.start, claim.end) >= claim.quantity

    def take(self, claim: Claim) -> None:
        """Hold the copies, as far as the claim lies inside the profile."""
        first, last = max((claim.start - self.start).days, 0), (claim.end - self.start).days
        for n in range(first, min(last, len(self.counts))):
            self.counts[n] -= claim.quantity

    def short_days(self) -> list[date]:
        """The days on which more is claimed than there is."""
        return [self.start + n * DAY for n, count in enumerate(self.counts) if count < 0]


def fits(capacity: Steps, claims: Iterable[Claim], wanted: Claim) -> bool:
    """Whether the wanted copies are free on every day, beside all the claims."""
    return Profile(capacity, claims, wanted.start, wanted.end).fits(wanted)


def calendar(capacity: Steps, claims: Iterable[Claim], start: date, end: date) -> list[tuple[date, int]]:
    """Each day from `start` up to `end` with the number of free copies."""
    return list(Profile(capacity, claims, start, end))


def first_free(
    profile: Profile, days: Iterable[date], range_of: Callable[[date], tuple[date, date] | None], quantity: int = 1
) -> date | None:
    """The first of the days on which so many copies can be used; None when there is none inside the profile.

    `range_of` says which days a use that begins on the day blocks, way there and back included (None: impossible).
    """
    for day in days:
        blocked = range_of(day)
        if blocked is None:
            continue
        start, end = blocked
        if start < profile.start:
            continue
        if end > profile.end:
            return None
        if profile.lowest(start, end) >= quantity:
            return day
    return None


def unfulfillable(capacity: Steps, fixed: Iterable[Claim], waiting: Sequence[Claim]) -> list[int]:
    """Which of the waiting claims (by their place in the list) there are no copies for.

    Fixed claims are out already and stay. Among the others whoever stands first in the list keeps theirs.
    """
    if not waiting:
        return []
    start = min(claim.start for claim in waiting)
    profile = Profile(capacity, fixed, start, max(claim.end for claim in waiting))
    left = []
    for place, claim in enumerate(waiting):
        if profile.fits(claim):
            profile.take(claim)
        else:
            left.append(place)
    return left


def colour(copies: Mapping[int, date], claims: Sequence[Claim]) -> list[tuple[int, ...] | None]:
    """Which copies each claim gets, in the order of the claims; None for one that cannot be served.

    `copies` says from which day each copy can be used: those that are out, from the day they are back. Of the free
    copies the one that came free last is taken, so that no more copies are used than the busiest day needs.
    """
    free = sorted((day, copy) for copy, day in copies.items())
    given: list[tuple[int, ...] | None] = [None] * len(claims)
    for place in sorted(range(len(claims)), key=lambda n: (claims[n].start, n)):
        claim = claims[place]
        ready = bisect_right(free, claim.start, key=lambda entry: entry[0])
        if ready < claim.quantity:
            continue
        taken = free[ready - claim.quantity : ready]
        del free[ready - claim.quantity : ready]
        for _day, copy in taken:
            insort(free, (claim.end, copy))
        given[place] = tuple(copy for _day, copy in taken)
    return given
