"""Draft, reviewed, published, withdrawn."""

from datetime import timedelta

import pytest

from resursnav.deliver.resources import actions
from resursnav.deliver.resources.actions import UnableToPublish, UnableToWithdraw
from resursnav.deliver.resources.facts import missing
from resursnav.deliver.resources.models import SubjectTerm
from resursnav.foundation.threads.models import Record
from tests import factories


@pytest.fixture
def draft(county):
    subject = SubjectTerm.objects.get(scheme="school", code="TEK")
    return factories.resource(
        county.region, "kit", status="draft", description="Bygg.", grade_from=1, grade_to=3, subjects=[subject]
    )


def test_it_goes_from_draft_to_shelf_and_back(county, at, draft):
    actions.review(resource=draft, by=county.expert, at=at)
    assert draft.status == "reviewed"
    actions.publish(resource=draft, by=county.coordinator, at=at)
    draft.refresh_from_db()
    assert (draft.status, draft.published_at, draft.updated_at) == ("published", at, at)
    later = at + timedelta(days=30)
    actions.withdraw(resource=draft, reason=" Avtalet tog slut. ", by=county.coordinator, at=later)
    draft.refresh_from_db()
    assert (draft.status, draft.withdrawn_reason) == ("withdrawn", "Avtalet tog slut.")
    actions.publish(resource=draft, by=county.coordinator, at=later)
    draft.refresh_from_db()
    assert (draft.published_at, draft.withdrawn_reason) == (at, "")
    assert Record.objects.get(verb="resources.withdrawn").said == "Avtalet tog slut."


def test_it_becomes_a_draft_again(county, at, draft):
    actions.review(resource=draft, by=county.expert, at=at)
    actions.reopen(resource=draft, by=county.expert, at=at)
    draft.refresh_from_db()
    assert draft.status == "draft"
    with pytest.raises(UnableToPublish, match="kan bli utkast"):
        actions.reopen(resource=draft, by=county.expert, at=at)


def test_it_refuses_what_does_not_fit_its_status(county, at, draft):
    with pytest.raises(UnableToWithdraw, match="publicerad"):
        actions.withdraw(resource=draft, reason="x", by=county.coordinator, at=at)
    actions.publish(resource=draft, by=county.coordinator, at=at)
    with pytest.raises(UnableToPublish, match="redan publicerad"):
        actions.publish(resource=draft, by=county.coordinator, at=at)
    with pytest.raises(UnableToPublish, match="utkast"):
        actions.review(resource=draft, by=county.coordinator, at=at)
    with pytest.raises(UnableToWithdraw) as refused:
        actions.withdraw(resource=draft, reason=" \n ", by=county.coordinator, at=at)
    assert refused.value.field == "reason"


def test_it_says_everything_that_is_missing_at_once(county, at):
    bare = factories.resource(county.region, "web", status="draft", languages=[])
    with pytest.raises(UnableToPublish) as refused:
        actions.publish(resource=bare, by=county.coordinator, at=at)
    for words in ("beskrivning", "adress", "språk", "ämne", "för vem"):
        assert words in refused.value.reason
    bare.refresh_from_db()
    assert bare.status == "draft"


def test_it_decides_by_the_row_and_not_by_what_was_read(county, at, draft):
    """Two who decide on the same reading: the second is refused although its object still says draft."""
    stale = type(draft).objects.get(pk=draft.pk)
    actions.publish(resource=draft, by=county.coordinator, at=at)
    with pytest.raises(UnableToPublish):
        actions.review(resource=stale, by=county.expert, at=at)
    draft.refresh_from_db()
    assert draft.status == "published"


WHOLE = {
    "description": "En låda.",
    "languages": ["sv"],
    "school_forms": ["GR"],
    "grade_from": None,
    "age_from": None,
    "subjects": 1,
    "media_types": ["kit"],
    "addresses": 0,
}


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({}, []),
        ({"description": " "}, ["description"]),
        ({"media_types": []}, ["editions"]),
        ({"media_types": ["web"]}, ["address"]),
        ({"media_types": ["web"], "addresses": 1}, []),
        ({"media_types": ["web", "book"]}, []),
        ({"languages": []}, ["languages"]),
        ({"subjects": 0}, ["subjects"]),
        ({"school_forms": []}, ["audience"]),
        ({"school_forms": [], "grade_from": 0}, []),
        ({"school_forms": [], "age_from": 0}, []),
    ],
)
def test_it_knows_what_a_resource_needs(change, lacks):
    assert missing(**{**WHOLE, **change}) == lacks
