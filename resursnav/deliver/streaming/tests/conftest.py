"""A county with an agreement on films: two schools, one of them with the right, and a film in the agreement's list."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from resursnav.deliver.resources.models import Edition
from resursnav.deliver.rights.models import TitleEntry
from resursnav.foundation.access import Role
from resursnav.landscape.agreements import actions as agreeing
from resursnav.landscape.agreements.facts import AgreementFacts, RightFacts
from tests import factories

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
FILM = "https://film.example.org/vatten"


@dataclass
class County:
    region: object
    town: object
    neighbour: object
    school: object
    other_school: object
    coordinator: object
    lead: object
    neighbour_lead: object
    teacher: object
    principal: object
    stranger: object
    agreement: object


def county_of():
    region = factories.organisation(name="Region Norr", code="24")
    town = factories.organisation(region, name="Dorotea", code="2401")
    neighbour = factories.organisation(region, name="Åsele", code="2402")
    school = factories.organisation(town, name="Bergvattenskolan")
    other = factories.organisation(neighbour, name="Fredrikaskolan")
    facts = AgreementFacts(
        counterpart="Norrfilm AB", title="Skolfilm", valid_from=date(2026, 1, 1), valid_to=date(2027, 7, 1),
        answers="coordinator",
    )  # fmt: skip
    return County(
        region=region,
        town=town,
        neighbour=neighbour,
        school=school,
        other_school=other,
        coordinator=factories.person(Role.COORDINATOR, region, given_name="Biljana"),
        lead=factories.person(Role.MUNICIPALITY_LEAD, town),
        neighbour_lead=factories.person(Role.MUNICIPALITY_LEAD, neighbour),
        teacher=factories.person(Role.TEACHER, school),
        principal=factories.person(Role.PRINCIPAL, school),
        stranger=factories.person(Role.TEACHER, other),
        agreement=agreeing.register(owner=region, facts=facts, by=None, at=AT),
    )


def right_of(county, way="stream_class", **said):
    """A right for the films in the first municipality."""
    right = agreeing.add_right(
        agreement=county.agreement, facts=RightFacts(way=way, titles="Film", **said), by=None, at=AT
    )
    agreeing.mark_place(right=right, organisation=county.town, included=True, by=None, at=AT)
    return right


def film_of(county, title="Vattnets kretslopp", *, url=FILM, tied=True, **said):
    """A film that is streamed, in the list of the agreement; returns its edition."""
    said = {"licence": "AGREEMENT", **said}
    thing = factories.resource(county.region, "stream", title=title, **said)
    if tied:
        titles, _new = county.agreement.title_lists.get_or_create(code="film", defaults={"name": "Film"})
        TitleEntry.objects.create(titles=titles, resource=thing, added_at=AT)
    edition = Edition.objects.get(resource=thing)
    edition.url, edition.duration_s = url, 1500
    edition.save()
    return edition


@pytest.fixture
def at():
    return AT


@pytest.fixture(autouse=True)
def _now(monkeypatch, request):
    """What "now" is on every page of these tests; a browser and its session keep their own time."""
    if "transactional_db" not in request.fixturenames:
        monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


@pytest.fixture
def county(db):
    return county_of()


@pytest.fixture
def right(county):
    return right_of(county)


@pytest.fixture
def film(county, right):
    return film_of(county)
