"""Two regions; in the first two municipalities with a school each, a library, and the people who ask."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from resursnav.deliver.transport.models import Carrier, Route, RoutePlace
from resursnav.deliver.transport.reading import PLANS
from resursnav.foundation.access import Role
from resursnav.foundation.keeping.actions import restamp
from tests import factories

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday


@dataclass
class County:
    region: object
    town: object
    neighbour: object
    school: object
    library: object
    abroad: object
    coordinator: object
    stranger: object
    lead: object
    teacher: object
    driver: object


@pytest.fixture
def at():
    return AT


@pytest.fixture
def county(db):
    region = factories.organisation(name="Region Norr", code="24")
    town = factories.organisation(region, name="Björkby", code="2401")
    neighbour = factories.organisation(region, name="Granby", code="2402")
    school = factories.organisation(town, name="Björkskolan")
    library = factories.organisation(town, name="Björkby bibliotek", unit_type="library")
    abroad = factories.organisation(name="Region Söder")
    return County(
        region=region,
        town=town,
        neighbour=neighbour,
        school=school,
        library=library,
        abroad=abroad,
        coordinator=factories.person(Role.COORDINATOR, region, given_name="Biljana"),
        stranger=factories.person(Role.COORDINATOR, abroad),
        lead=factories.person(Role.MUNICIPALITY_LEAD, town),
        teacher=factories.person(Role.TEACHER, school),
        driver=factories.person(Role.TEACHER, neighbour),
    )


@pytest.fixture
def route(county):
    """A van on Tuesdays to the whole of the first municipality."""
    return van(county.region, county.town)


def van(owner, *places, name="Tur 1", way="van", weekdays=(1,), **said):
    carrier, _new = Carrier.objects.get_or_create(owner=owner, name=f"Centrets {way}", way=way)
    made = Route.objects.create(carrier=carrier, name=name, weekdays=list(weekdays), updated_at=AT, **said)
    for position, place in enumerate(places):
        RoutePlace.objects.create(route=made, organisation=place, position=position)
    restamp(PLANS)
    return made
