"""A price divided so that the parts make the whole."""

from datetime import date
from decimal import Decimal as D
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resursnav.landscape.agreements.shares import Fault, Key, Unshareable, price_on, shares

kronor = st.decimals(0, 9_999_999, places=2)
weights = st.lists(st.decimals(0, 1_000_000, places=2), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("price", "key", "held", "wanted"),
    [
        (D(100), Key.EQUAL, [D(1)] * 3, [D("33.34"), D("33.33"), D("33.33")]),
        (D(100), Key.INHABITANTS, [D(1), D(1), D(4)], [D("16.67"), D("16.67"), D("66.66")]),
        (D("0.01"), Key.PUPILS, [D(1), D(1)], [D("0.01"), D(0)]),
        (D(0), Key.USE, [D(3), D(1)], [D(0), D(0)]),
        (D(90), Key.USE, [D("0.5"), D(0), D("0.25")], [D(60), D(0), D(30)]),
        (D("10.50"), Key.FIXED, [D("10"), D("0.5")], [D("10"), D("0.50")]),
    ],
)
def test_it_divides(price, key, held, wanted):
    assert shares(price, key, held) == wanted


@given(kronor, weights.filter(any))
def test_its_parts_make_the_whole_and_are_fair(price, held):
    parts = shares(price, Key.INHABITANTS, held)
    assert sum(parts) == price
    total = sum(held)
    for part, weight in zip(parts, held, strict=True):
        assert abs(part - price * weight / total) < D("0.01")
        assert weight or not part


@given(kronor, weights.filter(any))
def test_who_weighs_more_never_pays_less(price, held):
    parts = shares(price, Key.INHABITANTS, held)
    by_weight = sorted(zip(held, parts, strict=True))
    assert all(low[1] <= high[1] for low, high in pairwise(by_weight) if low[0] < high[0])


@pytest.mark.parametrize(
    ("price", "key", "held", "fault"),
    [
        (D(100), Key.EQUAL, [], Fault.NOBODY),
        (D(100), Key.USE, [D(0), D(0)], Fault.ZERO),
        (D(100), Key.USE, [D(2), D(-1)], Fault.NEGATIVE),
        (D(-1), Key.EQUAL, [D(1)], Fault.NEGATIVE),
        (D("0.001"), Key.EQUAL, [D(1)], Fault.FINER),
        (D("0.01"), Key.FIXED, [D("0.005"), D("0.005")], Fault.FINER),
    ],
)
def test_it_says_why_it_cannot_divide(price, key, held, fault):
    with pytest.raises(Unshareable) as refused:
        shares(price, key, held)
    assert refused.value.fault is fault


def test_it_says_how_much_fixed_amounts_miss_the_price_by():
    with pytest.raises(Unshareable) as refused:
        shares(D(100), Key.FIXED, [D(60), D(30)])
    assert (refused.value.fault, refused.value.difference) == (Fault.SUM, D(10))


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2026, 6, 30), D(1000)),
        (date(2027, 6, 30), D(1000)),
        (date(2027, 7, 1), D("1025.00")),
        (date(2028, 7, 1), D("1050.63")),  # 1050.625, rounded as on the invoice
        (date(2029, 7, 1), D("1076.90")),
    ],
)
def test_it_raises_the_price_on_each_anniversary(day, wanted):
    assert price_on(D(1000), D("2.5"), date(2026, 7, 1), day) == wanted
