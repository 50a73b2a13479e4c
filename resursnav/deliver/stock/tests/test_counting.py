"""How many can be lent, from which day; and what a scanned code finds."""

from datetime import date

import pytest

from resursnav.deliver.stock.counting import capacity, steps
from resursnav.deliver.stock.finding import item_by_code
from resursnav.deliver.stock.models import Holding
from tests import factories

from .conftest import NOW

pytestmark = pytest.mark.django_db
D = date


def service(holding, back=None):
    return factories.item(holding, state="service", out_from=D(2026, 11, 1), back_date=back)


def test_it_counts_what_can_be_lent_and_what_comes_back(holding, django_assert_num_queries):
    factories.item(holding)
    factories.item(holding)
    for back in (None, D(2026, 11, 20), D(2026, 12, 4), D(2026, 12, 4), D(2026, 12, 24), D(2027, 1, 1)):
        service(holding, back)
    factories.item(holding, state="missing", out_from=D(2026, 11, 2))
    factories.item(holding, state="retired", retired_at=NOW, retired_reason="Sliten")
    empty = factories.holding()
    with django_assert_num_queries(1):
        found = capacity([holding.pk, empty.pk, 999], D(2026, 11, 23), D(2027, 1, 1))
    assert found == {
        holding.pk: [(D(2026, 11, 23), 3), (D(2026, 12, 4), 5), (D(2026, 12, 24), 6)],
        empty.pk: [(D(2026, 11, 23), 0)],
        999: [(D(2026, 11, 23), 0)],
    }


def test_it_asks_nothing_about_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert capacity([], D(2026, 11, 23), D(2026, 12, 1)) == {}
    assert steps({}, D(2026, 1, 1)) == [(D(2026, 1, 1), 0)]


def test_it_counts_items_of_a_holding(holding):
    factories.item(holding)
    service(holding)
    factories.item(holding, state="retired", retired_at=NOW, retired_reason="Sliten")
    counted = Holding.objects.with_counts().get()
    assert (counted.item_count, counted.in_use_count) == (2, 1)


@pytest.mark.parametrize("typed", ["k-0001", " K-0001\r\n", "K+0001", "k - 0001"])
def test_it_finds_an_item_by_what_a_scanner_types(holding, centre, typed):
    item = factories.item(holding, barcode="K-0001")
    assert item_by_code(typed, owner=centre) == item


@pytest.mark.parametrize(
    "typed", ["", "  ", "K-9999", "https://example.org/", "http://[", "/stock/items/x/", "\0", "a" * 9999]
)
def test_it_finds_nothing_by_an_unknown_code(holding, centre, typed):
    factories.item(holding, barcode="K-0001")
    assert item_by_code(typed, owner=centre) is None


def test_it_finds_no_item_of_another_centre(holding):
    item = factories.item(holding)
    assert item_by_code(item.barcode, owner=factories.organisation()) is None
