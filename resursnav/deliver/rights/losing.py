"""Who loses what when rights end or titles leave a list: arithmetic over rights as data, without a database.

A right reaches those places whose nearest mark on the way up includes them. A title that stands under several rights
loses a way of use at a place on the day when the last of them that follow each other without a gap has ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from resursnav.landscape.agreements.terms import Right, Way, nearest

Reach = Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Loss:
    """A way of use that is lost at some places: from which day, and with which agreement."""

    way: Way
    places: frozenset[int]
    day: date
    agreement: int


def reach_of(right: Right, ways_up: Mapping[int, Sequence[int]]) -> frozenset[int]:
    """The places that the right reaches; `ways_up` gives each place and all above it, the nearest first."""
    found = ((place, nearest(right.marks, path)) for place, path in ways_up.items())
    return frozenset(place for place, mark in found if mark is not None and mark[1])


def allowed(rights: Iterable[Right], reach: Reach, day: date) -> set[tuple[Way, int]]:
    """What may be done where on the day."""
    return {
        (right.way, place)
        for right in rights
        if right.start <= day and (right.end is None or day < right.end)
        for place in reach[right.id]
    }


def losses(rights: Sequence[Right], reach: Reach, first: date, last: date) -> list[Loss]:
    """What is allowed on the first day and has come to its end on the last day or before."""
    found = []
    by_way: defaultdict[Way, list[Right]] = defaultdict(list)
    for right in rights:
        by_way[right.way].append(right)
    for way, own in by_way.items():
        for over, places in _alike(own, reach).items():
            covering = [right for right in own if right.id in over]
            ending = chain(covering, first)
            if ending is not None and ending.end is not None and ending.end <= last:
                found.append(Loss(way, frozenset(places), ending.end, ending.agreement))
    return found


def _alike(rights: Iterable[Right], reach: Reach) -> dict[frozenset[int], list[int]]:
    """The places by the rights that reach them: most places of a county are alike."""
    over: defaultdict[int, set[int]] = defaultdict(set)
    for right in rights:
        for place in reach[right.id]:
            over[place].add(right.id)
    alike: defaultdict[frozenset[int], list[int]] = defaultdict(list)
    for place, keys in over.items():
        alike[frozenset(keys)].append(place)
    return alike


def chain(rights: Collection[Right], day: date) -> Right | None:
    """The right with which the unbroken chain that begins on the day ends; None when nothing is allowed then."""
    reached, last = day, None
    for right in sorted(rights, key=lambda right: right.start):
        if right.start > reached:
            break
        if right.end is None:
            return right
        if right.end > reached:
            reached, last = right.end, right
    return last
