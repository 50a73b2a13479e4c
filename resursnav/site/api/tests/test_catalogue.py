"""The catalogue, its collections and the curriculum, as programs read and fill them."""

import json
from datetime import date

import pytest
from django.core.cache import cache
from django.utils import timezone

from resursnav.deliver.curriculum.models import CentralContent, Curriculum, Placement, Stage, Subject, Version
from resursnav.deliver.resources.actions import use
from resursnav.deliver.resources.api import changing
from resursnav.deliver.resources.models import Collection, Resource, SubjectTerm
from resursnav.foundation.access import Role
from resursnav.foundation.threads.models import Record
from tests import factories

from .test_api import ROOT, key_of, problem

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def fresh_count():
    cache.clear()


@pytest.fixture
def centre():
    return factories.organisation(name="Region Kalmar län")


@pytest.fixture
def coordinator(centre):
    person = factories.person(Role.COORDINATOR, centre)
    return key_of(person, "resources:read", "resources:write", "organisations:read")


def resource(centre, title, **fields):
    fields.setdefault("status", "published")
    fields.setdefault("published_at", NOW if fields["status"] == "published" else None)
    return Resource.objects.create(owner=centre, title=title, created_at=NOW, updated_at=NOW, **fields)


def titles(answer):
    return [item["title"] for item in answer.json()["items"]]


def send(client, body, headers):
    return client.post(f"{ROOT}/resources", json.dumps(body), content_type="application/json", headers=headers)


def test_it_shows_strangers_only_what_is_public(client, centre, coordinator):
    resource(centre, "Öppen")
    resource(centre, "Utkast", status="draft")
    resource(centre, "Bara för grenen", visibility="branch")
    assert titles(client.get(f"{ROOT}/resources")) == ["Öppen"]
    assert titles(client.get(f"{ROOT}/resources", headers=coordinator)) == ["Öppen", "Utkast", "Bara för grenen"]
    hidden = Resource.objects.get(title="Utkast")
    problem(client.get(f"{ROOT}/resources/{hidden.pk}"), 404)
    assert client.get(f"{ROOT}/resources/{hidden.pk}", headers=coordinator).json()["status"] == "draft"


def test_it_filters_the_catalogue(client, centre):
    film = resource(centre, "Film", school_forms=["GR"], languages=["sv"])
    film.editions.create(media_type="film")
    film.editions.create(media_type="stream", url="https://example.org/film")
    old = resource(centre, "Gammal")
    Resource.objects.filter(pk=old.pk).update(updated_at="2020-01-01T00:00:00Z")
    other = resource(factories.organisation(), "Annan")
    assert titles(client.get(f"{ROOT}/resources", {"type": "film"})) == ["Film"]
    assert titles(client.get(f"{ROOT}/resources", {"owner": centre.pk})) == ["Film", "Gammal"]
    assert titles(client.get(f"{ROOT}/resources", {"changed_since": "2021-01-01T00:00:00Z"})) == ["Film", "Annan"]
    assert titles(client.get(f"{ROOT}/resources", {"changed_since": "2021-01-01"})) == ["Film", "Annan"]
    assert titles(client.get(f"{ROOT}/resources", {"subject": "\x00", "point": "x"})) == []
    assert client.get(f"{ROOT}/resources/{film.pk}").json()["media_types"] == ["film", "stream"]
    assert client.get(f"{ROOT}/resources/{other.pk}").json()["owner_id"] == other.owner_id


def test_it_searches_as_the_site_does(client, centre, coordinator, settings, tmp_path):
    settings.DATA_DIR = tmp_path  # no index of another test's
    for number in range(3):
        resource(centre, f"Vargen {number}")
    resource(centre, "Vargen i hemlighet", status="draft")
    first = client.get(f"{ROOT}/resources/search", {"q": "vargen", "limit": "2", "sort": "title"}).json()
    assert (first["total"], len(first["items"])) == (3, 2)
    second = client.get(first["next"]).json()
    assert (len(second["items"]), second["next"]) == (1, None)
    assert not {item["title"] for item in first["items"]} & {item["title"] for item in second["items"]}
    problem(client.get(f"{ROOT}/resources/search", {"type": "nonsense"}), 422)
    assert client.get(f"{ROOT}/resources/search", {"q": "\x00", "grade": "4", "form": "GR"}).status_code == 200


def test_it_takes_in_a_draft(client, centre, coordinator):
    body = {
        "owner_id": centre.pk,
        "title": "  Skogens   hemligheter\u202e ",
        "school_forms": ["GR"],
        "grade_from": 4,
        "grade_to": 6,
        "creators": [{"name": "Åsa Exempel", "role": "director"}],
        "topics": ["Skog"],
        "identifiers": [{"scheme": "doi", "value": "10.1234/exempel"}],
        "links": [{"url": "https://example.org/mer"}],
        "editions": [{"media_type": "stream", "url": "https://example.org/film", "languages": ["sv"]}],
    }
    answer = send(client, body, coordinator)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["title"], told["status"], told["media_types"]) == ("Skogens hemligheter", "draft", ["stream"])
    assert [each["name"] for each in told["creators"]] == ["Åsa Exempel"]
    assert [each["label"] for each in told["subjects"]] == ["Skog"]
    assert [each["url"] for each in told["links"]] == ["https://example.org/mer"]
    assert client.get(answer["Location"], headers=coordinator).json() == told


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"title": ""}, "body.title"),
        ({"title": "\u202e\x00 "}, "body.title"),
        ({"title": "x" * 1001}, "body.title"),
        ({"owner_id": 10**18}, "body.owner_id"),
        ({"links": [{"url": "javascript:alert(1)"}]}, "body.links.0.url"),
        ({"editions": [{"media_type": "nonsense"}]}, "body.editions.0.media_type"),
        ({"grade_from": 4, "grade_to": None}, ""),
        ({"unknown": 1}, "body.unknown"),
        ({"year": 99999}, "body.year"),
    ],
)
def test_it_refuses_what_cannot_be_kept(client, centre, coordinator, change, where):
    answer = send(client, {"owner_id": centre.pk, "title": "Skogen", **change}, coordinator)
    told = problem(answer, 422)
    assert [error["where"] for error in told.get("errors", [])] == ([where] if where else [])
    assert not Resource.objects.exists()


def test_it_asks_for_scope_role_and_place(client, centre):
    body = {"owner_id": centre.pk, "title": "Skogen"}
    problem(send(client, body, {}), 401)
    coordinator = factories.person(Role.COORDINATOR, centre)
    problem(send(client, body, key_of(coordinator, "resources:read", raw="rn_a")), 403)
    teacher = factories.person(Role.TEACHER, centre)
    problem(send(client, body, key_of(teacher, "resources:write", raw="rn_b")), 403)
    elsewhere = factories.person(Role.COORDINATOR, factories.organisation())
    problem(send(client, body, key_of(elsewhere, "resources:write", raw="rn_c")), 422)
    assert not Resource.objects.exists()


def change(client, pk, body, headers, mark=None):
    headers = {**headers, **({"If-Match": mark} if mark else {})}
    return client.patch(f"{ROOT}/resources/{pk}", json.dumps(body), content_type="application/json", headers=headers)


@pytest.fixture
def film(centre):
    made = resource(centre, "Skogen", description="Fyra filmer.", languages=["sv"], status="draft")
    made.creators.create(name="Åsa Exempel", role="director", position=0)
    made.links.create(kind="guide", url="https://example.org/handledning", label="Handledning", position=0)
    made.identifiers.create(scheme="doi", value="10.1/a", owner=centre)
    made.editions.create(media_type="film", number="12", position=0)
    made.editions.create(media_type="stream", url="https://example.org/film", position=1)
    for scheme, code, label in (("school", "BIO", "Biologi"), ("topic", "skog", "Skog")):
        made.subjects.add(SubjectTerm.objects.get_or_create(scheme=scheme, code=code, defaults={"label": label})[0])
    return made


def test_it_changes_what_was_sent_and_nothing_else(client, film, coordinator):
    first = client.get(f"{ROOT}/resources/{film.pk}", headers=coordinator)
    answer = change(client, film.pk, {"title": "Skogens hemligheter", "year": 2024}, coordinator, first["ETag"])
    assert answer.status_code == 200, answer.content
    told = answer.json()
    wanted = {**first.json(), "title": "Skogens hemligheter", "year": 2024, "updated_at": told["updated_at"]}
    assert told == wanted
    again = client.get(f"{ROOT}/resources/{film.pk}", headers=coordinator)
    assert (again.json(), again["ETag"]) == (told, answer["ETag"])
    assert Record.objects.filter(verb="resources.edited").count() == 1


def test_it_replaces_lists_and_keeps_the_editions_that_are_named(client, film, coordinator):
    kept = film.editions.get(media_type="stream")
    body = {
        "editions": [{"id": kept.pk, "media_type": "stream", "url": "https://example.org/ny"}],
        "topics": ["Vatten"], "creators": [], "identifiers": [], "links": [{"url": "https://example.org/mer"}],
        "licence": None, "other_titles": ["Skog"],
    }  # fmt: skip
    told = change(client, film.pk, body, coordinator, "*").json()
    assert [(each["id"], each["url"]) for each in told["editions"]] == [(kept.pk, "https://example.org/ny")]
    assert sorted(each["label"] for each in told["subjects"]) == ["Biologi", "Vatten"]
    assert (told["creators"], told["identifiers"], told["other_titles"]) == ([], [], ["Skog"])
    assert [each["url"] for each in told["links"]] == ["https://example.org/mer"]
    assert told["description"] == "Fyra filmer."


def test_it_sets_school_subjects_by_their_codes(client, film, coordinator):
    SubjectTerm.objects.get_or_create(scheme="school", code="FYS", defaults={"label": "Fysik"})
    told = change(client, film.pk, {"school_subjects": ["FYS"]}, coordinator, "*").json()
    assert sorted(each["label"] for each in told["subjects"]) == ["Fysik", "Skog"]
    both = change(client, film.pk, {"school_subjects": ["BIO"], "topics": ["Vatten"]}, coordinator, "*").json()
    assert sorted(each["label"] for each in both["subjects"]) == ["Biologi", "Vatten"]
    refused = problem(change(client, film.pk, {"school_subjects": ["FYS", "skog"]}, coordinator, "*"), 422)
    assert [error["pointer"] for error in refused["errors"]] == ["#/school_subjects"]
    emptied = change(client, film.pk, {"school_subjects": []}, coordinator, "*").json()
    assert [each["label"] for each in emptied["subjects"]] == ["Vatten"]


def test_it_does_not_write_over_anybodys_work(client, film, coordinator, monkeypatch):
    mark = client.get(f"{ROOT}/resources/{film.pk}", headers=coordinator)["ETag"]
    problem(change(client, film.pk, {"title": "Blint"}, coordinator), 428)
    assert change(client, film.pk, {"title": "Först"}, coordinator, mark).status_code == 200
    problem(change(client, film.pk, {"title": "Sent"}, coordinator, mark), 412)
    # Somebody saves between the question what stands there and the change itself: the action sees it under its lock.
    late = change_past_the_door(client, film, coordinator, monkeypatch)
    problem(late, 412)
    assert Resource.objects.get().title == "Först"


def change_past_the_door(client, film, coordinator, monkeypatch):
    monkeypatch.setattr(changing, "seen", lambda sent, changed_at: changed_at - timezone.timedelta(seconds=1))
    return change(client, film.pk, {"title": "Sent"}, coordinator, '"x"')


def test_it_may_be_changed_though_somebody_has_used_it(client, film, coordinator):
    film.status, film.published_at = "published", NOW
    film.save()
    first = client.get(f"{ROOT}/resources/{film.pk}", headers=coordinator)
    use(resource=film, by=factories.person(Role.TEACHER, film.owner), at=NOW)
    assert client.get(f"{ROOT}/resources/{film.pk}", headers=coordinator)["ETag"] != first["ETag"]
    assert change(client, film.pk, {"title": "Ny"}, coordinator, first["ETag"]).status_code == 200


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"title": ""}, ["#/title"]),
        ({"title": None}, ["#/title"]),
        ({"owner_id": 1}, ["#/owner_id"]),
        ({"status": "published"}, ["#/status"]),
        ({"grade_from": 4}, []),
        ({"editions": [{"id": 10**9, "media_type": "film"}]}, ["#/editions"]),
        ([], ["#"]),
    ],
)
def test_it_refuses_changes_that_cannot_be_kept(client, film, coordinator, body, where):
    told = problem(change(client, film.pk, body, coordinator, "*"), 422)
    assert [error["pointer"] for error in told.get("errors", [])] == where
    assert Resource.objects.get().title == "Skogen"


def test_it_lets_only_those_change_who_may(client, centre, film):
    film.status, film.published_at = "published", NOW
    film.save()

    def tried(role, node, *scopes, raw):
        key = key_of(factories.person(role, node), *scopes, raw=raw)
        return change(client, film.pk, {"title": "Ny"}, key, "*").status_code

    assert change(client, film.pk, {"title": "Ny"}, {}, "*").status_code == 401
    assert tried(Role.COORDINATOR, centre, "resources:read", raw="rn_a") == 403
    assert tried(Role.TEACHER, centre, "resources:write", raw="rn_b") == 403
    assert tried(Role.COORDINATOR, factories.organisation(), "resources:write", raw="rn_c") == 403
    Resource.objects.update(status="draft")
    assert tried(Role.COORDINATOR, factories.organisation(), "resources:write", raw="rn_d") == 404
    assert Resource.objects.get().title == "Skogen"
    assert tried(Role.EXPERT, centre, "resources:write", raw="rn_e") == 200
    problem(client.patch(f"{ROOT}/resources/{2**64}", "{}", content_type="application/json"), 401)


def take_off(client, pk, headers, reason="Avtalet har gått ut."):
    body = json.dumps({"reason": reason})
    return client.post(f"{ROOT}/resources/{pk}/withdrawal", body, content_type="application/json", headers=headers)


def test_it_takes_a_resource_off_the_shelf(client, centre, coordinator):
    shown = resource(centre, "Öppen")
    expert = key_of(factories.person(Role.EXPERT, centre), "resources:write", raw="rn_x")
    elsewhere = factories.person(Role.COORDINATOR, factories.organisation())
    problem(take_off(client, shown.pk, expert), 403)
    problem(take_off(client, shown.pk, key_of(elsewhere, "resources:write", raw="rn_y")), 403)
    problem(take_off(client, shown.pk, coordinator, reason=" "), 422)
    problem(take_off(client, 2**64, coordinator), 404)
    assert take_off(client, shown.pk, coordinator).json()["status"] == "withdrawn"
    problem(take_off(client, shown.pk, coordinator), 422)
    problem(client.get(f"{ROOT}/resources/{shown.pk}"), 404)


def test_it_leads_to_the_resource_as_json_ld(client, centre, coordinator):
    shown, draft = resource(centre, "Öppen"), resource(centre, "Utkast", status="draft")
    told = client.get(f"{ROOT}/resources/{shown.pk}").json()
    assert client.get(told["json_ld"]).json()["name"] == "Öppen"
    assert client.get(f"{ROOT}/resources/{draft.pk}", headers=coordinator).json()["json_ld"] is None


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"title": "\ud800"}', '{"owner_id": 1e400, "title": "x"}'])
def test_it_refuses_bodies_that_say_nothing(client, coordinator, body):
    raw = body.encode("utf-8", "surrogatepass")
    answer = client.post(f"{ROOT}/resources", raw, content_type="application/json", headers=coordinator)
    assert problem(answer, answer.status_code)["status"] in {400, 422}


def test_it_shows_collections_with_what_the_caller_may_see(client, centre):
    shown, hidden = resource(centre, "Öppen"), resource(centre, "Utkast", status="draft")
    made = Collection.objects.create(
        owner=centre, title="Vinter", lead="Ut!", status="published", published_at=NOW, created_at=NOW, updated_at=NOW
    )
    made.items.create(resource=hidden, position=1)
    made.items.create(resource=shown, position=2, comment="Börja här.")
    Collection.objects.create(owner=centre, title="Inte än", lead="x", created_at=NOW, updated_at=NOW)
    assert titles(client.get(f"{ROOT}/collections")) == ["Vinter"]
    told = client.get(f"{ROOT}/collections/{made.pk}").json()
    assert told["items"] == [{"resource_id": shown.pk, "comment": "Börja här."}]
    problem(client.get(f"{ROOT}/collections/{made.pk + 100}"), 404)
    problem(client.get(f"{ROOT}/collections/{2**64}"), 404)


def test_it_tells_the_points_that_hold_today(client):
    subject = Subject.objects.create(code="GRGRBIO01", name="Biologi")
    assert client.get(f"{ROOT}/subjects/GRGRBIO01").json()["stages"] == []
    curriculum = Curriculum.objects.create(code="Lgr22", name="Läroplan")
    for number, first in ((1, date(2011, 7, 1)), (2, date(2022, 7, 1))):
        version = Version.objects.create(
            subject=subject, curriculum=curriculum, number=number, valid_from=first, read_at=NOW,
            valid_to=date(2022, 7, 1) if number == 1 else None,
        )  # fmt: skip
        stage = Stage.objects.create(version=version, code="4-6", first_year=4, last_year=6, position=1)
        point = CentralContent.objects.create(key=f"p{number}", subject=subject, stage_code="4-6", text="Skogen.")
        Placement.objects.create(stage=stage, content=point, position=1)
    told = client.get(f"{ROOT}/subjects/GRGRBIO01").json()
    assert (told["version"], told["valid_from"], told["curriculum"]) == (2, "2022-07-01", "Lgr22")
    assert [point["key"] for stage in told["stages"] for point in stage["points"]] == ["p2"]
    assert client.get(f"{ROOT}/subjects").json()["items"] == [{"code": "GRGRBIO01", "name": "Biologi"}]
    problem(client.get(f"{ROOT}/subjects/NONE"), 404)
