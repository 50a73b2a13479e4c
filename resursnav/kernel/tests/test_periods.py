"""Half-open periods, against sets of days that are counted one by one."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from resursnav.kernel.periods import Period

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(-2, 16)]
bounds = st.none() | st.sampled_from(DAYS[2:14])


@st.composite
def periods(draw):
    start, end = draw(bounds), draw(bounds)
    assume(start is None or end is None or start < end)
    return Period(start, end)


def days_of(period):
    """The days counted one by one, so far as the window reaches; it reaches past every bound that is drawn."""
    return {
        day
        for day in DAYS
        if not (period.start is not None and day < period.start) and not (period.end is not None and day >= period.end)
    }


@given(periods())
def test_it_contains_its_days(period):
    assert {day for day in DAYS if day in period} == days_of(period)


@given(periods(), periods())
def test_it_overlaps_when_a_day_lies_in_both(one, other):
    assert one.overlaps(other) == bool(days_of(one) & days_of(other)) == other.overlaps(one)


@given(periods())
def test_it_counts_its_days(period):
    bounded = period.start is not None and period.end is not None
    assert period.days == (len(days_of(period)) if bounded else None)


def test_it_does_not_overlap_with_what_begins_when_it_ends():
    morning, evening = Period(FIRST, date(2026, 2, 1)), Period(date(2026, 2, 1), None)
    assert not morning.overlaps(evening) and date(2026, 2, 1) not in morning and date(2026, 2, 1) in evening


@pytest.mark.parametrize("end", [FIRST, FIRST - timedelta(days=1)])
def test_it_refuses_to_end_before_it_has_begun(end):
    with pytest.raises(ValueError, match="end after it starts"):
        Period(FIRST, end)
