"""Whose breaks count, and where they probably lie next year."""

from datetime import date

import pytest

from resursnav.deliver.transport.breaks import Break, Kind, counted, next_year, school_year

REGION, TOWN, SCHOOL = 1, 2, 3
PATH = (SCHOOL, TOWN, REGION)


def winter(place, month, day, *, year=2027, kind=Kind.WINTER):
    return Break(place, kind, date(year, month, day), date(year, month, day + 5))


def test_a_school_year_begins_in_august():
    assert school_year(date(2026, 8, 1)) == school_year(date(2027, 7, 31)) == 2026


def test_the_nearest_break_of_a_kind_counts_in_its_school_year():
    county, own, earlier = winter(REGION, 3, 1), winter(TOWN, 2, 22), winter(REGION, 2, 23, year=2026)
    assert counted([county, own, earlier], PATH) == [own, earlier]
    assert counted([county, own], (9, REGION)) == [county]
    assert counted([county, own], (9,)) == []


def test_other_free_time_is_added_and_a_break_in_two_parts_stays_whole():
    days = [winter(REGION, 3, 1, kind=Kind.OTHER), winter(TOWN, 4, 1, kind=Kind.OTHER)]
    halves = [winter(TOWN, 2, 1), winter(TOWN, 2, 10)]
    assert counted(days + halves, PATH) == days + halves


@pytest.mark.parametrize(
    ("kind", "start", "wanted"),
    [
        (Kind.WINTER, "2026-02-16", "2027-02-22"),  # week 8
        (Kind.AUTUMN, "2026-10-26", "2027-11-01"),  # week 44, after a year with 53 weeks
        (Kind.AUTUMN, "2026-12-28", "2027-12-27"),  # there is no week 53 the year after
        (Kind.EASTER, "2026-04-07", "2027-03-30"),
        (Kind.CHRISTMAS, "2026-12-21", "2027-12-20"),
        (Kind.SUMMER, "2026-06-15", "2027-06-14"),
    ],
)
def test_next_years_break_is_proposed(kind, start, wanted):
    start = date.fromisoformat(start)
    begins, ends = next_year(kind, start, start.replace(day=start.day + 2))
    assert begins == date.fromisoformat(wanted)
    assert (ends - begins).days == 2
