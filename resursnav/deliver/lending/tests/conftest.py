"""A region with a centre, two municipalities with schools, a van on Tuesdays and Thursdays, and things to lend."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.wishes import Wish
from resursnav.deliver.transport.events import RoutesChanged
from resursnav.deliver.transport.models import Carrier, Route, RoutePlace
from resursnav.deliver.transport.reading import PLANS
from resursnav.foundation.access import Role
from resursnav.foundation.keeping.actions import restamp
from resursnav.kernel.events import tell
from tests import factories

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday
TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@dataclass
class County:
    region: object
    town: object
    neighbour: object
    school: object
    other_school: object
    abroad: object
    coordinator: object
    stranger: object
    teacher: object
    colleague: object
    principal: object
    other_teacher: object
    book: object
    kit: object


@pytest.fixture
def at():
    return AT


@pytest.fixture
def county(db):
    return make_county()


def make_county():
    region = factories.organisation(name="Region Kalmar län", code="08")
    town = factories.organisation(region, name="Torsås", code="0834")
    neighbour = factories.organisation(region, name="Emmaboda", code="0862")
    school = factories.organisation(town, name="Torskolan")
    other_school = factories.organisation(neighbour, name="Bjurbäcksskolan")
    abroad = factories.organisation(name="Region Söder")
    van(region, town, neighbour)
    book = factories.holding(
        factories.resource(region, "book", title="Istiden", own_number="D 1"), items=2, number="D 1234"
    )
    kit = factories.holding(factories.resource(region, "kit", title="Robotlåda"), items=3, kind="kit")
    return County(
        region=region,
        town=town,
        neighbour=neighbour,
        school=school,
        other_school=other_school,
        abroad=abroad,
        coordinator=factories.person(Role.COORDINATOR, region, given_name="Biljana"),
        stranger=factories.person(Role.COORDINATOR, abroad),
        teacher=factories.person(Role.TEACHER, school, given_name="Åsa"),
        colleague=factories.person(Role.TEACHER, school, given_name="Maj"),
        principal=factories.person(Role.PRINCIPAL, school, given_name="Rut"),
        other_teacher=factories.person(Role.TEACHER, other_school, given_name="Ola"),
        book=book,
        kit=kit,
    )


def van(owner, *places, weekdays=(1, 3), **said):
    carrier, _new = Carrier.objects.get_or_create(owner=owner, name="Centrets bil", way="van")
    route = Route.objects.create(carrier=carrier, name="Tur 1", weekdays=list(weekdays), updated_at=AT, **said)
    for position, place in enumerate(places):
        RoutePlace.objects.create(route=route, organisation=place, position=position)
    restamp(PLANS)
    return route


def set_routes(**said):
    """Routes are written past the actions, and nobody is told."""
    Route.objects.update(**said)
    restamp(PLANS)


def routes_change(owner, at):
    """Routes have been written past the actions."""
    restamp(PLANS)
    tell(RoutesChanged(owner, at))


def day(number):
    """So many days after today."""
    return TODAY + number * DAY


TUESDAY = date(2026, 11, 24)  # the first day that the van comes


def wish(holding, first=TUESDAY, days=7, quantity=1):
    return Wish(holding.pk, first, first + (days - 1) * DAY, quantity)


def book(county, *wishes, person=None, unit=None, by=..., at=AT, **said):
    """Order for the teacher's school, by the teacher."""
    person = person or county.teacher
    return actions.order(
        unit=unit or county.school,
        person=person,
        wishes=wishes or [wish(county.book)],
        key=uuid4(),
        by=person if by is ... else by,
        at=at,
        **said,
    )


def line(order):
    """The only booking of the order."""
    return order.bookings.get()
