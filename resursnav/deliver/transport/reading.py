"""Reads what a place's plan is made of: one statement, and two more for what is not kept; however many places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, DateField, PositiveSmallIntegerField, QuerySet, Value
from django.db.models.functions import Cast

from resursnav.foundation.keeping import Kept
from resursnav.foundation.keeping.prepared import Prepared
from resursnav.foundation.keeping.reading import stamp
from resursnav.foundation.organisations.models import Branch, Organisation, UnitType

from . import breaks, calendar
from .calendar import Centre, Plan, Ride
from .models import ClosedDays, Handling, OpeningHours, Route, RoutePlace, RouteWay, SchoolBreak

YEARS = 2
MARGIN = timedelta(days=calendar.HORIZON)
# A public library, a service centre and an office work when the schools are away, and most preschools too.
WITHOUT_BREAKS = frozenset({UnitType.LIBRARY, UnitType.SERVICE_CENTRE, UnitType.OFFICE, UnitType.PRESCHOOL})
PLANS = "transport.plans"  # its stamp is drawn anew by everything that recorded() hears of
MOST_KEPT = 400  # plans, which grow to a hundred kilobytes as days are asked for
MOST_PLACES = 4_000  # what a place's plan is made of; the schools of a municipality mostly have the same
Made = tuple[tuple[Ride, ...], Centre, frozenset[date]]
_made: Kept[Made] = Kept(MOST_PLACES)
_plans: Kept[Plan] = Kept(MOST_KEPT)
_CLOSED, _OPEN, _PACKING = "closed", "open", "packing"
# PostgreSQL wants to know what kind of nothing it is.
_NO_DAY = Cast(Value(None), DateField())
_NO_NUMBER = Cast(Value(None), PositiveSmallIntegerField())


@dataclass(frozen=True, slots=True)
class _WayUp:
    """The place and all above it, whether the schools' breaks count there, and the stamp of what hangs on it."""

    path: tuple[int, ...]
    breaks: bool
    stamp: int


NOWHERE = _WayUp((), True, 0)


@dataclass
class _Days:
    """What nodes of the tree say of their days: the centre's own and the schools'."""

    closed: dict[int, list[tuple[date, date]]] = field(default_factory=lambda: defaultdict(list))
    weekdays: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    processing: dict[int, int] = field(default_factory=dict)
    breaks: list[breaks.Break] = field(default_factory=list)


def plan_for(place: Organisation | int, *, start: date, end: date) -> Plan:
    """The plan of one place, right for uses between the two days."""
    key = place if isinstance(place, int) else place.pk
    return plans_for([key], start=start, end=end)[key]


def plans_for(places: Iterable[Organisation | int], *, start: date, end: date) -> dict[int, Plan]:
    """The plans of the places by their keys, right for uses between the two days.

    A plan depends on the way up from the place, which is read each time, and on what hangs there, which is kept.
    Places with the same routes and days share a plan, and with it the days that have been worked out.
    """
    keys = [place if isinstance(place, int) else place.pk for place in places]
    ways = _ways(keys)
    first = date((start - MARGIN).year, 1, 1)
    # So long that bookings near and far ahead mostly ask for the same plan.
    last = date(max((end + MARGIN).year, first.year + YEARS), 12, 31)
    made, unknown = {}, {}
    for key in keys:
        way = ways.get(key, NOWHERE)
        kept = _made.find(way.stamp, (way.path, way.breaks, first, last))
        if kept is None:
            unknown[key] = way
        else:
            made[key] = kept
    for key, found in _worked_out(unknown, first, last).items() if unknown else ():
        way = unknown[key]
        made[key] = _made.keep(way.stamp, (way.path, way.breaks, first, last), found)
    return {key: _plan(ways.get(key, NOWHERE).stamp, of) for key, of in made.items()}


def _plan(number: int, made: Made) -> Plan:
    return _plans.get(number, made, lambda: Plan(*made))


def _worked_out(ways: dict[int, _WayUp], first: date, last: date) -> dict[int, Made]:
    above = {node for way in ways.values() for node in way.path}
    marks = _marks(above, first)
    known = _days(above, first, last)
    spans: dict[tuple[tuple[date, date], ...], frozenset[date]] = {}
    made: dict[int, Made] = {}
    for key, way in ways.items():
        path = list(way.path)
        counted = breaks.counted(known.breaks, path) if way.breaks else ()
        free = tuple((one.start, one.end) for one in counted)
        shut = tuple(span for node in path for span in known.closed.get(node, ()))
        for days in (free, shut):
            if days not in spans:
                spans[days] = calendar.days_of(days)
        weekdays = frozenset(day for node in path for day in known.weekdays.get(node, ()))
        packing = max((known.processing.get(node, 0) for node in path), default=0)
        centre = Centre(weekdays or calendar.MONDAY_TO_FRIDAY, spans[shut], packing)
        made[key] = tuple(_rides(path, marks)), centre, spans[free]
    return made


def centre_of(owner: int, *, start: date, end: date) -> Centre:
    """The centre's own days, in one statement."""
    return centres_of([owner], start=start, end=end)[owner]


def centres_of(owners: Iterable[int], *, start: date, end: date) -> dict[int, Centre]:
    """Each centre's own days, in one statement for all."""
    wanted = set(owners)
    known = _days(wanted, start - MARGIN, end + MARGIN)
    return {
        owner: Centre(
            frozenset(known.weekdays.get(owner, ())) or calendar.MONDAY_TO_FRIDAY,
            calendar.days_of(known.closed.get(owner, ())),
            known.processing.get(owner, 0),
        )
        for owner in wanted
    }


def _ways(keys: list[int]) -> dict[int, _WayUp]:
    """Each place's way up, with the stamp of the plans, in one statement."""
    ways: dict[int, list[int]] = defaultdict(list)
    said: dict[int, tuple[bool, int]] = {}
    for key, node, unit_type, number in _branches.rows(keys):
        ways[key].append(node)
        said[key] = unit_type not in WITHOUT_BREAKS, number
    return {key: _WayUp(tuple(path), *said[key]) for key, path in ways.items()}


def _above(keys: Iterable[int]) -> QuerySet[Any]:
    rows = Branch.objects.filter(descendant__in=keys).order_by("descendant", "depth").annotate(stamp=stamp(PLANS))
    return rows.values_list("descendant", "ancestor", "descendant__unit_type", "stamp")


_branches = Prepared(_above)


def _marks(nodes: set[int], day: date) -> dict[Route, dict[int, bool]]:
    """The routes that have not ended before the day, with their marks among the nodes."""
    found: dict[Route, dict[int, bool]] = defaultdict(dict)
    rows = RoutePlace.objects.filter(organisation__in=nodes).select_related("route__carrier")
    for mark in rows.order_by("route"):
        if mark.route.valid_to is None or mark.route.valid_to > day:
            found[mark.route][mark.organisation_id] = mark.included
    return found


def _rides(path: list[int], marks: dict[Route, dict[int, bool]]) -> Iterable[Ride]:
    """Those of the routes whose nearest mark on the way up includes the place."""
    for route, places in marks.items():
        rank = next((number for number, node in enumerate(path) if node in places), None)
        if rank is not None and places[path[rank]]:
            yield ride_of(route, rank)


def ride_of(route: Route, rank: int = 0) -> Ride:
    """The route as data; its carrier must be fetched along."""
    desk = route.carrier.way == RouteWay.PICK_UP
    return Ride(
        route=route.pk,
        way=calendar.Way(route.carrier.way),
        rank=rank,
        weekdays=frozenset(route.weekdays),
        weeks=calendar.Weeks(route.weeks),
        cut_off_days=route.cut_off_days,
        cut_off=route.cut_off_time,
        transit=0 if desk else route.transit_days,
        collects=route.collects,
        start=route.valid_from,
        end=route.valid_to,
    )


def _days(nodes: set[int], first: date, last: date) -> _Days:
    """What the nodes say of their days, in one statement; closed days and breaks only when they touch the two."""
    within = {"valid_from__lte": last, "valid_to__gt": first}
    asked = [
        ClosedDays.objects.filter(owner__in=nodes, **within).values_list(
            "owner", _said(_CLOSED), "valid_from", "valid_to", _NO_NUMBER
        ),
        SchoolBreak.objects.filter(organisation__in=nodes, **within).values_list(
            "organisation", "kind", "valid_from", "valid_to", _NO_NUMBER
        ),
        OpeningHours.objects.filter(owner__in=nodes).values_list("owner", _said(_OPEN), _NO_DAY, _NO_DAY, "weekday"),
        Handling.objects.filter(owner__in=nodes).values_list(
            "owner", _said(_PACKING), _NO_DAY, _NO_DAY, "processing_days"
        ),
    ]
    found = _Days()
    one, *others = [rows.order_by() for rows in asked]
    for node, kind, start, end, number in one.union(*others, all=True):
        if kind == _CLOSED:
            found.closed[node].append((start, end))
        elif kind == _OPEN:
            found.weekdays[node].add(number)
        elif kind == _PACKING:
            found.processing[node] = number
        else:
            found.breaks.append(breaks.Break(node, breaks.Kind(kind), start, end))
    return found


def _said(code: str) -> Value:
    return Value(code, output_field=CharField())
