"""New items: barcodes in a row, none twice, and wrong input changes nothing."""

from decimal import Decimal

import pytest

from resursnav.deliver.stock import actions
from resursnav.deliver.stock.events import ItemsAdded
from resursnav.deliver.stock.facts import ItemFacts
from resursnav.deliver.stock.models import BarcodeSeries, Item
from resursnav.foundation.threads.models import Record
from tests import factories

from .conftest import NOW

pytestmark = pytest.mark.django_db


def add(holding, count=1, **said):
    return actions.add_items(holding=holding, count=count, by=None, at=NOW, **said)


def test_it_adds_five_in_a_row_and_tells_it_once(holding, centre, told):
    place = factories.stock_place(centre)
    made = add(holding, 5, first_barcode=" k-098 ", facts=ItemFacts(place, " A  1 ", "new", "", Decimal("349.50")))
    assert [item.barcode for item in made] == ["K-098", "K-099", "K-100", "K-101", "K-102"]
    assert {(item.place, item.shelf, item.condition) for item in Item.objects.all()} == {(place, "A 1", "new")}
    assert told == [ItemsAdded(holding.pk, tuple(item.pk for item in made))]
    assert Record.objects.get(verb="stock.items_added").after == {"barcodes": "K-098-K-102 (5)"}


def test_it_takes_the_next_free_numbers_of_the_centre(holding, centre):
    BarcodeSeries.objects.create(owner=centre, prefix="k", digits=4, next_number=9)
    factories.item(holding, barcode="K0011")
    assert [item.barcode for item in add(holding, 2)] == ["K0009", "K0010"]
    assert [item.barcode for item in add(holding, 2)] == ["K0012", "K0013"]


def test_it_begins_a_series_where_there_is_none(holding):
    assert [item.barcode for item in add(holding)] == ["000001"]
    assert Record.objects.get(verb="stock.items_added").after == {"barcodes": "000001"}


def test_it_gives_up_where_the_series_runs_into_other_numbers(holding, monkeypatch):
    monkeypatch.setattr("resursnav.deliver.stock.actions.adding.TRIES", 2)
    for number in (1, 2, 3):
        factories.item(holding, barcode=f"{number:06d}")
    with pytest.raises(actions.UnableToStock, match="Nummerserien krockar"):
        add(holding)


@pytest.mark.parametrize(
    ("count", "said", "says"),
    [
        (0, {}, "ett antal från 1 till 500"),
        (-3, {}, "ett antal från 1 till 500"),
        (10**9, {}, "ett antal från 1 till 500"),
        (1, {"first_barcode": "åäö"}, "3-24 tecken"),
        (2, {"first_barcode": "ABC"}, "sluta med siffror"),
        (1, {"first_barcode": "T001"}, "Streckkoden T001 används redan"),
        (3, {"first_barcode": "T000"}, "Streckkoderna T001, T002 används redan"),
        (50, {"first_barcode": "T001"}, "bland dem T001, T002, T003, T004, T005"),
        (1, {"facts": ItemFacts(value=Decimal(-1))}, "0"),
        (1, {"facts": ItemFacts(condition="mint")}, "mint"),
    ],
)
def test_it_adds_nothing_when_something_is_wrong(holding, count, said, says):
    wide = count == 50
    for number in range(1, 8 if wide else 3):
        factories.item(holding, barcode=f"T{number:03d}", **RETIRED if number == 1 else {})
    with pytest.raises(actions.UnableToStock, match=says):
        add(holding, count, **said)
    assert Item.objects.count() == (7 if wide else 2)


RETIRED = {"state": "retired", "retired_at": NOW, "retired_reason": "Utsliten"}


def test_it_adds_nothing_to_somebody_elses_place(holding):
    place = factories.stock_place(factories.organisation())
    with pytest.raises(actions.UnableToStock, match="en annan organisation"):
        add(holding, facts=ItemFacts(place))
