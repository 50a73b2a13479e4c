"""When things come to a place, as its page and its panel tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from resursnav.foundation.organisations.models import Organisation

from . import wording
from .calendar import Departure, Plan, Ride
from .models import Carrier, ClosedDays, OpeningHours, Route, SchoolBreak
from .reading import WITHOUT_BREAKS, plan_for

AHEAD = timedelta(days=120)
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One way of coming: in words, with whom to ask."""

    icon: str
    sentence: str
    back: str
    carrier: Carrier | None


@dataclass(frozen=True, slots=True)
class When:
    """All that a place may want to know."""

    plan: Plan
    lines: list[Line]
    coming: list[Departure]
    first: date | None
    why_not: str
    free: list[tuple[SchoolBreak, str]]
    closed: list[tuple[ClosedDays, str]]
    hours: list[OpeningHours]


def plan_now(place: Organisation, now: datetime) -> Plan:
    """The place's plan for the time that its page shows."""
    today = localdate(now)
    return plan_for(place, start=today, end=today + AHEAD)


def serving(plan: Plan, today: date) -> list[Ride]:
    """The rides that count today, or else the first that will."""
    now = plan.serving(today)
    later = sorted((ride.start, number) for number, ride in enumerate(plan.rides) if ride.start and ride.start > today)
    return now or [plan.rides[number] for _start, number in later[:1]]


def lines(plan: Plan, today: date) -> list[Line]:
    """How things come to the place, in words; one statement for the carriers."""
    rides = serving(plan, today)
    known = Route.objects.filter(pk__in=[ride.route for ride in rides])
    carriers = {route.pk: route.carrier for route in known} if rides else {}
    packing = plan.centre.processing_days
    return [
        Line(wording.way_icon(ride.way), wording.sentence(ride, packing), wording.back(ride), carriers.get(ride.route))
        for ride in rides
    ]


def told(place: Organisation, now: datetime) -> When:
    """All of it for one place."""
    today = localdate(now)
    plan = plan_now(place, now)
    first = plan.first_use(now)
    reason = plan.why_not(today + AHEAD) if first is None else None
    above = Q(branches_below__descendant=place)
    path = list(Organisation.objects.filter(above).order_by("branches_below__depth").values_list("pk", flat=True))
    span = {"valid_from__lte": today + AHEAD, "valid_to__gt": today}
    free = [] if place.unit_type in WITHOUT_BREAKS else _free(plan, path, span)
    shut = ClosedDays.objects.filter(owner__in=path, **span)
    return When(
        plan=plan,
        lines=lines(plan, today),
        coming=wording.next_ones(plan, now, today, SHOWN),
        first=first,
        why_not=wording.why_not(reason) if reason else "",
        free=free,
        closed=[(one, wording.span(one.valid_from, one.valid_to)) for one in shut],
        hours=list(OpeningHours.objects.filter(owner__in=path)) if any(r.way == "pick_up" for r in plan.rides) else [],
    )


def _free(plan: Plan, path: list[int], span: dict[str, date]) -> list[tuple[SchoolBreak, str]]:
    """The breaks that count at the place: those whose days the plan knows."""
    found = SchoolBreak.objects.filter(organisation__in=path, **span)
    return [(one, wording.span(one.valid_from, one.valid_to)) for one in found if plan.is_break(one.valid_from)]
