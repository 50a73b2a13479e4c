"""The red days, against what the almanac says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resursnav.deliver.transport.holidays import easter, is_red, is_workday, red_days, work_days_after


@pytest.mark.parametrize(
    "day", ["1961-04-02", "2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05",
            "2027-03-28", "2028-04-16", "2038-04-25", "2285-03-22"],
)  # fmt: skip
def test_easter_is_when_the_almanac_says(day):
    wanted = date.fromisoformat(day)
    assert easter(wanted.year) == wanted


def test_the_red_days_of_2026_are_those_of_the_almanac():
    wanted = [
        "01-01", "01-06", "04-03", "04-05", "04-06", "05-01", "05-14", "05-24", "06-06", "06-19", "06-20", "10-31",
        "12-24", "12-25", "12-26", "12-31",
    ]  # fmt: skip
    assert sorted(red_days(2026)) == [date.fromisoformat(f"2026-{day}") for day in wanted]


@pytest.mark.parametrize(
    ("day", "red"),
    [("2027-06-25", True), ("2027-06-26", True), ("2027-11-06", True), ("2027-05-06", True), ("2026-11-22", False)],
)
def test_days_that_move_are_found(day, red):
    assert is_red(date.fromisoformat(day)) is red


def test_work_days_skip_weekends_and_holidays():
    assert not is_workday(date(2026, 11, 21))
    assert not is_workday(date(2026, 12, 25))
    assert work_days_after(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert work_days_after(date(2026, 12, 23), 2) == date(2026, 12, 29)
    assert work_days_after(date(2026, 11, 21), 0) == date(2026, 11, 21)


@given(st.integers(1950, 2150))
def test_the_moving_days_fall_where_the_law_puts_them(year):
    days = red_days(year)
    assert easter(year).weekday() == 6
    midsummer = [day for day in days if day.month == 6 and 20 <= day.day <= 26 and day.weekday() == 5]
    assert len(midsummer) == 1
    assert any(day.weekday() == 5 and date(year, 10, 31) <= day <= date(year, 11, 6) for day in days)
