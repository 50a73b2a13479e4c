"""The search's filter "may be used here", with its counts; through the index and without it."""

import random
import shutil
from datetime import timedelta

import pytest

from resursnav.deliver.resources import actions as shelving
from resursnav.deliver.resources.finding import audience
from resursnav.deliver.resources.models import Collection
from resursnav.deliver.rights import may
from resursnav.deliver.rights.models import CollectionTie, SupplierTie
from resursnav.deliver.rights.narrowing import Lists, allowed, gates, offered
from resursnav.deliver.rights.places import forms_of
from resursnav.foundation.search import index
from resursnav.foundation.search.documents import Query
from resursnav.landscape.agreements.terms import Way
from tests import factories

from .conftest import AT, TODAY, grant, titles_of
from .oracle import above
from .test_may import fill, period, put, thing


def gates_of(place, day):
    return gates(place, [node.pk for node in above(place)], day)


def searched(place, *ways, day=TODAY, text="", person=None, **more):
    query = Query(
        text=text, audience=audience(person), kinds=("resource",), filters={"may": tuple(ways)} if ways else {},
        gates={"may": gates_of(place, day)}, counts=("type",), per_page=200, **more,
    )  # fmt: skip
    return index.search(query)


@pytest.mark.parametrize("seed", range(2))
def test_the_filter_finds_what_the_answer_allows_and_counts_it(county, agree, seed):
    dice = random.Random(seed)
    shelf = [thing(county.region, dice) for _number in range(20)]
    collection = Collection.objects.create(owner=county.region, title="S", lead="S", created_at=AT, updated_at=AT)
    shelving.set_items(collection=collection, items=[(r.pk, "") for r in shelf[:4]], by=None, at=AT)
    places = [county.town, county.neighbour, county.school, county.other_school]
    for number in range(6):
        agreement = agree(f"Avtal {number}", **period(dice))
        for _right in range(3):
            marks = {place: dice.random() < 0.7 for place in dice.sample(places, 2)}
            grant(agreement, dice.choice(["loan", "stream_class"]), dice.choice(["", "Ett", "Två"]), marks)
        for titles in agreement.title_lists.all():
            fill(titles, shelf, collection, dice)
    index.rebuild()
    for place in places:
        day = TODAY + timedelta(days=dice.randrange(-100, 200))
        counts = dict(searched(place, day=day).facets["may"])
        for way in (Way.LOAN, Way.STREAM_CLASS):
            said = {
                key
                for key, verdict in may.ask(shelf, place=place, way=way, day=day, forms=forms_of(place)).items()
                if verdict.allowed
            }
            found = searched(place, way.value, day=day)
            assert set(found.ids("resource")) == said and found.total == len(said) == counts[way.value]
            gate = gates_of(place, day)[way.value]
            assert {row["pk"] for row in gate.ids()} == said
        both = searched(place, "loan", "stream_class", day=day)
        assert dict(both.facets["may"]) == counts and both.total >= max(counts["loan"], counts["stream_class"])


def test_the_facets_beside_it_count_what_it_lets_through(county, agree):
    film, game = factories.resource(county.region, "film"), factories.resource(county.region, "game")
    index.rebuild()
    assert dict(searched(county.town, "loan").facets["type"]) == {"game": 1}
    assert searched(county.town, "loan").ids("resource") == [game.pk] and film.pk
    assert searched(county.town, "no_such_way").total == 0


def test_without_the_index_the_database_narrows(county, agree, settings, tmp_path):
    film, other = (factories.resource(county.region, "film", title=f"Skog {n}") for n in range(2))
    agreement = agree("Skolfilm", ("stream_class", "Klassiker", {county.town: True}))
    put(titles_of(agreement), film)
    settings.DATA_DIR = tmp_path
    shutil.rmtree(tmp_path / "search", ignore_errors=True)
    assert searched(county.town, text="skog").total == 2
    found = searched(county.town, "stream_class", text="skog")
    assert found.plain and found.ids("resource") == [film.pk] and other.pk
    assert searched(county.neighbour, "stream_class").total == 0


def test_a_collection_that_changes_is_found_by_other_rights(county, agree):
    film = factories.resource(county.region, "film")
    collection = Collection.objects.create(owner=county.region, title="S", lead="S", created_at=AT, updated_at=AT)
    agreement = agree("Skolfilm", ("stream_class", "Klassiker", {county.town: True}))
    CollectionTie.objects.create(titles=titles_of(agreement), collection=collection, added_at=AT)
    index.rebuild()
    assert searched(county.town, "stream_class").total == 0
    shelving.set_items(collection=collection, items=[(film.pk, "")], by=None, at=AT)
    index.drain()
    assert searched(county.town, "stream_class").ids("resource") == [film.pk]
    shelving.set_items(collection=collection, items=[], by=None, at=AT)
    index.drain()
    assert searched(county.town, "stream_class").total == 0


def test_it_is_offered_to_those_who_work_in_a_municipality(county, agree, django_assert_num_queries):
    assert offered(None) is None and offered(county.coordinator) is None
    county.teacher.ways_up()
    with django_assert_num_queries(1):
        offer = offered(county.teacher)
    assert offer.label == "Får användas i Dorotea" and offer.labels["loan"] == "Lånas"


def test_in_sql_nothing_is_under_no_list_and_suppliers_are_found_however_they_are_written(county, agree):
    film = factories.resource(county.region, "film", publisher="NORRFILM")
    agreement = agree("Skolfilm", ("stream_class", "Klassiker", {county.town: True}))
    SupplierTie.objects.create(titles=titles_of(agreement), name="Norrfilm", added_at=AT)
    nothing = Lists()
    assert not allowed(Way.COPY, nothing, nothing).exists()
    for lists in (Lists({titles_of(agreement).pk}), Lists(agreements={agreement.pk})):
        assert [row["pk"] for row in allowed(Way.COPY, lists, nothing)] == [film.pk]
