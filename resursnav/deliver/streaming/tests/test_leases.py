"""How long a place lasts, and since when uses are counted."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest

from resursnav.deliver.streaming import leases

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("seconds", "ends", "hours"),
    [
        (None, None, 2),
        (1500, None, 2),
        (3 * 3600, None, 3.5),
        (40 * 3600, None, 8),
        (None, AT + HOUR, 1),
        (None, AT + 9 * HOUR, 2),
    ],
)
def test_it_lasts_as_long_as_the_thing_and_a_little(seconds, ends, hours):
    assert leases.lease(AT, seconds, ends) == AT + hours * HOUR


def test_it_finds_the_lowest_free_number():
    assert [leases.first_free(taken, 3) for taken in ((), {1}, {2}, {1, 3}, {1, 2, 3})] == [1, 2, 1, 2, None]


def test_a_free_number_is_never_taken():
    for size in range(6):
        for taken in combinations(range(1, 6), size):
            for most in range(7):
                found = leases.first_free(taken, most)
                assert found is None or (1 <= found <= most and found not in taken)
                assert (found is None) == ({*range(1, most + 1)} <= {*taken})


START, FIRST_END = date(2025, 1, 31), date(2026, 1, 31)


@pytest.mark.parametrize(
    ("past", "every", "day", "since"),
    [
        ((), None, date(2025, 6, 1), START),
        ((), 12, date(2025, 6, 1), START),
        ((), 12, date(2026, 1, 31), FIRST_END),  # extended by itself, before the worker has written it down
        ((), 1, date(2026, 3, 1), date(2026, 2, 28)),
        ((), 1, date(2026, 3, 31), date(2026, 3, 31)),
        ((FIRST_END,), None, date(2026, 6, 1), FIRST_END),
        ((FIRST_END,), None, date(2025, 6, 1), START),
    ],
)
def test_it_counts_since_the_period_began(past, every, day, since):
    assert leases.counted_since(START, past, FIRST_END, every, day) == since


def test_it_knows_the_steps():
    assert [leases.step_of(uses, 10) for uses in (0, 7, 8, 9, 10, 11)] == [0, 0, 80, 80, 100, 100]


@pytest.mark.parametrize(
    ("now", "lasts", "opens"),
    [
        (datetime(2026, 11, 20, 10, 0), 7, True),  # a Friday
        (datetime(2026, 11, 20, 6, 59), 7, False),
        (datetime(2026, 11, 20, 18, 0), 7, False),
        (datetime(2026, 11, 21, 10, 0), 7, False),
        (datetime(2026, 11, 21, 10, 0), 1, True),
    ],
)
def test_a_code_for_days_opens_in_school_time(now, lasts, opens):
    made = datetime(2026, 11, 16, 9, 0)
    assert leases.in_school_time(now, made, made + timedelta(days=lasts), (7, 18)) is opens
