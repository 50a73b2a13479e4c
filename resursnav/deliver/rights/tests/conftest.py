"""A county with a centre, two municipalities and schools; an agreement with a list, and titles to put in it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from resursnav.foundation.access import Role
from resursnav.landscape.agreements import actions as agreeing
from resursnav.landscape.agreements.facts import AgreementFacts, RightFacts
from resursnav.landscape.agreements.models import Counterpart
from tests import factories

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@dataclass
class County:
    region: object
    town: object
    neighbour: object
    school: object
    other_school: object
    coordinator: object
    lead: object
    teacher: object
    neighbour_teacher: object


@pytest.fixture
def at():
    return AT


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """What "today" is on every page of these tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


@pytest.fixture
def county(db):
    region = factories.organisation(name="Region Norr", code="24")
    town = factories.organisation(region, name="Dorotea", code="2401")
    neighbour = factories.organisation(region, name="Åsele", code="2402")
    school = factories.organisation(town, name="Bergvattenskolan")
    other = factories.organisation(neighbour, name="Fredrikaskolan")
    return County(
        region=region,
        town=town,
        neighbour=neighbour,
        school=school,
        other_school=other,
        coordinator=factories.person(Role.COORDINATOR, region, given_name="Biljana"),
        lead=factories.person(Role.MUNICIPALITY_LEAD, town),
        teacher=factories.person(Role.TEACHER, school),
        neighbour_teacher=factories.person(Role.TEACHER, other),
    )


@pytest.fixture
def agree(county):
    """Make an agreement with rights: `agree("Skolfilm", ("stream_class", "Klassiker", {town: True}))`."""

    def make(title="Skolfilm", *rights, owner=None, **said):
        owner = owner or county.region
        known = Counterpart.objects.filter(owner=owner, name="Norrfilm AB").first()
        said = {
            "counterpart": known or "Norrfilm AB", "title": title, "valid_from": date(2026, 1, 1),
            "valid_to": date(2027, 7, 1), "answers": "coordinator", "price": Decimal(1000), **said,
        }  # fmt: skip
        agreement = agreeing.register(owner=owner, facts=AgreementFacts(**said), by=None, at=AT)
        for right in rights:
            grant(agreement, *right)
        return agreement

    return make


def grant(agreement, way, titles, marks, **said):
    """Give the agreement a right with its places."""
    facts = RightFacts(way=way, titles=titles, **said)
    right = agreeing.add_right(agreement=agreement, facts=facts, by=None, at=AT)
    for place, included in marks.items():
        agreeing.mark_place(right=right, organisation=place, included=included, by=None, at=AT)
    return right


def titles_of(agreement, name="Klassiker"):
    return agreement.title_lists.get(name=name)
