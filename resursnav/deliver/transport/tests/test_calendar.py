"""When it leaves, when it is back, how late one may order: known days, and laws that hold for any plan."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resursnav.deliver.transport.calendar import Centre, Plan, Reason, Ride, Way, Weeks, days_of
from resursnav.kernel.text import STOCKHOLM

TUESDAYS = frozenset({1})
# A van that goes on Tuesdays, ordered at noon the open day before, there the same day.
VAN = Ride(route=1, way=Way.VAN, weekdays=TUESDAYS)
POST = Ride(route=2, way=Way.POST, weekdays=frozenset(range(5)), transit=2, cut_off_days=0, cut_off=time(14))
DESK = Ride(route=3, way=Way.PICK_UP, cut_off=time(15))
MONDAY = date(2026, 11, 23)


def day(text):
    return date.fromisoformat(f"2026-{text}")


def at(text):
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=STOCKHOLM)


def test_a_van_is_there_on_its_day_and_fetches_on_the_next_round():
    plan = Plan((VAN,))
    assert plan.leaves(day("11-24")) == day("11-24")
    assert plan.leaves(day("11-30")) == day("11-24")
    assert plan.order_by(day("11-30")) == at("11-23T12:00")
    assert plan.last_leave(day("12-01")) == day("12-08")  # used all Tuesday, so not with that Tuesday's van
    assert plan.back(day("11-30")) == day("12-01")


def test_the_first_day_of_use_follows_the_cut_off_to_the_minute():
    plan = Plan((VAN,))
    assert plan.first_use(at("11-23T12:00")) == day("11-24")
    assert plan.first_use(at("11-23T12:01")) == day("12-01")
    assert plan.first_use(at("11-20T12:00"), notice_days=5) == day("11-25")
    assert plan.first_use(at("11-20T12:00"), notice_days=3) == day("11-24")


def test_days_on_the_way_and_days_to_pack_are_counted_in_working_days():
    slow = Ride(route=1, way=Way.VAN, weekdays=frozenset({3}), transit=2)
    plan = Plan((slow,), Centre(processing_days=2))
    assert plan.leaves(day("11-30")) == day("11-26")
    assert plan.order_by(day("11-30")) == at("11-23T12:00")
    # Left on Thursday, fetches on Monday, and is at the centre on Wednesday.
    assert plan.last_leave(day("11-29")) == day("11-30")
    assert plan.back(day("11-29")) == day("12-02")


def test_every_other_week_follows_the_number_of_the_week():
    even = Plan((Ride(route=1, way=Way.VAN, weekdays=TUESDAYS, weeks=Weeks.EVEN),))
    assert [found.leaves for found in even.departures(day("11-20"), day("12-22"))] == [
        day("11-24"), day("12-08"), day("12-22"),
    ]  # fmt: skip
    odd = Plan((Ride(route=1, way=Way.VAN, weekdays=TUESDAYS, weeks=Weeks.ODD),))
    # 2026 has 53 weeks: two odd ones follow each other.
    assert odd.leaves(date(2027, 1, 1)) == day("12-29")
    assert odd.leaves(date(2027, 1, 7)) == date(2027, 1, 5)


def test_post_goes_on_working_days_and_comes_back_by_itself():
    plan = Plan((POST,))
    assert plan.leaves(day("11-24")) == day("11-20")
    assert plan.first_use(at("11-23T14:00")) == day("11-25")
    assert plan.first_use(at("11-23T14:01")) == day("11-26")
    assert plan.last_leave(day("11-27")) == day("11-30")
    assert plan.back(day("11-27")) == day("12-02")


def test_whoever_fetches_does_it_when_the_centre_is_open():
    plan = Plan((DESK,), Centre(weekdays=frozenset({0, 2})), days_of([(day("11-23"), day("11-28"))]))
    assert plan.leaves(day("11-24")) == MONDAY  # the school's break is nothing to a counter
    assert plan.order_by(day("11-25")) == at("11-23T15:00")
    assert plan.last_leave(day("11-25")) == plan.back(day("11-25")) == day("11-30")


def test_nothing_is_left_or_fetched_in_a_break():
    plan = Plan((VAN,), breaks=days_of([(day("11-23"), day("11-28"))]))
    assert plan.is_break(day("11-24"))
    assert not plan.is_break(day("11-28"))
    assert plan.leaves(day("11-30")) == day("11-17")
    assert plan.back(day("11-20")) == day("12-01")


def test_nothing_leaves_when_the_centre_is_closed_and_what_comes_waits():
    shut = Centre(closed=days_of([(day("11-24"), day("11-25")), (day("12-02"), day("12-04"))]))
    plan = Plan((VAN, POST), shut)
    assert plan.is_closed(day("11-24"))
    assert plan.is_closed(day("11-22"))
    assert not plan.is_closed(MONDAY)
    assert plan.departure(day("11-26")).ride is POST
    assert Plan((POST,), shut).back(day("11-29")) == day("12-04")


def test_red_days_are_nobodys_days():
    daily = Plan((Ride(route=1, way=Way.VAN),))
    assert daily.leaves(day("12-27")) == day("12-23")
    assert daily.back(day("12-23")) == day("12-28")
    assert daily.is_closed(day("12-24"))


def test_a_schools_own_route_goes_before_its_municipalitys():
    own = Ride(route=4, way=Way.VAN, rank=0, weekdays=frozenset({3}), start=day("12-01"))
    plan = Plan((Ride(route=1, way=Way.VAN, rank=1, weekdays=TUESDAYS, end=day("12-20")), own))
    assert [found.leaves for found in plan.departures(MONDAY, day("12-10"))] == [
        day("11-24"), day("12-03"), day("12-10"),
    ]  # fmt: skip


def test_of_several_ways_the_one_that_can_be_ordered_last_counts():
    early = Ride(route=1, way=Way.VAN, weekdays=frozenset({3}), cut_off_days=3)
    plan = Plan((early, POST))
    friday = plan.departure(day("11-27"))
    assert (friday.ride, friday.leaves, friday.order_by) == (POST, day("11-25"), at("11-25T14:00"))
    assert plan.departure(day("11-26")).ride is POST
    both = Plan((Ride(route=5, way=Way.VAN, cut_off_days=1, cut_off=time(14)), POST))
    tuesday = both.departure(day("11-24"))
    assert (tuesday.ride.route, tuesday.leaves) == (5, day("11-24"))


def test_of_two_ways_back_the_one_counts_that_can_be_handed_over_last():
    plan = Plan((VAN, POST))
    assert plan.collection(day("11-26")).ride is VAN
    assert plan.last_leave(day("11-26")) == day("12-01")


def test_what_brings_and_does_not_fetch_leaves_it_to_the_borrower():
    plan = Plan((Ride(route=1, way=Way.VAN, collects=False), Ride(route=2, way=Way.POST, collects=False)))
    back = plan.collection(day("11-27"))
    assert (back.hand_over, back.back, back.ride) == (day("11-30"), day("11-30"), None)


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (Plan((VAN,)), None),
        (Plan(), Reason.NO_ROUTE),
        (Plan((Ride(route=1, way=Way.VAN, start=date(2027, 8, 1)),)), Reason.NOT_YET),
        (Plan((Ride(route=1, way=Way.VAN, start=date(2020, 1, 1), end=date(2026, 1, 1)),)), Reason.ENDED),
        (Plan((VAN,), Centre(closed=days_of([(date(2026, 1, 1), date(2027, 7, 1))]))), Reason.NO_DEPARTURE),
    ],
)
def test_it_says_why_nothing_comes(plan, reason):
    assert plan.why_not(day("11-30")) is reason
    if reason:
        assert plan.leaves(day("11-30")) is None
        assert plan.order_by(day("11-30")) is None
        assert plan.first_use(at("11-23T12:00")) is None or reason is Reason.NOT_YET


def test_a_centre_that_is_never_open_still_answers():
    plan = Plan((VAN, DESK), Centre(weekdays=frozenset()))
    assert plan.leaves(MONDAY) is None
    assert plan.back(MONDAY) > MONDAY


spans = st.lists(
    st.tuples(st.integers(0, 80), st.integers(1, 25)).map(
        lambda pair: (MONDAY + timedelta(pair[0]), MONDAY + timedelta(sum(pair)))
    ),
    max_size=3,
)
weekdays = st.frozensets(st.integers(0, 6), min_size=1)
rides = st.builds(
    Ride,
    route=st.integers(1, 9),
    way=st.sampled_from(Way),
    rank=st.integers(0, 2),
    weekdays=weekdays,
    weeks=st.sampled_from(Weeks),
    cut_off_days=st.integers(0, 4),
    cut_off=st.sampled_from([time(0), time(12), time(23, 59)]),
    transit=st.integers(0, 3),
    collects=st.booleans(),
    start=st.none() | st.integers(-20, 60).map(lambda number: MONDAY + timedelta(number)),
    end=st.none() | st.integers(61, 120).map(lambda number: MONDAY + timedelta(number)),
)
plans = st.builds(
    Plan,
    rides=st.lists(rides, max_size=4).map(tuple),
    centre=st.builds(Centre, weekdays=weekdays, closed=spans.map(days_of), processing_days=st.integers(0, 3)),
    breaks=spans.map(days_of),
)
uses = st.integers(0, 110).map(lambda number: MONDAY + timedelta(number))


@settings(deadline=None)
@given(plans, uses)
def test_it_never_leaves_too_late_and_is_never_back_too_early(plan, use):
    found = plan.departure(use)
    if found is None:
        assert plan.why_not(use) is not None
    else:
        assert found.leaves <= found.arrives <= use
        assert plan.leaves(use) == found.leaves
        assert not plan.is_closed(found.leaves)
        assert found.order_by.date() <= found.leaves
        assert found.ride.is_valid(found.leaves)
        assert found.ride.way is Way.PICK_UP or plan.receives(found.arrives)
    back = plan.collection(use)
    assert use < back.hand_over <= back.back
    assert plan.back(use) == back.back
    assert not plan.is_closed(back.back)


@settings(deadline=None)
@given(plans, uses)
def test_a_later_day_is_never_ordered_earlier_nor_back_before(plan, use):
    later = use + timedelta(1)
    assert plan.back(later) >= plan.back(use)
    first, second = plan.order_by(use), plan.order_by(later)
    assert first is None or second is None or second >= first
    if len(plan.rides) == 1 and first is not None and second is not None:
        assert plan.leaves(later) >= plan.leaves(use)


@settings(deadline=None)
@given(plans, uses, st.integers(0, 12), st.integers(0, 23))
def test_the_first_day_of_use_is_the_smallest_that_can_still_be_ordered(plan, today, notice, hour):
    now = datetime.combine(today, time(hour, 30), STOCKHOLM)
    days = [today + timedelta(number) for number in range(notice, notice + 60)]
    allowed = [day for day in days if (plan.order_by(day) or now - timedelta(1)) >= now]
    found = plan.first_use(now, notice)
    if allowed:
        assert found == allowed[0]
    else:
        assert found is None or found > days[-1]


@given(plans, uses)
def test_it_always_says_the_same(plan, use):
    again = Plan(plan.rides, plan.centre, plan.breaks)
    assert again == plan
    assert (again.departure(use), again.collection(use)) == (plan.departure(use), plan.collection(use))
