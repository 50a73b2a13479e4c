"""Counting against a brute force oracle, the colouring, and what others have published about booking."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resursnav.deliver.lending.availability import (
    Claim,
    Profile,
    calendar,
    colour,
    first_free,
    fits,
    unfulfillable,
)

START = date(2026, 11, 2)
DAY = timedelta(days=1)


def day(number):
    return START + number * DAY


def claim(start, end, quantity=1):
    return Claim(day(start), day(end), quantity)


claims = st.builds(
    lambda start, length, quantity: claim(start, start + length, quantity),
    st.integers(-5, 30),
    st.integers(1, 12),
    st.integers(1, 3),
)
steps = st.lists(st.tuples(st.integers(-10, 30).map(day), st.integers(0, 6)), max_size=4, unique_by=lambda s: s[0]).map(
    sorted
)


def free_on(capacity, taken, on):
    """The oracle: one day at a time."""
    have = 0
    for since, number in capacity:
        if since <= on:
            have = number
    return have - sum(one.quantity for one in taken if one.start <= on < one.end)


@given(steps, st.lists(claims, max_size=12), claims)
def test_it_counts_as_the_oracle_does(capacity, taken, wanted):
    days = [wanted.start + n * DAY for n in range((wanted.end - wanted.start).days)]
    assert fits(capacity, taken, wanted) == all(free_on(capacity, taken, on) >= wanted.quantity for on in days)
    shown = calendar(capacity, taken, wanted.start, wanted.end)
    assert shown == [(on, max(free_on(capacity, taken, on), 0)) for on in days]
    profile = Profile(capacity, taken, wanted.start, wanted.end)
    assert profile.short_days() == [on for on in days if free_on(capacity, taken, on) < 0]


@given(steps, st.lists(claims, max_size=12), st.integers(1, 5), st.integers(0, 3), st.integers(1, 3))
def test_it_finds_the_first_free_day_as_the_oracle_does(capacity, taken, length, way, quantity):
    profile = Profile(capacity, taken, day(0), day(30))

    def blocked(on):
        return None if on.weekday() > 4 else (on - way * DAY, on + length * DAY)

    want = None
    for on in (day(n) for n in range(60)):
        if on.weekday() > 4 or on - way * DAY < day(0) or on + length * DAY > day(30):
            continue
        inside = [on + n * DAY for n in range(-way, length)]
        if all(free_on(capacity, taken, one) >= quantity for one in inside):
            want = on
            break
    assert first_free(profile, (day(n) for n in range(60)), blocked, quantity) == want


@given(steps, st.lists(claims, max_size=5), st.lists(claims, max_size=10))
def test_whoever_stands_first_keeps_theirs(capacity, fixed, waiting):
    left = unfulfillable(capacity, fixed, waiting)
    kept: list[Claim] = []
    for place, one in enumerate(waiting):
        fitting = fits(capacity, [*fixed, *kept], one)
        assert fitting == (place not in left)
        if fitting:
            kept.append(one)


def peak(taken):
    return max(
        (sum(one.quantity for one in taken if one.start <= on < one.end) for on in {one.start for one in taken}),
        default=0,
    )


def assert_nobody_shares(given_, taken):
    by_day = Counter(
        (copy, on)
        for copies, one in zip(given_, taken, strict=True)
        for copy in copies
        for on in range(one.start.toordinal(), one.end.toordinal())
    )
    assert all(number == 1 for number in by_day.values())


@given(st.lists(claims, max_size=15))
def test_the_colouring_uses_no_more_copies_than_the_busiest_day(taken):
    copies = dict.fromkeys(range(sum(one.quantity for one in taken)), date.min)
    given_ = colour(copies, taken)
    assert [len(one) for one in given_] == [one.quantity for one in taken]
    assert len({copy for one in given_ for copy in one}) == peak(taken)
    assert_nobody_shares(given_, taken)


@given(st.integers(1, 6), st.lists(st.integers(0, 15), max_size=6), st.lists(claims, max_size=15))
def test_what_fits_by_counting_can_always_be_coloured_with_loans_running(free, back, asked):
    """Running loans left before anything else begins: the prefix that cannot be changed."""
    loans = [claim(-20, number + 1) for number in back]
    copies = {n: loans[n].end if n < len(loans) else date.min for n in range(free + len(loans))}
    taken: list[Claim] = []
    for one in asked:
        if one.start >= day(0) and fits([(date.min, len(copies))], [*loans, *taken], one):
            taken.append(one)
    given_ = colour(copies, taken)
    assert None not in given_
    assert_nobody_shares(given_, taken)
    for got, one in zip(given_, taken, strict=True):
        assert all(copies[copy] <= one.start for copy in got)


@given(st.integers(1, 4), st.lists(st.integers(0, 15), max_size=4), st.lists(claims, max_size=10), st.data())
def test_any_copy_on_the_shelf_will_do_for_what_is_packed_first(free, back, asked, data):
    """So whoever packs may take the copy that lies nearest: the others can still be served."""
    loans = [claim(-20, number + 1) for number in back]
    copies = {n: loans[n].end if n < len(loans) else date.min for n in range(free + len(loans))}
    taken: list[Claim] = []
    for one in asked:
        if one.start >= day(0) and fits([(date.min, len(copies))], [*loans, *taken], one):
            taken.append(one)
    first = min(taken, key=lambda one: one.start, default=None)
    if first is None:
        return
    home = [copy for copy, since in copies.items() if since <= first.start]
    chosen = data.draw(st.permutations(home))[: first.quantity]
    assert len(chosen) == first.quantity
    taken.remove(first)
    assert None not in colour({**copies, **dict.fromkeys(chosen, first.end)}, taken)


def test_one_pinned_far_ahead_would_break_that():
    """Why a packed copy counts as taken from the day it is packed: two fixed later on leave no copy for one between."""
    pinned = [claim(10, 12), claim(12, 14)]  # on copy 0 and on copy 1
    between = claim(9, 13)
    assert fits([(date.min, 2)], pinned, between)
    assert all(one.start < between.end and between.start < one.end for one in pinned)


def test_the_colouring_says_what_cannot_be_served_and_serves_the_rest():
    assert colour({1: date.min}, [claim(0, 5), claim(3, 6), claim(5, 8)]) == [(1,), None, (1,)]


@pytest.mark.parametrize("wrong", [(3, 3, 1), (4, 3, 1), (1, 2, 0), (1, 2, -1)])
def test_a_claim_is_some_copies_for_some_days(wrong):
    with pytest.raises(ValueError, match="claim"):
        claim(*wrong)


def test_a_profile_answers_only_for_its_days():
    with pytest.raises(ValueError, match="at least one day"):
        Profile([], [], day(3), day(3))
    profile = Profile([(day(0), 2)], [], day(0), day(5))
    for start, end in ((-1, 3), (3, 6), (3, 3)):
        with pytest.raises(ValueError, match="does not cover"):
            profile.lowest(day(start), day(end))


# --- what others have published ---------------------------------------------------------------------------------------


def test_one_copy_cannot_be_booked_several_times():
    """leihs #1708: an item with availability 1 could be reserved several times."""
    one = [(date.min, 1)]
    assert fits(one, [], claim(0, 7))
    assert not fits(one, [claim(0, 7)], claim(0, 7))
    assert not fits(one, [claim(0, 7)], claim(6, 9))
    assert fits(one, [claim(0, 7)], claim(7, 9))


def test_buffers_hold_between_bookings():
    """Poolen, Högskolan Väst: at least two days between bookings of a device. Evergreen compares only with now."""
    used = Claim(day(7), day(12) + 2 * DAY)
    assert not fits([(date.min, 1)], [used], claim(13, 15))
    assert fits([(date.min, 1)], [used], claim(14, 15))


def test_a_loan_that_is_out_counts_once():
    """Koha bug 40296: a booking that has been checked out counted twice and blocked any item."""
    out = [claim(-3, 4)]
    assert fits([(date.min, 2)], out, claim(0, 4))
    assert not fits([(date.min, 2)], out, claim(0, 4, 2))


def early(requests, copies):
    """Koha 23.11: the first copy that is free gets the booking, and keeps it."""
    on: list[list[Claim]] = [[] for _ in range(copies)]
    taken = 0
    for wanted in requests:
        for held in on:
            if all(wanted.end <= one.start or one.end <= wanted.start for one in held):
                held.append(wanted)
                taken += 1
                break
    return taken


def late(requests, copies):
    taken: list[Claim] = []
    for wanted in requests:
        if fits([(date.min, copies)], taken, wanted):
            taken.append(wanted)
    return len(taken)


def test_choosing_the_copy_late_refuses_what_choosing_early_refuses_in_vain():
    requests = [claim(0, 3), claim(5, 8), claim(2, 6), claim(3, 5), claim(6, 9)]
    assert late(requests, 2) == 5
    orders = [[requests[n] for n in order] for order in product(range(5), repeat=5) if len(set(order)) == 5]
    assert min(early(order, 2) for order in orders) < 5
    assert all(late(order, 2) == 5 for order in orders)


@pytest.mark.parametrize(("copies", "number"), [(20, 600), (5, 150), (2, 60)])
def test_choosing_late_lends_more_of_the_same_stock(copies, number):
    """Of 600 requests to 20 copies 486 became 518, of 150 to 5 copies 4 percent more, of 60 to 2 copies 1.5."""
    dice = random.Random(11)
    gained = 0
    for _run in range(1800 // number):
        requests = []
        for _ in range(number):
            start = dice.randrange(200)
            requests.append(claim(start - 2, start + dice.randint(1, 14) + 2))
        gained += late(requests, copies) - early(requests, copies)
    assert gained > 0
