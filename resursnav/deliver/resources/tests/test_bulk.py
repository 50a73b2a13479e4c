"""Mass import: what the catalogue refuses, and what it says about it."""

from datetime import UTC, datetime

import pytest

from resursnav.deliver.resources.actions.bulk import UnableToTakeIn, upsert
from resursnav.deliver.resources.drafts import ResourceDraft, fitted
from resursnav.deliver.resources.models import Resource
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def owner():
    return factories.organisation()


def draft(number, own_number="", source="prov"):
    return fitted(ResourceDraft(source, str(number), f"Titel {number}", own_number=own_number))[0]


def take(owner, *drafts, source="prov"):
    said = []
    counts = upsert(
        drafts=drafts, owner=owner, source=source, by=None, at=AT, said=lambda code, *about: said.append((code, *about))
    )
    return counts, said


def test_it_refuses_records_without_a_source(owner):
    with pytest.raises(UnableToTakeIn, match="källa"):
        take(owner, draft(1), source="")
    assert not Resource.objects.exists()


def test_it_gives_a_number_to_the_first_of_two_records_in_a_file(owner):
    _counts, said = take(owner, draft(1, "RC-1"), draft(2, "RC-1"))
    assert sorted(Resource.objects.values_list("source_id", "own_number")) == [("1", "RC-1"), ("2", "")]
    assert [(code, about.source_id, number) for code, about, number in said] == [("own_number.taken", "2", "RC-1")]


def test_it_leaves_a_number_with_the_resource_that_has_it(owner):
    take(owner, draft(1, "RC-1"))
    _counts, said = take(owner, draft(9, "RC-1", source="annan"), source="annan")
    assert set(Resource.objects.values_list("source", "own_number")) == {("prov", "RC-1"), ("annan", "")}
    assert [(code, about.source_id, number) for code, about, number in said] == [("own_number.taken", "9", "RC-1")]


def test_it_lets_a_record_keep_its_own_number(owner):
    take(owner, draft(1, "RC-1"))
    counts, said = take(owner, draft(1, "RC-1"))
    assert said == []
    assert counts.same == 1
