"""The catalogue's news on the start page."""

from datetime import UTC, datetime, timedelta

import pytest

from resursnav.deliver.resources import start, waiting
from resursnav.deliver.resources.models import Collection, Tip
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_it_tells_the_latest_that_everybody_may_see(django_assert_max_num_queries):
    owner = factories.organisation()
    for number in range(6):
        factories.resource(owner, title=f"Film {number}", published_at=DAY + timedelta(days=number))
    factories.resource(owner, title="Hemlig", visibility="branch", published_at=DAY + timedelta(days=30))
    factories.resource(owner, title="Utkast", status="draft")
    with django_assert_max_num_queries(2):
        lines = start.new_resources(None)
    assert [line.title for line in lines] == ["Film 5", "Film 4", "Film 3", "Film 2"]
    assert lines[0].icon
    assert lines[0].about == "Film"
    assert lines[0].at == DAY + timedelta(days=5)


def test_it_tells_of_collections_with_their_lead():
    owner = factories.organisation()
    for number, status in enumerate(("published", "published", "published", "draft")):
        Collection.objects.create(
            owner=owner,
            title=f"Samling {number}",
            lead="För källkritikens dag.",
            status=status,
            created_at=DAY,
            updated_at=DAY,
            published_at=DAY + timedelta(days=number) if status == "published" else None,
        )
    assert [(line.title, line.about) for line in start.new_collections(None)] == [
        ("Samling 2", "För källkritikens dag."),
        ("Samling 1", "För källkritikens dag."),
    ]


def test_tips_wait_for_the_centre_alone(county):
    thing = factories.resource(county.region)
    Tip.objects.create(
        resource=thing,
        headline="Börja med leken",
        text="Låt barnen leka först.",
        author=county.teacher,
        author_role="teacher",
        author_place=county.school,
        created_at=DAY,
    )
    (line,) = start.waiting_tips(county.coordinator, waiting.tips(county.coordinator).count())
    assert (line.title, line.url) == ("Ett tips väntar på att läsas", "/resources/tips/")
    assert waiting.tips(county.teacher).count() == 0
