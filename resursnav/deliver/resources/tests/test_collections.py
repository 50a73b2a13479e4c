"""Collections."""

import pytest

from resursnav.deliver.resources import actions
from resursnav.deliver.resources.actions import UnableToCollect
from resursnav.deliver.resources.models import Collection
from resursnav.deliver.resources.rules import EDIT_COLLECTION, SEE_COLLECTION
from resursnav.foundation.access import may
from resursnav.foundation.threads.models import Record
from tests import factories

WORDS = {"title": "Robotveckan", "lead": "Allt för en vecka med robotar.", "text": "Börja här.", "visibility": "public"}


@pytest.fixture
def collection(county, at):
    return actions.create_collection(owner=county.region, by=county.expert, at=at, **WORDS)


def test_it_holds_resources_in_the_editors_order(county, at, collection):
    one, two, three = (factories.resource(county.region) for _ in range(3))
    actions.set_items(
        collection=collection, items=[(three.pk, "Först"), (one.pk, ""), (two.pk, "Sist")], by=county.expert, at=at
    )
    assert list(collection.items.values_list("resource", "comment")) == [
        (three.pk, "Först"),
        (one.pk, ""),
        (two.pk, "Sist"),
    ]
    actions.set_items(collection=collection, items=[(two.pk, "")], by=county.expert, at=at)
    assert collection.items.get().position == 1


def test_it_refuses_the_same_resource_twice_and_far_too_many(county, at, collection):
    thing = factories.resource(county.region)
    with pytest.raises(UnableToCollect, match="två gånger"):
        actions.set_items(collection=collection, items=[(thing.pk, ""), (thing.pk, "")], by=None, at=at)
    with pytest.raises(UnableToCollect, match="200"):
        actions.set_items(collection=collection, items=[(n, "") for n in range(201)], by=None, at=at)
    assert not collection.items.exists()


def test_it_is_shown_when_it_holds_something_and_can_be_taken_back(county, at, collection):
    with pytest.raises(UnableToCollect, match="minst en resurs"):
        actions.publish_collection(collection=collection, by=county.expert, at=at)
    actions.set_items(collection=collection, items=[(factories.resource(county.region).pk, "")], by=None, at=at)
    actions.publish_collection(collection=collection, by=county.expert, at=at)
    assert Collection.objects.visible_to(None, SEE_COLLECTION).count() == 1
    with pytest.raises(UnableToCollect, match="redan"):
        actions.publish_collection(collection=collection, by=county.expert, at=at)
    actions.withdraw_collection(collection=collection, by=county.expert, at=at)
    assert Collection.objects.visible_to(None, SEE_COLLECTION).count() == 0
    with pytest.raises(UnableToCollect, match="dras tillbaka"):
        actions.withdraw_collection(collection=collection, by=county.expert, at=at)
    collection.refresh_from_db()
    assert collection.published_at == at


@pytest.mark.parametrize(
    ("wrong", "field"), [({"title": ""}, "title"), ({"lead": " "}, "lead"), ({"visibility": "x"}, "visibility")]
)
def test_it_says_what_is_missing(county, at, wrong, field):
    with pytest.raises(UnableToCollect) as refused:
        actions.create_collection(owner=county.region, by=None, at=at, **{**WORDS, **wrong})
    assert refused.value.field == field


def test_it_refuses_two_with_one_title(county, at, collection):
    with pytest.raises(UnableToCollect, match="redan en samling"):
        actions.create_collection(owner=county.region, by=None, at=at, **WORDS)


def test_it_records_what_the_editor_changed(county, at, collection):
    actions.edit_collection(collection=collection, by=county.expert, at=at, **{**WORDS, "lead": "Kortare."})
    line = Record.objects.get(verb="resources.collection_edited")
    assert line.before == {"lead": WORDS["lead"]}
    assert line.after == {"lead": "Kortare."}


def test_it_lets_a_school_librarian_keep_the_schools_own(county, at, collection):
    own = actions.create_collection(owner=county.school, by=county.librarian, at=at, **WORDS)
    assert may(county.librarian, EDIT_COLLECTION, own)
    assert not may(county.librarian, EDIT_COLLECTION, collection)
    assert not may(county.teacher, EDIT_COLLECTION, own)
    assert not may(county.teacher, SEE_COLLECTION, own)
    assert may(county.expert, EDIT_COLLECTION, own)
