"""Lay out a route, change it and end it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from ..facts import RouteFacts, values
from ..models import Carrier, Route, RouteWay, RouteWeeks, Weekday
from .telling import Overtaken, UnableToTransport, check, recorded, within_reason


@transaction.atomic
def add_route(*, facts: RouteFacts, by: Person | None, at: datetime) -> Route:
    """Lay out a route of a carrier. It goes nowhere until it gets places."""
    route = Route(updated_at=at)
    _say(route, facts)
    recorded("route_added", route, route.carrier.owner_id, by=by, at=at, after=snapshot(route))
    return route


@transaction.atomic
def change_route(
    *, route: Route, facts: RouteFacts, by: Person | None, at: datetime, seen_at: datetime | None = None
) -> Route:
    """Say something else about the route; Overtaken when somebody else changed it after `seen_at`."""
    found = held(route, seen_at)
    if facts.carrier.owner_id != found.carrier.owner_id:
        raise UnableToTransport(_("Välj en av centrets egna transportörer."), field="carrier")
    before = snapshot(found)
    found.updated_at = at
    _say(found, facts)
    if before != (after := snapshot(found)):
        recorded("route_changed", found, found.carrier.owner_id, by=by, at=at, before=before, after=after)
    return found


@transaction.atomic
def end_route(*, route: Route, ends: date, reason: str, by: Person | None, at: datetime) -> Route:
    """Let the route go for the last time; `ends` is the day after its last one."""
    found, reason = held(route, None), clean(reason)
    if not reason:
        raise UnableToTransport(_("Skriv varför turen avslutas."), field="reason")
    within_reason(ends=ends)
    if found.valid_from is not None and ends <= found.valid_from:
        raise UnableToTransport(_("Turen börjar inte förrän efter den dagen."), field="ends")
    before = snapshot(found)
    found.valid_to, found.updated_at = ends, at
    found.save()
    recorded(
        "route_ended", found, found.carrier.owner_id, by=by, at=at, before=before, after=snapshot(found), said=reason
    )
    return found


def held(route: Route, seen_at: datetime | None) -> Route:
    """The route as it stands now, locked; Overtaken when it was changed after somebody opened the form."""
    found: Route = Route.objects.select_for_update(no_key=True, of=("self",)).get(pk=route.pk)
    if seen_at is not None and found.updated_at != seen_at:
        raise Overtaken(
            _(
                "Någon annan har ändrat turen medan du skrev. Öppna den i en ny flik, jämför, "
                "och spara sedan igen om din version ska gälla."
            )
        )
    return found


def snapshot(route: Route) -> dict[str, Any]:
    """What the route says now, as plain values for the log."""
    names = ("name", "cut_off_days", "cut_off_time", "transit_days", "collects", "valid_from", "valid_to", "note")
    return {
        **{name: getattr(route, name) for name in names},
        "carrier": route.carrier.name,
        "weekdays": ", ".join(str(Weekday(day).label) for day in route.weekdays),
        "weeks": str(route.get_weeks_display()),
    }


def _say(route: Route, facts: RouteFacts) -> None:
    Carrier.objects.select_for_update(no_key=True).get(pk=facts.carrier.pk)  # how it goes cannot change meanwhile
    facts = _cleaned(facts)
    within_reason(valid_from=facts.valid_from, valid_to=facts.valid_to)
    for name, value in values(facts).items():
        setattr(route, name, value)
    if not route.weekdays and route.carrier.way != RouteWay.PICK_UP:
        raise UnableToTransport(_("Välj minst en veckodag."), field="weekdays")
    check(route)
    route.save()


def _cleaned(facts: RouteFacts) -> RouteFacts:
    """Tidy the texts, and drop what the way makes meaningless: a counter has no days of its own and no way to go."""
    facts = replace(
        facts, name=" ".join(clean(facts.name).split()), note=clean(facts.note), weekdays=sorted(facts.weekdays)
    )
    if facts.carrier.way == RouteWay.PICK_UP:
        return replace(facts, weekdays=[], weeks=RouteWeeks.EVERY, transit_days=0, collects=True)
    return facts
