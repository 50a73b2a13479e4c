"""What routes, cut-offs and days say in words; the one place where the codes become sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from resursnav.foundation.ui.components.words import day_year

from .calendar import Departure, Plan, Reason, Ride, Way, Weeks
from .models import Route, RouteWay, RouteWeeks
from .reading import ride_of

_DAY = timedelta(days=1)


def joined(words: Iterable[Any]) -> str:
    """ "a", "a och b" or "a, b och c"."""
    *first, last = [str(word) for word in words] or [""]
    return _("%(first)s och %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def clock(value: Any) -> str:
    """A time of day as people say it: "12.00"."""
    return f"{value:%H.%M}"


def days(ride: Ride) -> str:
    """On which days it goes: "tisdagar och torsdagar, udda veckor"."""
    if ride.way is Way.PICK_UP:
        return _("när centret är öppet")
    plural = {
        0: _("måndagar"), 1: _("tisdagar"), 2: _("onsdagar"), 3: _("torsdagar"), 4: _("fredagar"),
        5: _("lördagar"), 6: _("söndagar"),
    }  # fmt: skip
    named = _("alla vardagar") if ride.weekdays == frozenset(range(5)) else joined(
        plural[number] for number in sorted(ride.weekdays)
    )  # fmt: skip
    if ride.weeks is Weeks.EVERY:
        return named
    return _("%(days)s, %(weeks)s") % {"days": named, "weeks": RouteWeeks(ride.weeks).label}


def cut_off(ride: Ride, packing: int = 0) -> str:
    """How late one may order: "senast klockan 12.00 en öppen dag före"."""
    number = ride.cut_off_days + packing
    said = {"clock": clock(ride.cut_off), "n": number}
    if not number:
        return _("senast klockan %(clock)s samma dag") % said
    if number == 1:
        return _("senast klockan %(clock)s vardagen före") % said
    return _("senast klockan %(clock)s %(n)s vardagar före") % said


def transit(ride: Ride) -> str:
    """How long it is on its way."""
    if ride.way is Way.PICK_UP:
        return ""
    if not ride.transit:
        return _("framme samma dag")
    if ride.transit == 1:
        return _("framme nästa arbetsdag")
    return _("framme efter %(n)s arbetsdagar") % {"n": ride.transit}


def sentence(ride: Ride, packing: int = 0) -> str:
    """How it comes to a place, as one would say it to a teacher."""
    said = {"days": days(ride), "cut_off": cut_off(ride, packing), "transit": transit(ride)}
    if ride.way is Way.PICK_UP:
        return _("Ni hämtar på centret %(days)s. Beställ %(cut_off)s.") % said
    if ride.way is Way.POST:
        return _("Posten går %(days)s och är %(transit)s. Beställ %(cut_off)s.") % said
    return _("Bilen går %(days)s och är %(transit)s. Beställ %(cut_off)s.") % said


def back(ride: Ride) -> str:
    """How it goes back."""
    if ride.way is Way.PICK_UP:
        return _("Ni lämnar tillbaka på centret när det är öppet.")
    if not ride.collects:
        return _("Det som ska tillbaka hämtas inte. Ni lämnar det på centret.")
    if ride.way is Way.POST:
        return _("Det som ska tillbaka lämnar ni till posten.")
    return _("Samma bil tar med det som ska tillbaka.")


def summary(route: Route) -> str:
    """A route's days and cut-off on one line."""
    ride = ride_of(route)
    return _("%(days)s, beställ %(cut_off)s") % {"days": days(ride), "cut_off": cut_off(ride)}


def status(route: Route, today: date) -> tuple[str, str]:
    """How a route stands: a word, and the tone of its badge."""
    if route.valid_to is not None and route.valid_to <= today:
        return _("har slutat"), "plain"
    if route.valid_from is not None and route.valid_from > today:
        return _("börjar %(day)s") % {"day": day_year(route.valid_from)}, "info"
    if route.valid_to is not None:
        return _("går till och med %(day)s") % {"day": day_year(route.valid_to - _DAY)}, "warning"
    return _("går"), "good"


def why_not(reason: Reason) -> str:
    """Why nothing comes, and what to do."""
    texts = {
        Reason.NO_ROUTE: _("Ingen tur går hit. Fråga centret hur ni får det ni lånar."),
        Reason.NOT_YET: _("Turen hit har inte börjat gå än."),
        Reason.ENDED: _("Turen hit har slutat gå. Fråga centret vad som gäller nu."),
        Reason.NO_DEPARTURE: _("Ingen tur hinner fram dit. Välj en senare dag."),
    }
    return texts[reason]


def next_ones(plan: Plan, now: Any, first: date, number: int) -> list[Departure]:
    """The next departures that can still be ordered, at most so many, within ten weeks."""
    found = [one for one in plan.departures(first, first + timedelta(days=70)) if one.order_by >= now]
    return found[:number]


def span(start: date, end: date) -> str:
    """Half-open days as people say them: "24 november 2026" or "24 november 2026 – 2 december 2026"."""
    last = end - _DAY
    return day_year(start) if last == start else f"{day_year(start)} – {day_year(last)}"


def way_icon(way: str) -> str:
    """The picture of a way."""
    return {RouteWay.VAN: "truck", RouteWay.POST: "mail", RouteWay.PICK_UP: "store"}[RouteWay(way)]
