"""The pages of transport that the browser test examines; the routes are the looker's own region's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from resursnav.deliver.transport import actions
from resursnav.deliver.transport.facts import BreakFacts, CarrierFacts, ClosedFacts, RouteFacts
from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import Organisation
from tests import factories

from .page import Page

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


def _region() -> Organisation:
    return Organisation.objects.filter(parent=None).order_by("-pk").first() or factories.organisation()


def _planned(path: str) -> Callable[[], str]:
    """A page about transports with all that they can have."""

    def made() -> str:
        region = _region()
        towns = [factories.organisation(region, name=name) for name in ("Torsås", "Nybro")]
        school = factories.organisation(towns[1], name="Ekbackaskolan")
        said: Any = {"by": None, "at": NOON}
        van = actions.add_carrier(
            owner=region, facts=CarrierFacts("Centrets bil", "van", "0480-1", "bil@example.org", "Jörgen kör."), **said
        )
        desk = actions.add_carrier(owner=region, facts=CarrierFacts("Disken", "pick_up"), **said)
        route = actions.add_route(facts=RouteFacts(van, "Södra turen", [3], note="Ring före."), **said)
        fetch = actions.add_route(facts=RouteFacts(desk, "Hämta"), **said)
        for number, place in enumerate((*towns, school)):
            actions.mark_place(route=route, organisation=place, included=number < 2, note="Lastkajen", **said)
        actions.mark_place(route=fetch, organisation=school, included=True, **said)
        hours = {day: (time(8), time(16)) for day in range(5)}
        actions.set_hours(owner=region, processing_days=1, hours=hours, **said)
        shut = ClosedFacts(date(2090, 12, 28), date(2091, 1, 2), "Mellandagarna")
        closed = actions.close_days(owner=region, facts=shut, **said)
        winter = BreakFacts("winter", date(2027, 2, 22), date(2027, 2, 27))
        free = actions.add_break(organisation=towns[0], facts=winter, **said)
        return path.format(
            route=route.pk, carrier=van.pk, closed=closed.pk, free=free.pk, school=school.pk, town=towns[0].pk
        )

    return made


def _at_school() -> str:
    """The page of a school in the looker's own branch, which fetches and sees all there is to see."""
    return _planned("/transport/when/{school}/")()


TRANSPORT_PAGES = [
    Page("/transport/", _planned("/transport/"), Role.COORDINATOR),
    Page("/transport/ (tomt)", "/transport/", Role.COORDINATOR),
    Page("/transport/routes/…/", _planned("/transport/routes/{route}/"), Role.COORDINATOR),
    Page("/transport/routes/…/edit/", _planned("/transport/routes/{route}/edit/"), Role.COORDINATOR),
    Page("/transport/routes/…/end/", _planned("/transport/routes/{route}/end/"), Role.COORDINATOR),
    Page("/transport/routes/…/places/", _planned("/transport/routes/{route}/places/"), Role.COORDINATOR),
    Page("/transport/routes/new/", _planned("/transport/routes/new/"), Role.COORDINATOR),
    Page("/transport/carriers/", _planned("/transport/carriers/"), Role.COORDINATOR),
    Page("/transport/carriers/new/", "/transport/carriers/new/", Role.COORDINATOR),
    Page("/transport/carriers/…/edit/", _planned("/transport/carriers/{carrier}/edit/"), Role.COORDINATOR),
    Page("/transport/days/", _planned("/transport/days/"), Role.COORDINATOR),
    Page("/transport/days/hours/", _planned("/transport/days/hours/"), Role.COORDINATOR),
    Page("/transport/days/closed/new/", "/transport/days/closed/new/", Role.COORDINATOR),
    Page("/transport/days/closed/…/edit/", _planned("/transport/days/closed/{closed}/edit/"), Role.COORDINATOR),
    Page("/transport/breaks/", _planned("/transport/breaks/?year=2026"), Role.COORDINATOR),
    Page("/transport/breaks/new/", "/transport/breaks/new/", Role.COORDINATOR),
    Page("/transport/breaks/…/edit/", _planned("/transport/breaks/{free}/edit/"), Role.COORDINATOR),
    Page("/transport/breaks/copy/", _planned("/transport/breaks/copy/?year=2026"), Role.COORDINATOR),
    Page("/transport/breaks/import/", "/transport/breaks/import/", Role.COORDINATOR),
    Page("/transport/when/", _planned("/transport/when/?q=skolan"), Role.COORDINATOR),
    Page("/transport/when/…/", _at_school, Role.COORDINATOR),
    Page("/organisations/…/ (med turer)", _planned("/organisations/{town}/"), Role.COORDINATOR),
]
