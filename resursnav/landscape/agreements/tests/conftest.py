"""Two regions; in the first two municipalities and a school, and the people who work with agreements."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from resursnav.foundation.access import Role
from resursnav.landscape.agreements import actions
from resursnav.landscape.agreements.facts import AgreementFacts, RightFacts
from resursnav.landscape.agreements.models import Counterpart
from tests import factories

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass
class County:
    region: object
    town: object
    neighbour: object
    school: object
    abroad: object
    coordinator: object
    lead: object
    neighbour_lead: object
    stranger_lead: object
    teacher: object


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def at():
    return AT


@pytest.fixture
def county(db):
    region = factories.organisation(name="Region Norr", code="24")
    town = factories.organisation(region, name="Björkby", code="2401")
    neighbour = factories.organisation(region, name="Granby", code="2402")
    school = factories.organisation(town, name="Björkskolan")
    abroad = factories.organisation(factories.organisation(name="Region Söder"), name="Ekby")
    return County(
        region=region,
        town=town,
        neighbour=neighbour,
        school=school,
        abroad=abroad,
        coordinator=factories.person(Role.COORDINATOR, region, given_name="Biljana"),
        lead=factories.person(Role.MUNICIPALITY_LEAD, town),
        neighbour_lead=factories.person(Role.MUNICIPALITY_LEAD, neighbour),
        stranger_lead=factories.person(Role.MUNICIPALITY_LEAD, abroad),
        teacher=factories.person(Role.TEACHER, school),
    )


def facts(**said):
    said = {
        "counterpart": "Norrfilm AB", "title": "Skolfilm", "number": "N 1", "valid_from": date(2026, 1, 1),
        "valid_to": date(2027, 9, 1), "notice_months": 6, "answers": "coordinator", "price": Decimal(1000), **said,
    }  # fmt: skip
    return AgreementFacts(**said)


@pytest.fixture
def made(county, at):
    """Make an agreement: `made(title="Ljudböcker")`; of the region unless `owner` says otherwise."""

    def make(owner=None, **said):
        owner = owner or county.region
        if "counterpart" not in said and (known := owner_counterpart(owner)):
            said["counterpart"] = known
        return actions.register(owner=owner, facts=facts(**said), by=None, at=at)

    return make


def owner_counterpart(owner):
    return Counterpart.objects.filter(owner=owner, name="Norrfilm AB").first()


@pytest.fixture
def agreement(made):
    return made()


@pytest.fixture
def right(agreement, at):
    """To stream in class, nowhere yet."""
    return actions.add_right(agreement=agreement, facts=RightFacts(way="stream_class"), by=None, at=at)


@pytest.fixture
def placed(right, county, at):
    """The same right in the first municipality, but not in its school."""
    actions.mark_place(right=right, organisation=county.town, included=True, by=None, at=at)
    actions.mark_place(right=right, organisation=county.school, included=False, by=None, at=at)
    return right
