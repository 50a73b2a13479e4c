"""Holdings and items, as programs read them, and an item's state, as they change it."""

import json

import pytest
from django.core.cache import cache

from resursnav.deliver.stock.models import Item
from resursnav.foundation.access import Role
from resursnav.foundation.threads.models import Record
from tests import factories

from .test_api import ROOT, key_of, problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_count():
    cache.clear()


@pytest.fixture
def centre():
    return factories.organisation(name="Region Kalmar län")


@pytest.fixture
def key(centre):
    return key_of(factories.person(Role.COORDINATOR, centre), "stock:read", "stock:write")


@pytest.fixture
def item(centre):
    place = factories.stock_place(centre, code="M1")
    holding = factories.holding(factories.resource(centre, "kit", title="Bluebot"), number="K 7")
    return factories.item(holding, barcode="K-001", place=place, shelf="A1")


def put(client, item, body, headers):
    address = f"{ROOT}/items/{item.pk}/state"
    return client.post(address, json.dumps(body), content_type="application/json", headers=headers)


def test_it_shows_everybody_what_can_be_booked_and_the_centre_all(client, centre, key, item):
    hidden = factories.holding(factories.resource(centre, status="draft"))
    found = client.get(f"{ROOT}/holdings").json()["items"]
    assert [(one["title"], one["number"], one["in_use"]) for one in found] == [("Bluebot (låda eller set)", "K 7", 1)]
    assert len(client.get(f"{ROOT}/holdings", headers=key).json()["items"]) == 2
    asked = {"resource": hidden.resource_id, "owner": centre.pk}
    assert [one["id"] for one in client.get(f"{ROOT}/holdings", asked, headers=key).json()["items"]] == [hidden.pk]
    shown = client.get(f"{ROOT}/holdings/{item.holding_id}")
    assert shown["ETag"]
    assert shown.json()["parts"] == []
    problem(client.get(f"{ROOT}/holdings/{hidden.pk}"), 404)


def test_it_shows_items_to_the_centre_only(client, centre, key, item):
    problem(client.get(f"{ROOT}/items"), 401)
    problem(
        client.get(f"{ROOT}/items", headers=key_of(factories.person(Role.TEACHER, centre), "stock:read", raw="rn_t")),
        403,
    )
    factories.item(item.holding, barcode="K-002", state="missing", out_from="2026-11-02")

    def listed(**asked):
        return [one["barcode"] for one in client.get(f"{ROOT}/items", asked, headers=key).json()["items"]]

    assert listed() == ["K-001", "K-002"]
    assert listed(barcode="k+001") == ["K-001"]
    assert listed(state="missing", holding=item.holding_id) == ["K-002"]
    assert listed(place="m1") == ["K-001"]
    shown = client.get(f"{ROOT}/items/{item.pk}", headers=key).json()
    assert (shown["place"], shown["shelf"], shown["note"]) == ("M1", "A1", None)
    elsewhere = key_of(factories.person(Role.COORDINATOR, factories.organisation()), "stock:read", raw="rn_e")
    problem(client.get(f"{ROOT}/items/{item.pk}", headers=elsewhere), 404)
    problem(client.get(f"{ROOT}/items/{2**63}", headers=key), 404)


def test_it_changes_an_items_state_by_the_same_verbs(client, key, item):
    steps = [
        {"state": "service", "where": "Verkstaden", "back_date": "2090-01-07"},
        {"state": "in_use"}, {"state": "in_use"},
        {"state": "missing", "note": "Inte på hyllan"}, {"state": "in_use"},
        {"state": "retired", "reason": "Utslitet"}, {"state": "in_use"},
    ]  # fmt: skip
    for body in steps:
        answer = put(client, item, body, key)
        assert (answer.status_code, answer.json()["state"]) == (200, body["state"])
    verbs = list(Record.objects.order_by("pk").values_list("verb", flat=True))
    assert [verb.removeprefix("stock.") for verb in verbs] == [
        "served", "back", "missed", "found", "retired", "unretired",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        {"state": "burnt"}, {"state": "retired"}, {"state": "service", "back_date": "2001-01-01"}, {},
        {"state": "service", "where": "x" * 121}, {"state": "in_use", "colour": "red"},
    ],
)  # fmt: skip
def test_it_refuses_what_cannot_be(client, key, item, body):
    problem(put(client, item, body, key), 422)
    assert Item.objects.get().state == "in_use"


def test_it_lets_nobody_else_change_it(client, centre, item):
    body = {"state": "missing"}
    problem(put(client, item, body, {}), 401)
    problem(put(client, item, body, key_of(factories.person(Role.COORDINATOR, centre), "stock:read", raw="rn_a")), 403)
    other = factories.person(Role.COORDINATOR, factories.organisation())
    problem(put(client, item, body, key_of(other, "stock:write", raw="rn_b")), 404)
