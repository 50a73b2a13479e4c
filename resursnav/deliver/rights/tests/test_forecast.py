"""What disappears for whom: the forecast, the agreement that is not renewed, titles that leave a list."""

from datetime import date

import pytest
from django.apps import apps

from resursnav.deliver.resources import actions as shelving
from resursnav.deliver.resources.models import Collection
from resursnav.deliver.rights import actions, forecasting
from resursnav.deliver.rights.contents import leaving_with, members
from resursnav.deliver.rights.losing import Loss, chain, losses, reach_of
from resursnav.deliver.rights.models import CollectionTie, SupplierTie
from resursnav.deliver.rights.start import running_out
from resursnav.deliver.rights.telling import cells, forecast_rows, losses_cells, losses_told, where
from resursnav.foundation.access import Role
from resursnav.kernel.manifest import Manifest, UseCount
from resursnav.landscape.agreements import actions as agreeing
from resursnav.landscape.agreements.models import Agreement
from resursnav.landscape.agreements.terms import Right, Way
from tests import factories

from .conftest import AT, TODAY, grant, titles_of

SOON = date(2027, 2, 1)


def right(number, end, start=date(2026, 1, 1), way=Way.LOAN, marks=None):
    return Right(number, number, way, start, end, marks or {1: True})


def test_a_right_reaches_where_its_nearest_mark_includes():
    ways_up = {2: [2, 1], 3: [3, 1], 4: [4, 3, 1]}
    assert reach_of(right(1, None, marks={1: True, 3: False}), ways_up) == {2}
    assert reach_of(right(1, None, marks={3: False, 4: True}), ways_up) == {4}


def test_a_chain_goes_on_as_long_as_there_is_no_gap():
    first, second = right(1, SOON), right(2, date(2028, 1, 1), start=SOON)
    late = right(3, date(2029, 1, 1), start=date(2028, 1, 2))
    assert chain([first, second, late], TODAY) == second
    assert chain([first, right(4, None, start=TODAY)], TODAY).end is None
    assert chain([late], TODAY) is None and chain([], TODAY) is None


def test_what_another_right_takes_over_is_not_lost():
    reach = {1: frozenset({7, 8}), 2: frozenset({8}), 3: frozenset({7})}
    rights = [right(1, SOON), right(2, None), right(3, None, way=Way.COPY)]
    assert losses(rights, reach, TODAY, date(2027, 6, 1)) == [Loss(Way.LOAN, frozenset({7}), SOON, 1)]
    assert losses(rights, reach, TODAY, date(2027, 1, 1)) == []


@pytest.fixture
def films(county):
    return [factories.resource(county.region, "film", title=f"Film {n}", publisher="Norrfilm AB") for n in range(4)]


@pytest.fixture
def ending(agree, county, films):
    """Streaming in class for the county but Åsele, over in February, for three films."""
    marks = {county.region: True, county.neighbour: False}
    agreement = agree("Skolfilm", ("stream_class", "Klassiker", marks), valid_to=SOON)
    actions.add_titles(titles=titles_of(agreement), resources=films[:3], by=None, at=AT)
    return agreement


def test_the_forecast_tells_what_disappears_when_and_for_whom(county, ending, films):
    found = forecasting.forecast(county.coordinator, TODAY, 3)
    [row] = found.rows
    assert (row.agreement, row.day, row.ways) == (ending, SOON, {Way.STREAM_CLASS})
    assert row.titles == {film.pk for film in films[:3]} and row.places == {county.town.pk}
    assert (found.titles, row.uses, row.cost_per_use, row.last_day) == (3, 0, None, date(2027, 1, 31))
    assert forecasting.forecast(county.coordinator, TODAY, 1).rows == []
    [told] = forecast_rows(found)
    assert cells(told)[:6] == ["2027-01-31", "Skolfilm", "Norrfilm AB", "3", "strömma i klassrummet", "Dorotea"]


def test_what_another_agreement_also_gives_does_not_disappear(county, ending, films, agree):
    other = agree("Mer film", ("stream_class", "Allt", {county.town: True}), valid_to=None)
    SupplierTie.objects.create(titles=titles_of(other, "Allt"), name="Norrfilm ab", added_at=AT)
    assert forecasting.forecast(county.coordinator, TODAY, 12).rows == []
    told = forecasting.without(ending, [county.region.pk], TODAY)
    assert not told.lost and told.kept == {film.pk: {other.pk} for film in films[:3]}
    told = forecasting.without(other, [county.region.pk], TODAY)  # until further notice: as if it ended today
    assert set(told.lost) == {films[3].pk} and told.kept[films[0].pk] == {ending.pk}


def test_what_is_extended_by_itself_disappears_only_when_notice_is_given(county, agree, films):
    agreement = agree(
        "Skolfilm", ("loan", "Klassiker", {county.town: True}), valid_to=SOON, renewal="extends", renewal_months=12
    )
    actions.add_titles(titles=titles_of(agreement), resources=films, by=None, at=AT)
    assert forecasting.forecast(county.coordinator, TODAY, 12).rows == []
    assert len(forecasting.without(agreement, [county.region.pk], TODAY).lost) == 4
    agreeing.terminate(agreement=agreement, reason="Dyrt.", by=None, at=AT)
    [row] = forecasting.forecast(county.coordinator, TODAY, 12).rows
    assert row.ways == {Way.LOAN}
    assert forecasting.without(Agreement.objects.get(pk=agreement.pk), [county.region.pk], date(2029, 1, 1)).lost == {}


def test_a_right_that_ends_before_its_agreement_and_a_right_for_everything(county, agree, films):
    agreement = agree("Skolfilm", ("loan", "", {county.town: True}), valid_to=None)
    grant(agreement, "copy", "Klassiker", {county.school: True}, valid_to=SOON)
    grant(agreement, "public", "", {county.school: True}, valid_to=SOON)
    actions.add_titles(titles=titles_of(agreement), resources=films, by=None, at=AT)
    [row] = forecasting.forecast(county.coordinator, TODAY, 3).rows
    assert row.ways == {Way.COPY, Way.PUBLIC} and row.places == {county.school.pk}


def test_an_openly_licensed_title_loses_nothing(county, ending, films):
    films[0].licence = "CC-BY"
    films[0].save()
    [row] = forecasting.forecast(county.coordinator, TODAY, 3).rows
    assert films[0].pk not in row.titles and len(row.titles) == 2


def test_others_see_only_what_concerns_them(county, ending, films):
    [row] = forecasting.forecast(county.lead, TODAY, 3).rows
    assert row.places == {county.town.pk}
    assert row.price is None
    assert forecasting.forecast(county.coordinator, TODAY, 3).rows[0].price is not None
    assert forecasting.forecast(factories.person(Role.MUNICIPALITY_LEAD, county.neighbour), TODAY, 3).rows == []


def counter(titles, since):
    return dict.fromkeys(titles, 10)


def test_use_is_counted_by_those_who_count(county, ending, films, monkeypatch):
    config = apps.get_app_config("streaming")
    monkeypatch.setattr(config, "manifest", Manifest(use_counts=(UseCount(f"{__name__}:counter"),)))
    found = forecasting.forecast(county.coordinator, TODAY, 3)
    assert found.counted and found.rows[0].uses == 30
    assert str(found.rows[0].cost_per_use) == "33.33"
    assert cells(forecast_rows(found)[0])[6:8] == ["30", "33,33"]


def test_titles_that_leave_a_list_lose_what_no_other_list_gives(county, ending, films, agree):
    titles = titles_of(ending)
    other = agree("Mer film", ("stream_class", "Allt", {county.town: True}))
    actions.add_titles(titles=titles_of(other, "Allt"), resources=films[:1], by=None, at=AT)
    told = forecasting.leaving(titles, {films[0].pk, films[1].pk}, [county.region.pk], TODAY)
    assert told.lost == {films[1].pk: {Way.STREAM_CLASS: {county.town.pk}}}
    [line] = losses_told(told, county.coordinator)
    assert losses_cells(line)[2] == "strömma i klassrummet: Dorotea"
    assert len(forecasting.leaving(titles, None, [county.region.pk], TODAY).lost) == 2


def test_what_came_to_the_list_in_two_ways_stays_when_one_goes(county, ending, films):
    titles = titles_of(ending)
    shelf = Collection.objects.create(owner=county.region, title="S", lead="S", created_at=AT, updated_at=AT)
    shelving.set_items(collection=shelf, items=[(films[0].pk, ""), (films[3].pk, "")], by=None, at=AT)
    tied = CollectionTie.objects.create(titles=titles, collection=shelf, added_at=AT)
    assert leaving_with(titles, resources=[films[0].pk, films[1].pk]) == {films[1].pk}
    assert leaving_with(titles, collection=tied.pk) == {films[3].pk}
    supplier = actions.tie_supplier(titles=titles, name="Norrfilm AB", by=None, at=AT)
    assert leaving_with(titles, collection=tied.pk) == set()
    assert leaving_with(titles, supplier=supplier.pk) == set()
    assert members([titles.pk]).keys() == {film.pk for film in films}


def test_it_asks_few_questions_however_many_the_agreements_are(county, agree, films, django_assert_max_num_queries):
    for number in range(12):
        agreement = agree(f"Avtal {number}", ("loan", "Lista", {county.region: True}), valid_to=SOON)
        actions.add_titles(titles=titles_of(agreement, "Lista"), resources=films, by=None, at=AT)
        actions.tie_supplier(titles=titles_of(agreement, "Lista"), name=f"Förlag {number}", by=None, at=AT)
    county.coordinator.standing()
    with django_assert_max_num_queries(12):
        found = forecasting.forecast(county.coordinator, TODAY, 6)
    assert len(found.rows) == 1 and found.titles == 4  # all end at once: the last of them is what it goes with


def test_the_start_page_tells_whoever_answers_for_the_agreement(county, ending):
    [line] = running_out(county.coordinator)
    assert "Skolfilm" in line.title and "31 januari 2027" in line.about
    assert running_out(county.teacher) == []


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ({1}, "A"),
        ({1, 2, 3, 4}, "A, B, C och D"),
        ({1, 2, 3, 4, 5}, "A, B, C och 2 till"),
        (set(range(1, 7)), "alla 6"),
    ],
)
def test_places_are_named_until_they_are_many(places, said):
    assert where(places, dict(zip(range(1, 7), "ABCDEF", strict=True))).startswith(said)
