"""Swedish public holidays, by arithmetic.

The days are those of lagen (1989:253) om allmänna helgdagar, Sundays aside. Midsummer's, Christmas and New Year's Eve
are holidays to those who work (semesterlagen 1977:480, 3 a §), and no post and no van goes then.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 5


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _saturday(first: date) -> date:
    """The Saturday on the day or in the six days after it."""
    return first + timedelta((SATURDAY - first.weekday()) % 7)


@lru_cache(maxsize=64)
def red_days(year: int) -> frozenset[date]:
    """The days of the year on which nobody works, the ordinary Sundays aside."""
    sunday = easter(year)
    midsummer, saints = _saturday(date(year, 6, 20)), _saturday(date(year, 10, 31))
    fixed = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
    around_easter = (-2, 0, 1, 39, 49)  # Good Friday, Easter, Easter Monday, Ascension Day, Whit Sunday
    return frozenset(
        [date(year, month, day) for month, day in fixed]
        + [sunday + timedelta(days) for days in around_easter]
        + [midsummer - timedelta(1), midsummer, saints]
    )


def is_red(day: date) -> bool:
    """Whether the day is a public holiday or one of the three eves."""
    return day in red_days(day.year)


def is_workday(day: date) -> bool:
    """Monday to Friday, and no holiday."""
    return day.weekday() < SATURDAY and not is_red(day)


def work_days_after(day: date, number: int) -> date:
    """The day that lies so many workdays after; the day itself for none."""
    for _ in range(number):
        day += timedelta(1)
        while not is_workday(day):
            day += timedelta(1)
    return day
