"""What the database itself refuses."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from resursnav.deliver.resources.models import Identifier, Resource
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "withdrawn"},
        {"title": ""},
        {"cover": "abc"},
        {"grade_from": 4},
        {"grade_from": 5, "grade_to": 4},
        {"age_from": 9, "age_to": 7},
        {"source": "gutenberg"},
        {"status": "published", "published_at": None},
    ],
    ids=lambda wrong: " ".join(wrong),
)
def test_it_refuses_rows_that_contradict_themselves(wrong):
    thing = factories.resource(status="draft")
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.filter(pk=thing.pk).update(**wrong)


def test_it_lets_two_centres_hold_the_same_book_but_one_centre_only_once():
    one, other = factories.organisation(), factories.organisation()
    first, second = factories.resource(one), factories.resource(other)
    Identifier.objects.create(resource=first, owner=one, scheme="isbn", value="9789100000000")
    Identifier.objects.create(resource=second, owner=other, scheme="isbn", value="9789100000000")
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.create(resource=factories.resource(one), owner=one, scheme="isbn", value="9789100000000")


def test_it_knows_its_codes():
    thing = factories.resource()
    thing.school_forms = ["GR", "XX"]
    thing.languages = ["svenska språket"]
    with pytest.raises(ValidationError) as refused:
        thing.full_clean()
    assert refused.value.message_dict["school_forms"] == ["Okänd kod: XX."]
    assert "ingen språkkod" in refused.value.message_dict["languages"][0]


def test_it_fetches_rows_for_a_list_in_few_statements(django_assert_num_queries):
    owner = factories.organisation()
    for _ in range(20):
        factories.resource(owner, "film", "guide")
    with django_assert_num_queries(3):
        for row in Resource.objects.for_rows():
            assert row.owner.name
            assert [edition.media_type for edition in row.editions.all()] == ["film", "guide"]
            assert list(row.subjects.all()) == []
