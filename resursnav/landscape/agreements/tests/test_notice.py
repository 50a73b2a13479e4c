"""The last day to give notice, and the end of a period that extends itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resursnav.landscape.agreements.notice import (
    DAY,
    Deed,
    Renewal,
    add_months,
    end_after,
    end_of_notice,
    notice_date,
)

days = st.dates(date(1990, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    ("end", "months", "wanted"),
    [
        (date(2027, 9, 1), 6, date(2027, 2, 28)),  # the last day is 31 August, and February has no 31st
        (date(2028, 9, 1), 6, date(2028, 2, 29)),  # a leap year
        (date(2027, 7, 1), 3, date(2027, 3, 30)),  # the same number, not the month's last day
        (date(2027, 1, 1), 12, date(2025, 12, 31)),
        (date(2027, 1, 1), 0, date(2026, 12, 31)),
        (date(2027, 3, 1), 1, date(2027, 1, 28)),
        (None, 6, None),  # until further notice has no day that passes
    ],
)
def test_it_reckons_the_last_day_for_notice(end, months, wanted):
    assert notice_date(end, months) == wanted


@pytest.mark.parametrize(
    ("end", "every", "day", "wanted"),
    [
        (date(2026, 7, 1), 12, date(2026, 6, 30), date(2026, 7, 1)),
        (date(2026, 7, 1), 12, date(2026, 7, 1), date(2027, 7, 1)),  # half-open: that day is in the next period
        (date(2020, 7, 1), 12, date(2026, 11, 22), date(2027, 7, 1)),
        (date(2026, 1, 31), 1, date(2026, 2, 28), date(2026, 3, 31)),  # does not slide to the 28th
        (date(2024, 2, 29), 12, date(2027, 2, 28), date(2028, 2, 29)),
    ],
)
def test_it_finds_the_end_of_the_period_that_a_day_lies_in(end, every, day, wanted):
    assert end_after(end, every, day) == wanted


@pytest.mark.parametrize(
    ("deed", "given_day", "by", "wanted"),
    [
        (Deed(None, Renewal.ENDS, None, 3), date(2026, 11, 22), None, date(2027, 2, 23)),
        (Deed(date(2027, 7, 1), Renewal.ENDS, None, 3), date(2027, 6, 1), date(2027, 3, 31), date(2027, 7, 1)),
        (Deed(date(2027, 7, 1), Renewal.EXTENDS, 12, 3), date(2027, 3, 31), date(2027, 3, 31), date(2027, 7, 1)),
        (Deed(date(2027, 7, 1), Renewal.EXTENDS, 12, 3), date(2027, 4, 1), date(2027, 3, 31), date(2028, 7, 1)),
        (Deed(date(2027, 7, 1), Renewal.EXTENDS, 12, 3), date(2027, 4, 1), None, date(2027, 7, 1)),
    ],
)
def test_it_knows_when_an_agreement_ends_after_notice(deed, given_day, by, wanted):
    assert end_of_notice(deed, given_day, by) == wanted


def test_it_refuses_what_no_calendar_has():
    with pytest.raises(ValueError, match="no day"):
        add_months(date(9999, 6, 1), 12)
    with pytest.raises(ValueError, match="at least one month"):
        end_after(date(2026, 1, 1), 0, date(2027, 1, 1))


@given(days, st.integers(-240, 240))
def test_it_keeps_the_number_of_the_day_or_takes_the_months_last(day, months):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + DAY).day == 1)


@given(days, st.integers(1, 60), days)
def test_it_finds_the_first_end_after_the_day(end, every, day):
    found = end_after(end, every, day)
    assert found > day
    assert found >= end
    turns = ((found.year - end.year) * 12 + found.month - end.month) // every
    assert add_months(end, turns * every) == found
    assert turns == 0 or add_months(end, (turns - 1) * every) <= day
