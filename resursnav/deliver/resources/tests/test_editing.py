"""Creating and editing resources."""

from dataclasses import replace
from datetime import timedelta

import pytest

from resursnav.deliver.resources.actions import UnableToEdit, create, edit
from resursnav.deliver.resources.facts import EditionFacts, Facts
from resursnav.deliver.resources.models import SubjectTerm
from resursnav.foundation.threads.models import Record
from tests import factories

FACTS = Facts(
    title="  Robotar \x00 i   norr ",
    description="Om en robot.",
    languages=("sv", "se"),
    school_forms=("GR",),
    grade_from=4,
    grade_to=6,
    own_number="D 12",
    creators=(("Åsa Berg", "director"), ("Åsa Berg", "director"), ("Norrfilm", "producer")),
    identifiers=(("isan", "0000-1"), ("isan", "0000-1")),
    links=(("more", "https://example.org/a", "Mer"),),
    editions=(EditionFacts(media_type="film", duration_s=600), EditionFacts(media_type="guide")),
)


def test_it_begins_as_a_draft_with_everything_that_was_said(county, at):
    maths = SubjectTerm.objects.get(scheme="school", code="MAT")
    made = create(
        owner=county.region, facts=replace(FACTS, subjects=frozenset({maths.pk})), by=county.coordinator, at=at
    )
    made.refresh_from_db()
    assert (made.title, made.status, made.languages) == ("Robotar i norr", "draft", ["sv", "se"])
    assert [(c.name, c.role) for c in made.creators.all()] == [("Åsa Berg", "director"), ("Norrfilm", "producer")]
    assert [e.media_type for e in made.editions.all()] == ["film", "guide"]
    assert [i.value for i in made.identifiers.all()] == ["0000-1"]
    assert list(made.subjects.all()) == [maths]
    line = Record.objects.get(verb="resources.created")
    assert (line.by, line.organisation, line.after["title"]) == (county.coordinator, county.region, "Robotar i norr")


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"title": " \u202e "}, "title", ""),
        ({"title": "x" * 1001}, "title", "1000"),
        ({"languages": ("svenska språket",)}, "languages", "språkkod"),
        ({"grade_from": 9}, None, "lägsta först"),
        ({"own_number": "taken"}, None, "används redan"),
        ({"identifiers": (("isbn", "taken"),)}, "identifiers", "används redan av resursen ”Första”"),
        ({"editions": (EditionFacts(media_type="film", url="javascript:alert(1)"),)}, "editions", ""),
        ({"year": 99}, "year", ""),
    ],
)
def test_it_says_at_the_right_field_what_is_wrong(county, at, wrong, field, says):
    create(
        owner=county.region,
        facts=Facts(title="Första", own_number="taken", identifiers=(("isbn", "taken"),)),
        by=None,
        at=at,
    )
    with pytest.raises(UnableToEdit) as refused:
        create(owner=county.region, facts=replace(FACTS, **wrong), by=county.coordinator, at=at)
    assert refused.value.field == field
    assert says in refused.value.reason
    assert refused.value.reason


def test_it_keeps_the_numbers_of_editions_and_records_what_changed(county, at):
    made = create(owner=county.region, facts=FACTS, by=county.coordinator, at=at)
    film, guide = made.editions.all()
    later = at + timedelta(hours=1)
    changed = edit(
        resource=made,
        facts=replace(
            FACTS,
            title="Robotar i söder",
            editions=(
                EditionFacts(media_type="guide", key=guide.pk),
                EditionFacts(media_type="stream", url="https://example.org/film"),
            ),
        ),
        by=county.expert,
        at=later,
        seen_at=at,
    )
    changed.refresh_from_db()
    assert changed.updated_at == later
    kept, new = changed.editions.all()
    assert kept.pk == guide.pk
    assert new.pk not in {film.pk, guide.pk}
    line = Record.objects.get(verb="resources.edited")
    assert line.before["title"] == "Robotar i norr"
    assert line.after["title"] == "Robotar i söder"
    assert "languages" not in line.after


def test_it_records_nothing_when_nothing_changed(county, at):
    made = create(owner=county.region, facts=FACTS, by=county.coordinator, at=at)
    edit(resource=made, facts=FACTS, by=county.expert, at=at)
    # The editions are the same rows said anew, so their keys are not given; only what they say is compared.
    assert not Record.objects.filter(verb="resources.edited").exists()


def test_it_does_not_write_over_somebody_elses_work(county, at):
    made = create(owner=county.region, facts=FACTS, by=county.coordinator, at=at)
    edit(resource=made, facts=replace(FACTS, title="Först"), by=county.expert, at=at + timedelta(minutes=1), seen_at=at)
    with pytest.raises(UnableToEdit, match="Någon annan"):
        edit(
            resource=made,
            facts=replace(FACTS, title="Sist"),
            by=county.coordinator,
            at=at + timedelta(minutes=2),
            seen_at=at,
        )
    made.refresh_from_db()
    assert made.title == "Först"


def test_it_does_not_take_another_resources_edition(county, at):
    other = factories.resource(county.region, "film")
    made = create(
        owner=county.region,
        facts=replace(FACTS, editions=(EditionFacts(media_type="book", key=other.editions.get().pk),)),
        by=None,
        at=at,
    )
    assert other.editions.get().media_type == "film"
    assert made.editions.get().media_type == "book"
