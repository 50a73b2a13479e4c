"""Ten years of loans: no copy in two places, a copy for each booking ahead, counted, and nobody is told."""

import itertools
import random
from collections import defaultdict
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.audit import faults
from resursnav.deliver.lending.models import Allocation, Booking, LoanFact, Order, State
from resursnav.deliver.lending.past import PastLoan, ten_years
from resursnav.deliver.resources.models import SubjectTerm
from resursnav.deliver.stock.models import Item
from resursnav.foundation.notices.models import Mail
from resursnav.foundation.threads.models import Record

from .conftest import AT, TODAY, book, wish


def made(copies, number, seed=1, units=(7, 8), today=TODAY):
    items = [(copy, copy // 3) for copy in range(copies)]
    return list(ten_years(items, units, number, today=today, dice=random.Random(seed)))


@given(st.integers(1, 12), st.integers(0, 400), st.integers(0, 10**6), st.integers(0, 400))
def test_no_copy_is_in_two_places_and_each_booking_ahead_has_one(copies, number, seed, later):
    today = TODAY + timedelta(days=later)
    loans = made(copies, number, seed, today=today)
    assert len(loans) == number
    by_copy = defaultdict(list)
    for loan in loans:
        assert loan.leaves < loan.use_from <= loan.use_to < loan.hand_over < loan.back < loan.free
        assert loan.leaves.weekday() < 5
        if loan.item is not None:
            assert loan.free < today
            by_copy[loan.item].append(loan)
        else:
            assert loan.leaves > today
    for theirs in by_copy.values():
        theirs.sort(key=lambda loan: loan.leaves)
        assert all(one.free <= after.leaves for one, after in itertools.pairwise(theirs))
    held = defaultdict(int)
    for loan in loans:
        if loan.item is None:
            for day in range((loan.free - loan.leaves).days):
                held[loan.holding, loan.leaves + timedelta(days=day)] += 1
    have = defaultdict(int)
    for copy in range(copies):
        have[copy // 3] += 1
    assert all(number <= have[holding] for (holding, _day), number in held.items())


def test_the_same_dice_give_the_same_loans_and_nothing_gives_none():
    assert made(5, 40) == made(5, 40)
    assert made(5, 40) != made(5, 40, seed=2)
    assert made(0, 40) == []
    assert made(5, 40, units=()) == []
    assert PastLoan(1, 1, date(2026, 11, 2)).days == 14


def history(county, number=80, **said):
    items = list(Item.objects.order_by("pk").values_list("pk", "holding_id"))
    loans = ten_years(items, [county.school.pk, county.other_school.pk], number, today=TODAY, dice=random.Random(3))
    return actions.bring_in(owner=county.region, loans=loans, name="gamla", by=None, at=AT, **said)


def test_it_writes_them_as_they_were_and_the_audit_finds_nothing(county, monkeypatch):
    monkeypatch.setattr("resursnav.deliver.lending.actions.bringing.BATCH", 30)
    for code in ("BIO", "GEO"):
        county.kit.resource.subjects.add(SubjectTerm.objects.get(scheme="school", code=code))
    assert history(county) == 80
    states = sorted(Booking.objects.values_list("state", flat=True))
    assert (states.count(State.CHECKED), states.count(State.BOOKED)) == (76, 4)
    assert faults(TODAY) == []
    assert Order.objects.filter(closed_at__isnull=True).count() == 4
    assert not Order.objects.exclude(person=None, placed_by=None).exists()
    assert not Allocation.objects.filter(open=True).exists()
    assert not Mail.objects.exists()
    assert Record.objects.get(verb="lending.brought_in").after == {"new": 80}
    facts = LoanFact.objects.all()
    assert facts.count() == 76
    assert {fact.municipality for fact in facts} == {county.town, county.neighbour}
    assert {fact.days for fact in facts} == {14}
    assert {tuple(fact.subjects) for fact in facts if fact.holding == county.kit} == {("BIO", "GEO")}
    assert {tuple(fact.subjects) for fact in facts if fact.holding == county.book} == {()}
    # What is booked after stands beside what was brought in.
    assert book(county, wish(county.kit)).bookings.get().state == State.BOOKED


def test_facts_can_be_left_out_and_nothing_leaves_no_line(county):
    history(county, facts=False)
    assert not LoanFact.objects.exists()
    Record.objects.all().delete()
    assert history(county, number=0) == 0
    assert not Record.objects.exists()


def test_a_copy_in_two_places_is_refused_and_nothing_is_written(county):
    item = Item.objects.filter(holding=county.book).first()
    twice = [PastLoan(county.book.pk, county.school.pk, date(2025, 3, day), item.pk) for day in (3, 10)]
    with pytest.raises(DatabaseError), transaction.atomic():
        actions.bring_in(owner=county.region, loans=twice, name="gamla", by=None, at=AT)
    assert not Order.objects.exists()
