"""Whatever happens in whatever order: no copy is in two places, and all that is booked can be lent."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.audit import faults
from resursnav.deliver.lending.models import AWAY, UNPACKED, Allocation, Booking, QueueEntry, QueueState, State
from resursnav.deliver.lending.wishes import Wish
from resursnav.deliver.stock import actions as stock
from resursnav.deliver.stock.models import Item
from resursnav.deliver.transport.events import RoutesChanged
from resursnav.deliver.transport.models import Route
from resursnav.deliver.transport.reading import PLANS
from resursnav.foundation.keeping.actions import restamp
from resursnav.foundation.notices.actions import quietly
from resursnav.kernel.errors import Unable
from resursnav.kernel.events import tell

from .conftest import AT, make_county, wish
from .conftest import book as book_by

DAYS = st.integers(0, 30)
LENGTHS = st.integers(1, 14)
PICK = st.integers(0, 1000)


class Lending(RuleBasedStateMachine):
    """A centre with two copies of a book and three kits, two schools, and days that pass."""

    @initialize()
    def begin(self):
        self.county = make_county()
        self.at = AT

    @property
    def today(self):
        return self.at.date()

    def pick(self, rows, number):
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def bookings(self, *states):
        return Booking.objects.filter(state__in=states)

    def do(self, verb, **said):
        """Do it, or be refused in words; nothing else may come of it."""
        with quietly():
            try:
                verb(**said, at=self.at)
            except Unable as refused:
                assert refused.reason

    @rule(first=DAYS, days=LENGTHS, quantity=st.integers(1, 3), kit=st.booleans(), away=st.booleans())
    def book(self, first, days, quantity, kit, away):
        county = self.county
        start = self.today + timedelta(days=first)
        wish = Wish((county.kit if kit else county.book).pk, start, start + timedelta(days=days - 1), quantity)
        unit, person = (county.other_school, county.other_teacher) if away else (county.school, county.teacher)
        self.do(actions.order, unit=unit, person=person, wishes=[wish], key=uuid4(), by=None)

    @rule(number=PICK, first=DAYS, days=LENGTHS, quantity=st.integers(1, 3))
    def change(self, number, first, days, quantity):
        if booking := self.pick(self.bookings(*UNPACKED), number):
            start = self.today + timedelta(days=first)
            to = start + timedelta(days=days - 1)
            self.do(actions.change, booking=booking, use_from=start, use_to=to, quantity=quantity, by=None)

    @rule(number=PICK)
    def cancel(self, number):
        if booking := self.pick(self.bookings(*UNPACKED), number):
            self.do(actions.cancel, bookings=[booking], by=None)

    @rule(number=PICK, some=st.booleans())
    def pack(self, number, some):
        if booking := self.pick(self.bookings(State.BOOKED), number):
            quantity = max(1, booking.quantity - 1) if some else None
            self.do(actions.pack, booking=booking, quantity=quantity, by=None)

    @rule(number=PICK, copy=PICK)
    def pack_what_lies_nearest(self, number, copy):
        booking = self.pick(self.bookings(State.BOOKED), number)
        if booking and (item := self.pick(Item.objects.filter(holding=booking.holding_id), copy)):
            self.do(actions.pack, booking=booking, items=[item], by=None)

    @rule(number=PICK, back=st.booleans())
    def send_or_unpack(self, number, back):
        if booking := self.pick(self.bookings(State.PACKED), number):
            if back:
                self.do(actions.unpack, booking=booking, by=None)
            else:
                self.do(actions.send, bookings=[booking], by=None)

    @rule(number=PICK, days=LENGTHS)
    def lend_now(self, number, days):
        if item := self.pick(Item.objects.all(), number):
            county, to = self.county, self.today + timedelta(days=days)
            said = {"unit": county.school, "person": county.teacher, "items": [item], "use_to": to, "key": uuid4()}
            self.do(actions.lend_now, **said, by=None)

    @rule(number=PICK)
    def take_back(self, number):
        if copy := self.pick(Allocation.objects.filter(open=True), number):
            self.do(actions.take_back, items=[copy.item], by=None)

    @rule(number=PICK, broken=st.booleans())
    def check(self, number, broken):
        if copy := self.pick(Allocation.objects.filter(open=True, booking__state=State.RETURNED), number):
            self.do(actions.check, item=copy.item, fault="Trasig" if broken else "", blocking=broken, by=None)

    @rule(number=PICK, days=LENGTHS)
    def renew(self, number, days):
        if booking := self.pick(self.bookings(*AWAY), number):
            self.do(actions.renew, booking=booking, use_to=booking.use_to + timedelta(days=days), by=None)


class LendingInTime(Lending):
    """The same, and what happens around it: copies go and come, people wait, routes change, days pass."""

    @rule(number=PICK)
    def lose(self, number):
        if copy := self.pick(Allocation.objects.filter(open=True), number):
            self.do(actions.report_lost, item=copy.item, reason="Borta", by=None)

    @rule(number=PICK, how=st.integers(0, 5), days=st.integers(1, 30))
    def stock_changes(self, number, how, days):
        if item := self.pick(Item.objects.all(), number):
            verbs = (
                lambda **said: stock.retire(items=[item], reason="Sliten", **said),
                lambda **said: stock.unretire(item=item, **said),
                lambda **said: stock.report_missing(item=item, **said),
                lambda **said: stock.report_found(item=item, **said),
                lambda **said: stock.send_to_service(item=item, back_date=self.today + timedelta(days=days), **said),
                lambda **said: stock.back_from_service(item=item, **said),
            )
            self.do(verbs[how], by=None)

    @rule(first=DAYS, days=LENGTHS, quantity=st.integers(1, 2), away=st.booleans())
    def queue(self, first, days, quantity, away):
        county = self.county
        unit, person = (county.other_school, county.other_teacher) if away else (county.school, county.teacher)
        latest = self.today + timedelta(days=first)
        said = {"holding": county.book, "unit": unit, "person": person, "quantity": quantity, "days": days}
        self.do(actions.join_queue, **said, earliest=self.today, latest=latest, by=None)

    @rule(number=PICK, yes=st.booleans())
    def answer(self, number, yes):
        if entry := self.pick(QueueEntry.objects.filter(state=QueueState.OFFERED), number):
            self.do(actions.accept_offer if yes else actions.leave_queue, entry=entry, by=None)

    @rule(weekday=st.integers(0, 4))
    def routes_change(self, weekday):
        Route.objects.update(weekdays=[weekday, (weekday + 2) % 5])
        with quietly():
            restamp(PLANS)
            tell(RoutesChanged(self.county.region.pk, self.at))

    @rule(days=st.integers(1, 9))
    def time_passes(self, days):
        """The worker does each night what it does."""
        for _night in range(days):
            self.at += timedelta(days=1)
            keys = [self.county.book.pk, self.county.kit.pk]
            with quietly():
                stock.forget_promises(by=None, at=self.at)
                actions.note_lateness(holding_ids=keys, at=self.at)
                actions.let_go(holding_ids=keys, at=self.at)
                for entry in QueueEntry.objects.run_out(self.at):
                    actions.expire_offer(entry=entry, by=None, at=self.at)
                actions.replan(keys, at=self.at)

    @invariant()
    def nothing_is_wrong(self):
        if hasattr(self, "at"):
            assert faults(self.today) == []


class InOneTransaction(LendingInTime):
    """Each example begins with an empty database."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


def play(examples, steps, **said):
    run_state_machine_as_test(
        InOneTransaction,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            **said,
        ),
    )


@pytest.mark.django_db
def test_nothing_goes_wrong_in_any_order():
    play(12, 30)


def without_looking(booking, today):
    """Packing as it would be if it did not ask who needs the copies before."""
    booking.blocked_from = min(booking.blocked_from, today)


def more_booked_than_there_is(machine):
    for _twice in range(3):
        machine.book(first=7, days=7, quantity=1, kit=False, away=False)


def packed_before_those_who_come_first(machine):
    machine.book(first=14, days=7, quantity=2, kit=False, away=False)
    machine.book(first=4, days=3, quantity=1, kit=False, away=True)
    machine.pack(number=0, some=False)


def copies_go_that_were_booked(machine):
    machine.book(first=7, days=7, quantity=3, kit=True, away=False)
    machine.stock_changes(number=2, how=0, days=1)


@pytest.mark.parametrize(
    ("happens", "guard", "careless"),
    [
        (more_booked_than_there_is, "ordering.none_free", lambda *args, **said: []),
        (packed_before_those_who_come_first, "packing._from_today", without_looking),
        (copies_go_that_were_booked, "leaving.replan", lambda holding_ids, at: 0),
    ],
)
def test_the_machine_sees_what_goes_wrong_without_the_guard(db, monkeypatch, happens, guard, careless):
    """The same steps go well with the guard."""
    for path, found in ((None, set()), (guard, {"more_booked_than_there_is", "no_copy_for_it"})):
        if path:
            monkeypatch.setattr(f"resursnav.deliver.lending.actions.{path}", careless)
        with transaction.atomic():
            machine = LendingInTime()
            machine.begin()
            happens(machine)
            assert {fault.what for fault in faults(machine.today)} == found
            if found:
                with pytest.raises(AssertionError):
                    machine.nothing_is_wrong()
            transaction.set_rollback(True)


def test_the_audit_sees_a_copy_in_two_places(db):
    """The database refuses it, so its net is taken away first; that is seen too."""
    net = import_module("resursnav.deliver.lending.migrations.0002_never_twice")
    net.remove(None, connection.schema_editor())
    county = make_county()
    one, two = (book_by(county, wish(county.book)).bookings.get() for _ in range(2))
    actions.pack(booking=one, by=None, at=AT)
    [copy] = Allocation.objects.all()
    Allocation.objects.create(booking=two, item=copy.item, starts=copy.starts, ends=copy.ends, open=False)
    found = [(fault.what, fault.key) for fault in faults(AT.date())]
    assert found == [("net_missing", 0), ("copy_in_two_places", copy.item_id)]
