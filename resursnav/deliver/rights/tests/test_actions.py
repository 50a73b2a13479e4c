"""Putting titles in lists and taking them away."""

import pytest

from resursnav.deliver.resources import actions as shelving
from resursnav.deliver.resources.models import Collection
from resursnav.deliver.rights import actions
from resursnav.deliver.rights.models import CollectionTie, SupplierTie, TitleEntry
from resursnav.foundation.search.models import Change
from resursnav.foundation.threads.models import Record
from tests import factories

from .conftest import AT, titles_of


@pytest.fixture
def titles(agree, county):
    return titles_of(agree("Skolfilm", ("stream_class", "Klassiker", {county.town: True})))


@pytest.fixture
def films(county):
    return [factories.resource(county.region, "film", publisher="Norrfilm AB") for _n in range(3)]


@pytest.fixture
def shelf(county, films):
    made = Collection.objects.create(owner=county.region, title="Skog", lead="Skog", created_at=AT, updated_at=AT)
    shelving.set_items(collection=made, items=[(films[0].pk, "")], by=None, at=AT)
    return made


def told():
    return set(Change.objects.filter(kind="resource").values_list("key", flat=True))


def test_it_adds_titles_once_and_tells_the_log_and_the_index(titles, films, county):
    done = {"titles": titles, "by": county.coordinator, "at": AT}
    assert actions.add_titles(resources=[*films[:2], films[0]], **done) == 2
    assert actions.add_titles(resources=films, **done) == 1
    assert actions.add_titles(resources=films, **done) == 0
    assert told() == {film.pk for film in films}
    assert Record.objects.filter(verb="rights.titles_added").count() == 2
    with pytest.raises(actions.UnableToTie):
        actions.add_titles(resources=films * 2000, **done)


def test_it_removes_titles(titles, films, county):
    done = {"titles": titles, "by": county.coordinator, "at": AT}
    actions.add_titles(resources=films, **done)
    Change.objects.all().delete()
    assert actions.remove_titles(resources=films[:2], **done) == 2
    assert actions.remove_titles(resources=films[:2], **done) == 0
    assert TitleEntry.objects.count() == 1 and told() == {film.pk for film in films[:2]}
    assert Record.objects.filter(verb="rights.titles_removed").count() == 1


def test_it_ties_a_collection_once_and_unties_it(titles, films, shelf, county):
    done = {"titles": titles, "by": county.coordinator, "at": AT}
    first = actions.tie_collection(collection=shelf, **done)
    assert actions.tie_collection(collection=shelf, **done) == first and told() == {films[0].pk}
    Change.objects.all().delete()
    actions.untie_collection(collection=shelf, **done)
    actions.untie_collection(collection=shelf, **done)
    assert not CollectionTie.objects.exists() and told() == {films[0].pk}
    assert Record.objects.filter(verb__startswith="rights.").count() == 2


def test_it_ties_a_supplier_however_it_is_written(titles, films, county):
    done = {"by": county.coordinator, "at": AT}
    tie = actions.tie_supplier(titles=titles, name="  NORRFILM ab ", **done)
    assert actions.tie_supplier(titles=titles, name="Norrfilm AB", **done) == tie
    assert told() == {film.pk for film in films}
    Change.objects.all().delete()
    actions.untie_supplier(tie=tie, **done)
    actions.untie_supplier(tie=tie, **done)
    assert not SupplierTie.objects.exists() and told() == {film.pk for film in films}
    with pytest.raises(actions.UnableToTie):
        actions.tie_supplier(titles=titles, name=" \u202e ", **done)
