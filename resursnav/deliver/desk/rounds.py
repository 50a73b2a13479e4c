"""A round on a day: its stops in order, what is delivered and what is fetched at each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localdate

from resursnav.deliver.lending import actions as lending
from resursnav.deliver.lending.models import AWAY, Allocation, Booking, Happened, State
from resursnav.deliver.transport import holidays
from resursnav.deliver.transport.models import Route, RoutePlace
from resursnav.deliver.transport.reading import centres_of, ride_of
from resursnav.foundation.organisations.models import Branch, Organisation

from . import travelling

AHEAD = 14


@dataclass
class Stop:
    """A place on the round, with what it gets and what it gives back; `position` is for the order alone."""

    unit: Organisation
    note: str
    position: int
    deliver: list[Booking] = field(default_factory=list)
    fetch: list[Booking] = field(default_factory=list)
    # The bookings whose tick can still be undone.
    undo: set[int] = field(default_factory=set)

    @property
    def packages(self) -> int:
        """How many copies it gets."""
        return sum(row.quantity for row in self.deliver)

    @property
    def to_fetch(self) -> int:
        """How many copies it gives back."""
        return sum(row.quantity for row in self.fetch)

    @property
    def left(self) -> int:
        """How many bookings wait to be ticked."""
        waiting = [row for row in self.deliver if row.state in (State.PACKED, State.SENT)]
        return len(waiting) + len([row for row in self.fetch if row.state in AWAY])


@dataclass
class Round:
    """A route on one of its days."""

    route: Route
    day: date
    stops: list[Stop]

    @property
    def packages(self) -> int:
        """How many copies it takes along."""
        return sum(stop.packages for stop in self.stops)

    @property
    def to_fetch(self) -> int:
        """How many it brings home."""
        return sum(stop.to_fetch for stop in self.stops)


def round_of(route: Route, day: date, today: date) -> Round:
    """The round, in a fixed number of statements: what leaves with it on the day, and what it fetches then."""
    rows = [row for row in _rows(route, day) if row.state in _MOVING]
    plans = travelling.plans_of(rows, today)
    there = holidays.work_days_after(day, route.transit_days)  # when it comes to the places
    stops: dict[int, Stop] = {}
    for row in rows:
        unit = row.order.unit
        if _is_delivered(row, route, day, plans):
            stops.setdefault(unit.pk, Stop(unit, "", 0)).deliver.append(row)
        elif _is_fetched(row, route, there, today, plans):
            stops.setdefault(unit.pk, Stop(unit, "", 0)).fetch.append(row)
    _place(route, stops)
    _note_undo(stops.values(), today)
    return Round(route, day, sorted(stops.values(), key=lambda stop: (stop.position, stop.unit.name_key, stop.unit.pk)))


_MOVING = (State.PACKED, State.SENT, State.OUT, State.RETURNED)


def _rows(route: Route, day: date) -> list[Booking]:
    copies = Prefetch("copies", Allocation.objects.filter(open=True).select_related("item"))
    found = Booking.objects.filter(order__owner=route.carrier.owner_id, state__in=_MOVING, leave_date__lte=day)
    return list(found.whole().prefetch_related(copies).order_by("pk"))


def _is_delivered(row: Booking, route: Route, day: date, plans: travelling.Plans) -> bool:
    """What leaves with the route on the day; it stays on the list when it has been ticked."""
    return (
        row.leave_date == day
        and row.state in (State.PACKED, State.SENT, State.OUT)
        and travelling.goes_with(row, plans) == route.pk
    )


def _is_fetched(row: Booking, route: Route, day: date, today: date, plans: travelling.Plans) -> bool:
    """What the round brings home: by its own day, or late and fetched the next time; also what has been ticked."""
    if row.state == State.RETURNED:
        last = row.use_to if row.hand_over_date == day else day - timedelta(days=1)
        found = plans[row.order.unit_id].collection(last)
        fetched = row.hand_over_date == day or (row.hand_over_date < day and _came_back(row, day))
        return fetched and found.hand_over == day and found.ride is not None and found.ride.route == route.pk
    if row.state not in AWAY:
        return False
    when, key = travelling.fetched_with(row, plans, today)
    return (when, key) == (day, route.pk)


def _note_undo(stops: Iterable[Stop], today: date) -> None:
    """What was left or fetched today can be undone, until somebody at the desk has gone on with it; one statement."""
    left = [row for stop in stops for row in stop.deliver if row.state == State.OUT]
    steps = lending.last_steps(left, today)
    for stop in stops:
        stop.undo |= {row.pk for row in stop.deliver if steps.get(row.pk) == Happened.RECEIVED}
        stop.undo |= {row.pk for row in stop.fetch if _came_back(row, today)}


def _came_back(row: Booking, day: date) -> bool:
    return row.state == State.RETURNED and localdate(row.changed_at) == day


def _place(route: Route, stops: dict[int, Stop]) -> None:
    """Put the stops in the order of the route's marks: each unit stands where its nearest mark upwards stands."""
    marks = {mark.organisation_id: mark for mark in RoutePlace.objects.filter(route=route, included=True)}
    nearest: dict[int, tuple[int, RoutePlace]] = {}
    rows = Branch.objects.filter(descendant__in=list(stops), ancestor__in=list(marks))
    for unit, above, depth in rows.values_list("descendant", "ancestor", "depth"):
        if unit not in nearest or depth < nearest[unit][0]:
            nearest[unit] = (depth, marks[above])
    for unit, (_depth, mark) in nearest.items():
        stops[unit].position, stops[unit].note = mark.position, mark.note


def days_of(routes: Iterable[Route], today: date, *, behind: int = 0) -> list[tuple[date, Route]]:
    """When the routes with stops go, from today (or some days before) and two weeks on."""
    known = [(route, ride_of(route)) for route in routes if route.is_van]
    if not known:
        return []
    first = today - timedelta(days=behind)
    owners = {route.carrier.owner_id for route, _ride in known}
    centres = centres_of(owners, start=first, end=today + timedelta(days=AHEAD))
    found = []
    for number in range(AHEAD + behind):
        day = first + timedelta(days=number)
        for route, ride in known:
            if centres[route.carrier.owner_id].is_open(day) and ride.is_valid(day) and ride.goes(day):
                found.append((day, route))
    return found


def open_rows(stop: Stop) -> dict[str, list[Any]]:
    """What can still be ticked at a stop."""
    return {
        "deliver": [row for row in stop.deliver if row.state in (State.PACKED, State.SENT)],
        "fetch": [row for row in stop.fetch if row.state in AWAY],
    }
