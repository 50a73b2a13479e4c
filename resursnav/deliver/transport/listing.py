"""Lists as they are asked for: routes with what leaves next, and breaks of a school year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.organisations.names import name_key

from . import breaks, wording
from .models import Route, SchoolBreak
from .reading import centre_of, ride_of
from .rules import EDIT_BREAK, SEE, SEE_BREAK

SHOWN_DAYS = 7


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A route as a row: its days in words, how it stands, and how many places it is marked at."""

    route: Route
    summary: str
    label: str
    tone: str
    icon: str
    places: int


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day of the centre: closed, or what leaves on it."""

    day: date
    closed: bool
    routes: list[Route]


def routes(person: Any, today: date, *, ended: bool) -> list[RouteRow]:
    """The routes that the person may see: those that go or will, or those that have ended."""
    found = Route.objects.visible_to(person, SEE)
    found = found.ended(today) if ended else found.not_ended(today)
    found = found.annotate(number_of=Count("places", filter=Q(places__included=True)))
    rows = []
    for route in found.order_by("carrier__way", "name_key", "pk"):
        label, tone = wording.status(route, today)
        icon = wording.way_icon(route.carrier.way)
        rows.append(RouteRow(route, wording.summary(route), label, tone, icon, route.number_of))
    return rows


def coming(found: Sequence[Route], today: date) -> list[DayRow]:
    """What leaves on each of the next days; the counter is always there and is left out."""
    known = [(route, ride_of(route)) for route in found if route.is_van]
    if not known:
        return []
    centre = centre_of(known[0][0].carrier.owner_id, start=today, end=today + timedelta(days=SHOWN_DAYS))
    rows = []
    for number in range(SHOWN_DAYS):
        day = today + timedelta(days=number)
        going = [route for route, ride in known if ride.is_valid(day) and ride.goes(day)]
        rows.append(DayRow(day, not centre.is_open(day), going if centre.is_open(day) else []))
    return rows


def school_years(person: Any, today: date) -> list[int]:
    """The school years that have breaks, and this one and the next, the newest first."""
    starts = SchoolBreak.objects.visible_to(person, SEE_BREAK).order_by().values_list("valid_from", flat=True)
    this = breaks.school_year(today)
    return sorted({breaks.school_year(start) for start in starts.distinct()} | {this, this + 1}, reverse=True)


def in_year(person: Any, year: int, q: str = "") -> Any:
    """The breaks that begin in the school year and that the person may see; with words, of the places that fit."""
    found = SchoolBreak.objects.visible_to(person, SEE_BREAK).select_related("organisation")
    found = found.filter(valid_from__gte=date(year, 8, 1), valid_from__lt=date(year + 1, 8, 1))
    for word in q.split():
        found = found.filter(
            Q(organisation__name_key__contains=name_key(word)) | Q(name__icontains=word) | Q(kind__in=_kinds(word))
        )
    return found


def editable(person: Any, found: Any) -> Any:
    """Those of the breaks that the person may change."""
    return found.visible_to(person, EDIT_BREAK)


def places_for_breaks(person: Any) -> Any:
    """Where the person may say that there is a break: the centre, its municipalities, and the schools below."""
    return Organisation.objects.visible_to(person, EDIT_BREAK)


def _kinds(word: str) -> list[str]:
    key = name_key(word)
    return [code for code, label in SchoolBreak._meta.get_field("kind").flatchoices if key in name_key(str(label))]
