"""A centre with a van on its days, two schools on its round, things to lend, and those who pack and drive."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.wishes import Wish
from resursnav.deliver.transport.models import Carrier, Route, RoutePlace
from resursnav.foundation.access import Role
from tests import factories

FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class World:
    region: object
    school: object
    other: object
    abroad: object
    coordinator: object
    stranger: object
    driver: object
    teacher: object
    route: object
    book: object
    kit: object


@pytest.fixture
def now(monkeypatch):
    """A clock that stands where it is put: a Friday, and `now(4)` the Tuesday after."""
    moment = [FRIDAY]
    monkeypatch.setattr(timezone, "now", lambda: moment[0])

    def put(days=0):
        moment[0] = FRIDAY + days * DAY
        return moment[0]

    return put


@pytest.fixture
def world(db):
    region = factories.organisation(name="Region Kalmar län", code="08")
    towns = [factories.organisation(region, name=name) for name in ("Torsås", "Emmaboda")]
    school = factories.organisation(towns[0], name="Torskolan", street="Storgatan 1", town="Torsås", phone="0486-1")
    other = factories.organisation(towns[1], name="Bjurbäcksskolan")
    carrier = Carrier.objects.create(owner=region, name="Centrets bil", way="van")
    route = Route.objects.create(carrier=carrier, name="Södra turen", weekdays=[1], note="Ring.", updated_at=FRIDAY)
    for position, place in enumerate(reversed(towns)):
        RoutePlace.objects.create(route=route, organisation=place, position=position, note="Lastkajen")
    abroad = factories.organisation(name="Region Söder")
    return World(
        region=region,
        school=school,
        other=other,
        abroad=abroad,
        coordinator=factories.person(Role.COORDINATOR, region, given_name="Biljana"),
        stranger=factories.person(Role.COORDINATOR, abroad),
        driver=factories.person(Role.DRIVER, region, given_name="Jörgen"),
        teacher=factories.person(Role.TEACHER, school, given_name="Åsa"),
        route=route,
        book=factories.holding(factories.resource(region, "book", title="Istiden"), items=2, number="D 1"),
        kit=factories.holding(factories.resource(region, "kit", title="Robotlåda"), items=3, kind="kit", number="L 1"),
    )


@pytest.fixture
def booked(world, now):
    """Book for the Tuesday, a week long: `booked()`, `booked(world.kit, quantity=2, unit=world.other)`."""

    def make(holding=None, *, quantity=1, unit=None, days=7, first=4):
        start = (FRIDAY + first * DAY).date()
        wish = Wish((holding or world.book).pk, start, start + (days - 1) * DAY, quantity)
        order = actions.order(
            unit=unit or world.school, person=world.teacher, wishes=[wish], key=uuid4(), by=world.coordinator, at=FRIDAY
        )
        return order.bookings.get()

    return make
