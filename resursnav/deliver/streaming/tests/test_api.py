"""Class codes and uses in the open interface."""

import json
from datetime import timedelta

import pytest

from resursnav.deliver.streaming import actions
from resursnav.deliver.streaming.models import ClassCode
from resursnav.foundation.people.models import ApiToken
from resursnav.foundation.people.tokens import hashed
from tests import factories

from .conftest import AT

ROOT = "/api/v1"


def key_of(person, *scopes):
    raw = f"rn_{person.pk}{len(scopes)}"
    ApiToken.objects.create(person=person, key_hash=hashed(raw), scopes=list(scopes), created_at=AT)
    return {"Authorization": f"Bearer {raw}"}


@pytest.fixture
def teacher(county):
    return key_of(county.teacher, "streaming:read", "streaming:write")


def post(client, path, headers, body=None):
    return client.post(f"{ROOT}/{path}", json.dumps(body or {}), content_type="application/json", headers=headers)


@pytest.fixture
def body(county, film):
    return {
        "place_id": county.school.pk, "resource_ids": [film.resource_id], "way": "stream_class",
        "ends_at": (AT + timedelta(hours=2)).isoformat(), "name": "5B",
    }  # fmt: skip


def test_a_program_makes_reads_and_ends_a_code(client, teacher, body, film):
    answer = post(client, "class-codes", teacher, body)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    code = ClassCode.objects.get()
    assert (made["digits"], made["resource_ids"], made["most_pupils"]) == (code.digits, [film.resource_id], 30)
    assert client.get(f"{ROOT}/class-codes", headers=teacher).json()["items"] == [made]
    ended = post(client, f"class-codes/{code.pk}/end", teacher)
    assert ended.json()["ended_at"]
    assert post(client, f"class-codes/{code.pk}/end", teacher).status_code == 422


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"place_id": 10**12}, "place_id"),
        ({"resource_ids": [10**12]}, "resource_ids"),
        ({"resource_ids": []}, "resource_ids"),
        ({"way": "public"}, "way"),
        ({"way": "stream_home"}, "resources"),
        ({"ends_at": "2020-01-01T00:00:00Z"}, "ends_at"),
        ({"most_pupils": 0}, "most_pupils"),
        ({"more": 1}, "more"),
    ],
)
def test_it_refuses_what_cannot_be_a_code(client, teacher, body, change, where):
    answer = post(client, "class-codes", teacher, {**body, **change})
    assert answer.status_code == 422
    assert where in answer.content.decode() or "Vattnets" in answer.content.decode()
    assert not ClassCode.objects.exists()


def test_it_asks_for_scope_role_and_place(client, county, body):
    assert post(client, "class-codes", {}, body).status_code == 401
    assert post(client, "class-codes", key_of(county.teacher, "streaming:read"), body).status_code == 403
    lead = key_of(county.lead, "streaming:read", "streaming:write")
    assert post(client, "class-codes", lead, body).status_code == 403
    stranger = key_of(county.stranger, "streaming:read", "streaming:write")
    assert post(client, "class-codes", stranger, body).status_code == 422
    code = actions.make_code(
        resources=[factories_film(county)], place=county.school, way="stream_class", ends_at=AT + timedelta(hours=1),
        most_pupils=2, by=county.teacher, at=AT,
    )  # fmt: skip
    for pk in (code.pk, 2**70):
        assert post(client, f"class-codes/{pk}/end", stranger).status_code == 404
    assert client.get(f"{ROOT}/class-codes", headers=stranger).json()["items"] == []


def factories_film(county):
    thing = factories.resource(county.region, "web", licence="CC-BY")
    thing.editions.update(url="https://fri.example.org/")
    return thing


def test_it_tells_the_uses_of_the_own_branch(client, county, film):
    for days in (0, 3):
        actions.start(edition=film, place=county.school, by=None, at=AT - timedelta(days=days))
    lead = key_of(county.lead, "streaming:read")
    rows = client.get(f"{ROOT}/stream-uses", headers=lead).json()["items"]
    assert [(row["day"], row["uses"], row["subject"]) for row in rows] == [
        ("2026-11-20", 1, None),
        ("2026-11-17", 1, None),
    ]
    some = client.get(f"{ROOT}/stream-uses?first=2026-11-18&last=2026-11-30", headers=lead).json()["items"]
    assert [row["day"] for row in some] == ["2026-11-20"]
    assert (
        client.get(f"{ROOT}/stream-uses", headers=key_of(county.neighbour_lead, "streaming:read")).json()["items"] == []
    )
    assert client.get(f"{ROOT}/stream-uses", headers=key_of(county.teacher, "streaming:read")).status_code == 403
