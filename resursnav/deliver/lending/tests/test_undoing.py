"""What was done by mistake is undone on the same day, before anything more has happened; and nothing is wrong after."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import rule, run_state_machine_as_test

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.audit import faults
from resursnav.deliver.lending.models import AWAY, Allocation, Booking, Happened, LoanFact, OrderEvent, State
from resursnav.deliver.stock.models import Item
from resursnav.foundation.notices.models import Mail

from .conftest import AT, TODAY, book, day, line, wish
from .test_machine import PICK, Lending


@pytest.fixture
def packed(county):
    return actions.pack(booking=line(book(county, wish(county.kit, quantity=2))), by=county.coordinator, at=AT)


def undo(*bookings, at=AT):
    return actions.undo_step(bookings=bookings, by=None, at=at)


def story(booking):
    return list(OrderEvent.objects.filter(booking=booking).order_by("pk").values_list("what", flat=True))


def test_what_was_sent_by_mistake_is_packed_again_and_no_loan_is_counted(county, packed):
    [sent] = actions.send(bookings=[packed], by=None, at=AT)
    letters = Mail.objects.count()
    [back] = undo(sent)
    assert back.state == State.PACKED
    assert not LoanFact.objects.exists()
    assert story(packed)[-2:] == [Happened.SENT, Happened.UNDONE]
    assert Mail.objects.count() == letters
    assert Allocation.objects.filter(open=True).count() == 2
    assert faults(TODAY) == []
    actions.send(bookings=[back], by=None, at=AT)
    assert LoanFact.objects.count() == 1


def test_what_was_left_is_on_its_way_again_and_the_loan_stays_counted(county, packed):
    actions.send(bookings=[packed], by=None, at=AT)
    [out] = actions.receive(bookings=[packed], by=None, at=AT)
    [back] = undo(out)
    assert back.state == State.SENT
    assert LoanFact.objects.count() == 1
    with pytest.raises(actions.UnableToLend, match="mer har hänt"):
        undo(back)  # one step, not the whole way


def test_what_was_handed_out_is_packed_again(county, packed):
    out = actions.hand_out(booking=packed, by=None, at=AT)
    assert undo(out)[0].state == State.PACKED
    assert not LoanFact.objects.exists()


def test_many_are_undone_together_or_none(county, packed):
    other = actions.pack(booking=line(book(county)), by=None, at=AT)
    actions.send(bookings=[packed], by=None, at=AT)
    with pytest.raises(actions.UnableToLend):
        undo(packed, other)
    assert Booking.objects.get(pk=packed.pk).state == State.SENT
    assert LoanFact.objects.count() == 1


def test_the_day_after_it_is_too_late(county, packed):
    actions.send(bookings=[packed], by=None, at=AT)
    assert actions.last_steps([Booking.objects.get(pk=packed.pk)], TODAY) == {packed.pk: Happened.SENT}
    with pytest.raises(actions.UnableToLend, match="mer har hänt"):
        undo(packed, at=AT + timedelta(days=1))


def test_when_the_next_has_happened_it_is_too_late(county, packed):
    actions.send(bookings=[packed], by=None, at=AT)
    copy = packed.copies.order_by("pk")[0].item
    actions.take_back(items=[copy], by=None, at=AT)
    with pytest.raises(actions.UnableToLend, match="mer har hänt"):
        undo(packed)  # one of its copies has come back: it is another loan than the one that was counted
    [kept] = LoanFact.objects.all()
    assert kept.quantity == 2
    assert actions.last_steps([], TODAY) == {}


def test_what_had_not_come_back_is_out_again_as_one_loan(county, packed):
    actions.send(bookings=[packed], by=None, at=AT)
    actions.take_back(items=[copy.item for copy in packed.copies.all()], by=None, at=AT)
    [out] = actions.undo_return(bookings=[packed], by=None, at=AT)
    assert (out.state, out.quantity, out.copies.count()) == (State.OUT, 2, 2)
    assert story(packed)[-1] == Happened.OUT_AGAIN
    assert faults(TODAY) == []
    with pytest.raises(actions.UnableToLend, match="bokningen är utlånad"):
        actions.undo_return(bookings=[packed], by=None, at=AT)


def lent(county, *items):
    return actions.lend_now(
        unit=county.school, person=county.teacher, items=items, use_to=day(9), key=uuid4(), by=None, at=AT
    )


def test_a_loan_over_the_desk_is_undone_as_a_whole(county):
    items = [Item.objects.filter(holding=one).first() for one in (county.book, county.kit)]
    undone = actions.undo_loan(order=lent(county, *items), by=county.coordinator, at=AT)
    assert {one.state for one in undone.bookings.all()} == {State.CANCELLED}
    assert undone.closed_at == AT
    assert not Allocation.objects.exists()
    assert not LoanFact.objects.exists()
    assert not Mail.objects.exists()
    assert faults(TODAY) == []
    assert lent(county, *items).bookings.count() == 2  # and the same copies are lent again


def test_a_loan_of_which_something_is_back_is_not_undone(county):
    items = [Item.objects.filter(holding=one).first() for one in (county.book, county.kit)]
    order = lent(county, *items)
    actions.take_back(items=items[:1], by=None, at=AT)
    with pytest.raises(actions.UnableToLend, match="mer har hänt"):
        actions.undo_loan(order=order, by=None, at=AT)
    assert LoanFact.objects.count() == 2


def test_what_was_booked_before_is_not_undone_as_a_loan_over_the_desk(county, packed):
    actions.hand_out(booking=packed, by=None, at=AT + timedelta(hours=1))
    with pytest.raises(actions.UnableToLend, match="inte ett lån över disk"):
        actions.undo_loan(order=packed.order, by=None, at=AT + timedelta(hours=1))
    assert Booking.objects.get(pk=packed.pk).state == State.OUT


class LendingWithRegrets(Lending):
    """The same machine, in which those at the desk change their minds."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @rule(number=PICK)
    def undo(self, number):
        if booking := self.pick(self.bookings(*AWAY), number):
            self.do(actions.undo_step, bookings=[booking], by=None)

    @rule(number=PICK)
    def undo_return(self, number):
        if booking := self.pick(self.bookings(State.RETURNED), number):
            self.do(actions.undo_return, bookings=[booking], by=None)

    @rule(number=PICK)
    def undo_loan(self, number):
        if booking := self.pick(self.bookings(State.OUT), number):
            self.do(actions.undo_loan, order=booking.order, by=None)


@pytest.mark.django_db
def test_nothing_goes_wrong_however_often_somebody_changes_their_mind():
    run_state_machine_as_test(
        LendingWithRegrets,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
