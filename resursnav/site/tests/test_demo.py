"""The demo: the same on every machine, nobody real, planted once, and with somebody to be in every role."""

import csv
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from resursnav.deliver.lending.audit import faults
from resursnav.deliver.lending.models import Booking, LoanFact, Order
from resursnav.deliver.resources.models import Collection, Resource, Tip
from resursnav.deliver.stock.models import Item
from resursnav.foundation.access import Role
from resursnav.foundation.notices.models import Mail
from resursnav.foundation.organisations.models import Branch, Kind, Organisation, TreeSnapshot, UnitType
from resursnav.foundation.organisations.sweden import MUNICIPALITIES
from resursnav.foundation.people.models import Assignment, Invitation, Person
from resursnav.foundation.people.personas import personas
from resursnav.site.demo import catalogue, people, places, plant, volume
from tests import factories
from tests.shared_data import shared


@pytest.fixture(scope="module")
def tree():
    return places.plan()


def test_the_plan_is_the_same_every_time(tree):
    assert places.plan() == tree
    assert [post.email for post in people.posts(tree)] == [post.email for post in people.posts(places.plan())]


def test_it_shows_two_counties_whole_and_one_large_municipality(tree):
    shown = {place.code for root in tree for place in root.walk() if place.kind == Kind.MUNICIPALITY}
    whole = {code for code in MUNICIPALITIES if code[:2] in {"24", "08"}}
    assert (len(whole), shown) == (27, whole | {"1880"})


def test_nobody_has_anybody_elses_address_and_nobody_can_own_one(tree):
    addresses = [post.email for post in people.posts(tree)]
    assert len(set(addresses)) == len(addresses)
    assert all(address.endswith(".example.org") and address.isascii() for address in addresses)


def test_no_place_shares_its_name_or_code_with_another(tree):
    for root in tree:
        for node in root.below:
            names = [place.name for place in node.walk()]
            assert len(set(names)) == len(names)
    codes = [place.code for root in tree for place in root.walk() if place.kind == Kind.UNIT and place.code]
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("00") and len(code) == 8 for code in codes)


def test_no_invented_school_has_the_name_of_a_real_one_in_its_municipality(tree):
    with shared("schools/school_units_merged.csv").open(encoding="utf-8-sig") as file:
        real = {(row["municipality_code"].zfill(4), row["name"].casefold()) for row in csv.DictReader(file)}
    invented = {
        (node.code, place.name.casefold())
        for root in tree
        for node in root.below
        for place in node.walk()
        if place.unit_type == UnitType.SCHOOL
    }
    assert invented
    assert invented & real == set()


@pytest.mark.django_db
def test_it_plants_everything_once(settings):
    settings.DEMO = True
    at = timezone.now()
    done = plant.plant(at=at)
    assert all(part.count for part in done[:2])
    assert [part.count for part in plant.plant(at=at)] == [0] * len(done)

    assert {post.role for post in Assignment.objects.filter(person__email__endswith="@demo.example.org")} == set(Role)
    shown = personas()
    assert {str(persona.role) for persona in shown} == {str(role.label) for role in Role}
    assert all(persona.what_to_try for persona in shown)
    assert max(person.assignments.count() for person in Person.objects.filter(family_name="Norgren")) == 2
    assert Organisation.objects.filter(merged_into__isnull=False).count() == 1
    assert TreeSnapshot.objects.values("year").distinct().count() == 3
    assert Invitation.objects.unanswered().count() == 3
    assert Mail.objects.count() < 20  # the demo's mailbox shows what happened lately, not six hundred appointments
    assert Person.objects.count() - Person.objects.listed().count() == 1
    # Every node reaches its region through the closure table, as its parents say.
    roots = Branch.objects.filter(ancestor__parent__isnull=True).values_list("descendant", flat=True)
    assert set(roots) == set(Organisation.objects.values_list("pk", flat=True))

    published = Resource.objects.filter(status="published")
    assert published.count() > 300
    assert {status for status, in Resource.objects.values_list("status").distinct()} == {
        "published", "draft", "withdrawn",
    }  # fmt: skip
    assert Collection.objects.filter(status="published").count() == 5
    assert sorted(Tip.objects.values_list("status", flat=True)) == ["shown", "shown", "waiting"]


@pytest.mark.django_db
def test_it_makes_as_many_works_as_one_asks_for_and_no_more_the_second_time():
    factories.organisation(name="Västerbottens län", code="24")
    at = timezone.now()
    assert volume.plant_volume(count=1500, at=at) == 1500
    assert volume.plant_volume(count=1500, at=at) == 0
    assert volume.plant_volume(count=1600, at=at) == 100
    titles = Resource.objects.values_list("title", "subtitle")
    assert len(set(titles)) == len(titles) == 1600


@pytest.mark.django_db
def test_it_gives_the_volume_two_copies_for_every_five_works():
    factories.organisation(name="Västerbottens län", code="24")
    at = timezone.now()
    volume.plant_volume(count=500, at=at)
    assert volume.plant_copies(count=500, at=at) == 200
    assert volume.plant_copies(count=500, at=at) == 0
    assert Item.objects.count() == 200


@pytest.mark.django_db
def test_it_gives_the_volume_ten_years_of_loans():
    north = factories.organisation(name="Västerbottens län", code="24")
    town = factories.organisation(north, name="Dorotea", code="2425")
    school = factories.organisation(town, name="Bergvattenskolan")
    closed = factories.organisation(town, name="Byskolan", valid_to=date(2020, 7, 1))
    at = timezone.now()
    assert volume.plant_loans(count=150, at=at) == 0  # no copies yet
    volume.plant_volume(count=150, at=at)
    volume.plant_copies(count=150, at=at)
    assert volume.plant_loans(count=150, at=at) == 500
    assert volume.plant_loans(count=150, at=at) == 0
    assert faults(timezone.localdate(at)) == []
    assert set(Order.objects.values_list("unit", flat=True)) == {school.pk}
    assert closed.pk not in set(LoanFact.objects.values_list("unit", flat=True))
    assert Booking.objects.filter(state="booked").count() == 25
    years = {loan.use_from.year for loan in Booking.objects.all()}
    assert len(years) >= 10


@pytest.mark.django_db
def test_the_works_are_the_same_every_time():
    assert [draft.fingerprint() for draft in catalogue.drafts()] == [
        draft.fingerprint() for draft in catalogue.drafts()
    ]
    numbers = [draft.source_id for draft in catalogue.drafts()]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.django_db
def test_it_plants_again_only_when_the_planting_code_has_changed(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    runs = []
    monkeypatch.setattr(plant, "parts", lambda: {"ett": lambda at: runs.append(at) or 1})
    at = datetime(2026, 11, 22, tzinfo=UTC)
    assert [part.count for part in plant.plant_when_changed(at=at, tell=str)] == [1]
    assert plant.plant_when_changed(at=at, tell=str) == []
    monkeypatch.setattr(plant, "fingerprint", lambda: "annan")
    plant.plant_when_changed(at=at, tell=str)
    assert len(runs) == 2
