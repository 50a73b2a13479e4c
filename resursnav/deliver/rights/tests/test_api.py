"""Rights and agreements in the open interface."""

from datetime import date

import pytest
from django.utils import timezone

from resursnav.deliver.rights import actions
from resursnav.foundation.people.models import ApiToken
from resursnav.foundation.people.tokens import hashed
from tests import factories

from .conftest import AT, titles_of

RIGHTS, AGREEMENTS = "/api/v1/rights", "/api/v1/agreements"


def key_of(person, *scopes):
    raw = f"rn_{person.pk}"
    ApiToken.objects.create(
        person=person, name="prov", key_hash=hashed(raw), hint="rn", scopes=list(scopes), created_at=timezone.now()
    )
    return {"Authorization": f"Bearer {raw}"}


@pytest.fixture
def film(county):
    return factories.resource(county.region, "film", title="Skogsfilm")


@pytest.fixture
def agreement(agree, county, film):
    made = agree("Skolfilm", ("stream_class", "Klassiker", {county.town: True}))
    actions.add_titles(titles=titles_of(made), resources=[film], by=None, at=AT)
    return made


def test_one_asks_about_many_resources(client, county, film, agreement, django_assert_max_num_queries):
    more = [factories.resource(county.region, "film") for _n in range(20)]
    asked = {"resource": [film.pk, *(one.pk for one in more), 999_999]}
    headers = key_of(county.lead, "resources:read")
    with django_assert_max_num_queries(12):
        said = client.get(RIGHTS, asked, headers=headers).json()
    assert (said["place_id"], said["day"], len(said["items"])) == (county.town.pk, "2026-11-20", 21)
    first = said["items"][0]
    assert (first["resource_id"], first["allowed"], first["last_day"]) == (film.pk, True, "2027-06-30")
    assert (first["basis"], first["agreement_id"], first["reason"]) == ("agreement", agreement.pk, "allowed")
    assert "Dorotea" in first["sentence"] and said["items"][1]["reason"] == "no_agreement"


def test_one_asks_for_a_place_in_the_own_county_and_a_day(client, county, film, agreement):
    headers = key_of(county.teacher, "resources:read")
    asked = {"resource": film.pk, "place": county.neighbour.pk, "day": "2027-01-01"}
    said = client.get(RIGHTS, asked, headers=headers).json()
    assert said["items"][0]["reason"] == "not_covered" and said["items"][0]["agreement_id"] is None
    abroad = factories.organisation(name="Region Söder")
    assert client.get(RIGHTS, {"resource": film.pk, "place": abroad.pk}, headers=headers).status_code == 404
    asked = {"resource": film.pk, "way": "copy", "day": "2027-01-01"}
    assert client.get(RIGHTS, asked, headers=headers).json()["items"][0]["allowed"] is False


def test_a_stranger_is_told_what_the_law_says(client, county, film, agreement):
    book = factories.resource(county.region, "book")
    said = client.get(RIGHTS, {"resource": [film.pk, book.pk], "way": "loan"}).json()
    assert [item["reason"] for item in said["items"]] == ["no_place", "allowed"] and said["place_id"] is None
    assert client.get(RIGHTS, {"resource": film.pk, "place": county.town.pk}).status_code == 404


def test_whoever_asks_about_nothing_is_answered_nothing(client, db):
    assert client.get(RIGHTS).json()["items"] == []


@pytest.mark.parametrize("asked", [{"resource": "x"}, {"resource": list(range(1, 102))}, {"resource": 1, "way": "x"}])
def test_a_wrong_question_is_a_problem(client, db, asked):
    assert client.get(RIGHTS, asked).status_code == 422


def test_agreements_are_read_by_those_who_may_see_them(client, county, agreement, agree):
    agree("Gammalt", owner=county.neighbour, valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1))
    headers = key_of(county.coordinator, "agreements:read")
    said = client.get(AGREEMENTS, headers=headers).json()
    assert [one["title"] for one in said["items"]] == ["Skolfilm", "Gammalt"] and said["items"][0]["price"] == "1000.00"
    asked = {"in_force": "2026-11-20", "owner": county.region.pk}
    assert len(client.get(AGREEMENTS, asked, headers=headers).json()["items"]) == 1
    whole = client.get(f"{AGREEMENTS}/{agreement.pk}", headers=headers).json()
    [right] = whole["rights"]
    assert (right["way"], right["title_list"], right["last_day"]) == ("stream_class", "Klassiker", "2027-06-30")
    assert right["places"] == [{"organisation_id": county.town.pk, "included": True}]


def test_agreements_are_nothing_for_others(client, county, agreement):
    assert client.get(AGREEMENTS).status_code == 401
    assert client.get(AGREEMENTS, headers=key_of(county.coordinator, "resources:read")).status_code == 403
    lead = key_of(county.lead, "agreements:read")
    assert client.get(f"{AGREEMENTS}/{agreement.pk}", headers=lead).json()["price"] is None
    abroad = factories.person("coordinator", factories.organisation(name="Region Söder"))
    stranger = key_of(abroad, "agreements:read")
    assert client.get(AGREEMENTS, headers=stranger).json()["items"] == []
    assert client.get(f"{AGREEMENTS}/{agreement.pk}", headers=stranger).status_code == 404
    assert client.get(f"{AGREEMENTS}/{2**63}", headers=stranger).status_code in (404, 422)
