"""The demo's shelves are whole, invented and planted once."""

from resursnav.deliver.resources.actions.shelving import lacks
from resursnav.deliver.resources.demo import drafts, plant
from resursnav.deliver.resources.models import Collection, Resource
from tests import factories


def test_it_plants_its_shelves_once(db, at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert plant(at=at) == 0
    region = factories.organisation(name="Västerbottens län", code="24")
    planted = plant(at=at)
    assert planted == Resource.objects.filter(owner=region, status="published").count() > 80
    assert plant(at=at) == 0
    assert Collection.objects.filter(status="published").count() == 3
    assert Resource.objects.exclude(cover="").count() > 5


def test_every_work_says_what_a_published_one_must(db, at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    factories.organisation(code="24")
    plant(at=at)
    assert {row.title: needs for row in Resource.objects.for_index() if (needs := lacks(row))} == {}


def test_no_two_works_share_a_title_and_no_address_is_anybodys(db):
    works = list(drafts())
    assert len({work.title for work in works}) == len(works)
    urls = [edition.url for work in works for edition in work.editions if edition.url]
    assert all(url.startswith("https://media.example.org/") for url in urls)
