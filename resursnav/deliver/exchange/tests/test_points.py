"""What a record says that it teaches becomes ties to the curriculum, and goes out again as it came."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from resursnav.deliver.curriculum.models import CentralContent, Subject
from resursnav.deliver.exchange import cli
from resursnav.deliver.exchange.formats.points import key_of, keys_of
from resursnav.deliver.exchange.saying import json_ld, points_of
from resursnav.deliver.resources.actions import map_to_point, unmap
from resursnav.deliver.resources.actions.mapping import map_taken_in
from resursnav.deliver.resources.models import Mapping, Resource
from resursnav.foundation.access import Role
from resursnav.foundation.imports import actions as imports
from resursnav.foundation.imports.models import ImportBatch, Status
from tests import factories

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEY = "GRGRMAT01-4-6-0123456789"
OTHER = "GRGRMAT01-7-9b-abcdef0123-2"
FOREIGN = {"id": "https://example.org/competencies/3", "prefLabel": {"sv": "Att resonera"}}


@pytest.fixture
def owner(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.BASE_URL = "https://katalog.example.org"
    return factories.organisation()


@pytest.fixture
def points(db):
    subject = Subject.objects.create(code="GRGRMAT01", name="Matematik")
    return [
        CentralContent.objects.create(key=key, subject=subject, stage_code="4-6", text=f"Punkt {key}")
        for key in (KEY, OTHER)
    ]


def record(number="https://example.org/oer", **more):
    said = {
        "@context": ["https://w3id.org/kim/amb/context.jsonld", {"@language": "sv"}],
        "id": number,
        "name": "Bråk i vardagen",
        "type": ["LearningResource"],
    }
    return said | more


def take(owner, tmp_path, *records, by=None, at=AT):
    file = tmp_path / "amb.jsonl"
    file.write_text("\n".join(json.dumps(one) for one in records) + "\n\n")
    return cli.import_file(paths=[file], owner=owner, by=by, at=at, source="oersi", format="amb")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        (f"https://katalog.example.org/resources/subjects/GRGRMAT01/#{KEY}", KEY),
        (f"https://annan.example.org/curriculum/GRGRMAT01/1/4-6/#{OTHER}", OTHER),
        (f"http://localhost:8000/curriculum/points/{KEY}/", KEY),
        (KEY, KEY),
        (OTHER, OTHER),
        (f"https://example.org/something/#{KEY}", ""),
        ("https://example.org/competencies/3", ""),
        ("https://[broken/#x", ""),
        (f"https://x.example/curriculum/points/{'x' * 61}/", ""),
        ("", ""),
    ],
)
def test_it_knows_our_points_by_address_and_number(written, key):
    assert key_of(written) == key
    assert keys_of([written]) == ({written: key} if key else {})


def test_it_ties_what_it_recognises_and_tells_of_the_rest(owner, points, tmp_path):
    somebody = factories.person(Role.COORDINATOR, owner)
    teaches = [{"id": f"https://annan.example.org/curriculum/points/{KEY}/"}, FOREIGN]
    aligned = {"type": "AlignmentObject", "alignmentType": "teaches", "targetUrl": OTHER}
    other = {"type": "AlignmentObject", "alignmentType": "educationalLevel", "targetUrl": KEY}
    batch = take(
        owner, tmp_path, record(teaches=teaches, educationalAlignment=[aligned, other, "x"]), record("urn:a:b"),
        by=somebody,
    )  # fmt: skip
    assert batch.status == Status.APPLIED
    assert batch.sentences() == [
        "Kopplingar till kursplanen som känns igen: 2, för 1 resurser.",
        "Punkter som inte finns bland kursplanerna här: 1. De sparas och lämnas tillbaka vid export.",
    ]
    assert [(one.field, one.value, one.is_note) for one in batch.problems.all()] == [("teaches", FOREIGN["id"], True)]
    ties = Mapping.objects.order_by("point__key")
    assert [tie.point.key for tie in ties] == [KEY, OTHER]
    assert {(tie.mapped_by, tie.mapped_at) for tie in ties} == {(somebody, AT)}


def test_it_tells_before_it_ties(client, owner, points):
    content = json.dumps(record(teaches=[{"id": f"https://k.example/curriculum/points/{KEY}/"}])).encode()
    batch = imports.receive(
        kind="resources", name="amb.json", content=[content], organisation=owner, by=None, at=AT, source="oersi",
        options={"format": "amb"},
    )  # fmt: skip
    imports.check(batch=batch, at=AT)
    client.force_login(factories.person(Role.COORDINATOR, owner))
    assert "känns igen: 1, för 1" in client.get(reverse("imports:show", args=[batch.pk])).content.decode()
    assert not Mapping.objects.exists()


def test_it_says_out_what_came_in_and_reads_it_back(client, owner, points, tmp_path):
    named = {"id": f"https://annan.example.org/curriculum/points/{KEY}/", "prefLabel": {"sv": "Bråk"}}
    came = record(teaches=[named, FOREIGN])
    take(owner, tmp_path, came)
    one = Resource.objects.get()
    said = json.loads(client.get(reverse("exchange:jsonld", args=[one.pk])).content)
    ours = f"https://katalog.example.org/resources/subjects/GRGRMAT01/#{KEY}"
    assert said["teaches"] == [{"id": ours, "prefLabel": {"sv": "Bråk"}}, FOREIGN]
    map_to_point(resource=one, point=points[1], by=None, at=AT)
    said = json_ld(Resource.objects.for_index().get(), points_of([one.pk])[one.pk])
    elsewhere = factories.organisation()
    batch = take(elsewhere, tmp_path, said)
    assert (batch.new, batch.wrong) == (1, 0)
    copy = Resource.objects.get(owner=elsewhere)
    assert {tie.point for tie in copy.mappings.all()} == set(points)
    again = json_ld(Resource.objects.for_index().get(pk=copy.pk), points_of([copy.pk])[copy.pk])
    assert again["teaches"] == said["teaches"]


def test_it_leaves_alone_what_the_centre_has_tied_or_untied(owner, points, tmp_path):
    teaches = [{"id": f"https://k.example/curriculum/points/{KEY}/"}]
    take(owner, tmp_path, record(teaches=teaches))
    one = Resource.objects.get()
    unmap(mapping=one.mappings.get(), by=None, at=AT)
    map_to_point(resource=one, point=points[1], note="Vår egen", by=None, at=AT)
    assert take(owner, tmp_path, record(teaches=teaches)).same == 1
    assert [(tie.point, tie.note) for tie in one.mappings.all()] == [(points[1], "Vår egen")]
    assert "teaches" not in json_ld(Resource.objects.for_index().get())
    later = AT + timedelta(days=1)
    take(owner, tmp_path, record(teaches=[*teaches, {"id": f"https://k.example/curriculum/points/{OTHER}/"}]), at=later)
    assert {(tie.point, tie.note) for tie in one.mappings.all()} == {(points[0], ""), (points[1], "Vår egen")}


def test_it_ties_when_the_curriculum_has_come_later(owner, tmp_path):
    teaches = [{"id": f"https://k.example/curriculum/points/{KEY}/"}]
    batch = take(owner, tmp_path, record(teaches=teaches))
    assert batch.problems.get().reason == "points.unknown"
    subject = Subject.objects.create(code="GRGRMAT01", name="Matematik")
    CentralContent.objects.create(key=KEY, subject=subject, stage_code="4-6", text="Bråk")
    batch = take(owner, tmp_path, record(teaches=teaches))
    assert batch.changed == 1
    assert batch.changes.get().fields == {"points": ["", KEY]}
    assert Resource.objects.get().mappings.get().point.key == KEY


def test_it_ties_nothing_when_the_batch_is_undone(owner, points, tmp_path, monkeypatch):
    def broken(*args, **kwargs):
        map_taken_in(*args, **kwargs)
        raise RuntimeError

    monkeypatch.setattr("resursnav.deliver.resources.actions.bulk.map_taken_in", broken)
    batch = take(owner, tmp_path, record(teaches=[{"id": f"https://k.example/curriculum/points/{KEY}/"}]))
    assert batch.status == Status.FAILED
    assert not Mapping.objects.exists()
    assert not Resource.objects.exists()
    assert ImportBatch.objects.get().problems.filter(reason="import.broke").exists()


def test_it_passes_over_numbers_that_are_no_points(owner, points):
    one = factories.resource(owner)
    assert map_taken_in(ties=[(one.pk, KEY), (one.pk, "x"), (one.pk, KEY)], by=None, at=AT) == 2
    assert one.mappings.count() == 1
