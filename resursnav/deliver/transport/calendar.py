"""When must it leave to be there, when is it back, how late may one order? Pure: no database, no words, only codes.

All days are days in Stockholm. A thing leaves the centre on a day when the centre is open and something goes, and
arrives so many workdays later; by van and by post only where somebody receives it, so never on a red day or in the
school's breaks. It may be used on the day it arrives, goes back on a day after the last one of use, and can be at the
centre again on a day when the centre is open.

Of several ways to be there in time the one counts that can be ordered last, and of those the one that leaves last. So
the latest moment to order never comes earlier for a later day, and `first_use` is the first day that it allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from resursnav.kernel.text import STOCKHOLM

from . import holidays

# How far one looks for a way: longer than a summer break with what must come before and after it.
HORIZON = 150
MONDAY_TO_FRIDAY = frozenset(range(5))
_DAY = timedelta(days=1)


class Way(StrEnum):
    """How it goes."""

    VAN = "van"
    POST = "post"
    PICK_UP = "pick_up"


class Weeks(StrEnum):
    """Which weeks, by their ISO number; after a year with 53 weeks two odd ones follow each other."""

    EVERY = "every"
    ODD = "odd"
    EVEN = "even"


class Reason(StrEnum):
    """Why nothing can be there on a day."""

    NO_ROUTE = "no_route"
    NOT_YET = "not_yet"
    ENDED = "ended"
    NO_DEPARTURE = "no_departure"


@dataclass(frozen=True, slots=True)
class Centre:
    """When the centre is at work: its weekdays, the days it is closed besides, and how many days it needs to pack."""

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    closed: frozenset[date] = frozenset()
    processing_days: int = 0

    def is_open(self, day: date) -> bool:
        """Whether somebody is there."""
        return day.weekday() in self.weekdays and day not in self.closed and not holidays.is_red(day)


@dataclass(frozen=True, slots=True)
class Ride:
    """One way of going to the place.

    `rank` is how many steps above the place the route is marked: the nearest that is valid counts. `transit` is in
    workdays, `cut_off_days` in days when the centre is open. `end` is the day after the last one.
    """

    route: int
    way: Way
    rank: int = 0
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    weeks: Weeks = Weeks.EVERY
    cut_off_days: int = 1
    cut_off: time = time(12)
    transit: int = 0
    collects: bool = True
    start: date | None = None
    end: date | None = None

    def is_valid(self, day: date) -> bool:
        """Whether the route exists on the day."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def goes(self, day: date) -> bool:
        """Whether it goes on the day by its weekdays and weeks; a desk is there whenever the centre is open."""
        if self.way is Way.PICK_UP:
            return True
        if day.weekday() not in self.weekdays:
            return False
        return self.weeks is Weeks.EVERY or (day.isocalendar().week % 2 == 1) is (self.weeks is Weeks.ODD)


@dataclass(frozen=True, slots=True)
class Departure:
    """Something that goes: when it leaves the centre, when it is at the place, and how late one may order."""

    leaves: date
    arrives: date
    order_by: datetime
    ride: Ride


@dataclass(frozen=True, slots=True)
class Collection:
    """The way back: when it is handed over at the place, and the first day it can be at the centre.

    Without a ride nobody fetches it, and the borrower brings it on the next day when the centre is open.
    """

    hand_over: date
    back: date
    ride: Ride | None


@dataclass(frozen=True)
class Timetable:
    """What leaves the centre for one place and what takes things back from it, day by day."""

    rides: tuple[Ride, ...] = ()
    centre: Centre = field(default_factory=Centre)
    breaks: frozenset[date] = frozenset()
    _leaving: dict[date, tuple[Departure, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def departures(self, first: date, last: date) -> Iterator[Departure]:
        """All that leaves from the first to the last day, both counted."""
        for number in range((last - first).days + 1):
            yield from self.leaving(first + timedelta(number))

    def leaving(self, day: date) -> tuple[Departure, ...]:
        """What leaves the centre on the day and reaches the place."""
        found = self._leaving.get(day)
        if found is None:
            found = self._leaving[day] = tuple(self._departures(day))
        return found

    def is_break(self, day: date) -> bool:
        """Whether the school has a break on the day."""
        return day in self.breaks

    def is_closed(self, day: date) -> bool:
        """Whether the centre is closed on the day."""
        return not self.centre.is_open(day)

    def receives(self, day: date) -> bool:
        """Whether somebody at the place takes in what comes and hands over what goes."""
        return holidays.is_workday(day) and day not in self.breaks

    def serving(self, day: date) -> list[Ride]:
        """The rides of the day's nearest mark: a school's own before its municipality's."""
        valid = [ride for ride in self.rides if ride.is_valid(day)]
        nearest = min((ride.rank for ride in valid), default=0)
        return [ride for ride in valid if ride.rank == nearest]

    def _departures(self, day: date) -> Iterator[Departure]:
        if not self.centre.is_open(day):
            return
        for ride in self.serving(day):
            if not ride.goes(day):
                continue
            arrives = day if ride.way is Way.PICK_UP else holidays.work_days_after(day, ride.transit)
            if ride.way is Way.PICK_UP or self.receives(arrives):
                by = self._open_before(day, ride.cut_off_days + self.centre.processing_days)
                yield Departure(day, arrives, datetime.combine(by, ride.cut_off, STOCKHOLM), ride)

    def _fetching(self, day: date) -> list[Ride]:
        """The rides that take things back from the place on the day."""
        found = [ride for ride in self.serving(day) if ride.collects and ride.way is not Way.VAN]
        fetching = [
            ride for ride in found if (self.centre.is_open(day) if ride.way is Way.PICK_UP else self.receives(day))
        ]
        if self.receives(day):
            fetching += [ride for ride in self._rounds(day) if ride.collects]
        return fetching

    def _rounds(self, day: date) -> Iterator[Ride]:
        """The vans that are at the place on the day; each has left so many workdays before."""
        left, passed = day, 0
        longest = max((ride.transit for ride in self.rides if ride.way is Way.VAN), default=-1)
        while passed <= longest:
            for found in self.leaving(left):
                if found.ride.way is Way.VAN and found.arrives == day:
                    yield found.ride
            passed += holidays.is_workday(left)
            left -= _DAY

    def _open_before(self, day: date, number: int) -> date:
        """The open day that lies so many open days before; what is closed all the time is not waited for."""
        for _ in range(number):
            day = _nearest(day - _DAY, -1, self.centre)
        return day

    def _next_open(self, day: date) -> date:
        return _nearest(day, 1, self.centre)


@dataclass(frozen=True)
class Plan(Timetable):
    """How things go to one place and back again: the answers that a booking needs, each worked out once."""

    _departing: dict[date, Departure | None] = field(default_factory=dict, init=False, compare=False, repr=False)
    _collecting: dict[date, Collection] = field(default_factory=dict, init=False, compare=False, repr=False)

    def leaves(self, use_from: date) -> date | None:
        """The day it must leave the centre to be there on the day; None when there is no way."""
        found = self.departure(use_from)
        return found.leaves if found else None

    def order_by(self, use_from: date) -> datetime | None:
        """The latest moment to order what is to be there on the day; None when there is no way."""
        found = self.departure(use_from)
        return found.order_by if found else None

    def back(self, use_to: date) -> date:
        """The first day it can be at the centre again, when `use_to` is the last day of use; always a later day."""
        return self.collection(use_to).back

    def last_leave(self, use_to: date) -> date:
        """The day it must be handed over at the place to be back on `back(use_to)`."""
        return self.collection(use_to).hand_over

    def first_use(self, now: datetime, notice_days: int = 0) -> date | None:
        """The first day, at least so many days from now, that can still be ordered; None when there is none."""
        today = now.astimezone(STOCKHOLM).date()
        floor = today + timedelta(notice_days)
        best: date | None = None
        for number in range(HORIZON + notice_days):
            day = today + timedelta(number)
            if best is not None and (day > best or best == floor):
                break
            for found in self.leaving(day):
                there = max(found.arrives, floor)
                if found.order_by >= now and (best is None or there < best):
                    best = there
        return best

    def departure(self, use_from: date) -> Departure | None:
        """What it should go with to be there on the day: what can be ordered last, and of that what leaves last."""
        if use_from not in self._departing:
            self._departing[use_from] = self._last_to_leave(use_from)
        return self._departing[use_from]

    def _last_to_leave(self, use_from: date) -> Departure | None:
        best: Departure | None = None
        for number in range(HORIZON if self.rides else 0):
            day = use_from - timedelta(number)
            if best is not None and day < best.order_by.date():
                break  # whatever leaves earlier must be ordered earlier
            for found in self.leaving(day):
                if found.arrives <= use_from and (best is None or _later(found, best)):
                    best = found
        return best

    def collection(self, use_to: date) -> Collection:
        """How it goes back after its last day of use: what is back first, and of that what is fetched last."""
        if use_to not in self._collecting:
            self._collecting[use_to] = self._first_back(use_to)
        return self._collecting[use_to]

    def _first_back(self, use_to: date) -> Collection:
        best: Collection | None = None
        for number in range(1, HORIZON + 1 if self.rides else 1):
            day = use_to + timedelta(number)
            if best is not None and day > best.back:
                break
            for ride in self._fetching(day):
                back = self._next_open(holidays.work_days_after(day, ride.transit))
                if best is None or (back, -day.toordinal()) < (best.back, -best.hand_over.toordinal()):
                    best = Collection(day, back, ride)
        if best is None:
            day = self._next_open(use_to + _DAY)
            best = Collection(day, day, None)
        return best

    def why_not(self, use_from: date) -> Reason | None:
        """Why nothing can be there on the day; None when there is a way."""
        if self.departure(use_from) is not None:
            return None
        if not self.rides:
            return Reason.NO_ROUTE
        if all(ride.start is not None and ride.start > use_from for ride in self.rides):
            return Reason.NOT_YET
        if all(ride.end is not None and ride.end <= use_from for ride in self.rides):
            return Reason.ENDED
        return Reason.NO_DEPARTURE


def days_of(spans: Iterable[tuple[date, date]]) -> frozenset[date]:
    """Every day of half-open spans."""
    return frozenset(
        date.fromordinal(number) for start, end in spans for number in range(start.toordinal(), end.toordinal())
    )


def _later(one: Departure, other: Departure) -> bool:
    return (one.order_by, one.leaves) > (other.order_by, other.leaves)


def _nearest(day: date, step: int, centre: Centre) -> date:
    """The day, or the nearest open one after (1) or before (-1) it; the day itself when all is closed."""
    for number in range(HORIZON):
        found = day + timedelta(number * step)
        if centre.is_open(found):
            return found
    return day
