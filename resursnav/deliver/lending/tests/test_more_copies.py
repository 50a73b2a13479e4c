"""When the centre gets more copies: whoever lost a place has it again, and those who wait are offered the rest."""

from datetime import timedelta

from resursnav.deliver.lending.audit import faults
from resursnav.deliver.lending.models import Happened, OrderEvent, QueueEntry, QueueState, State
from resursnav.deliver.stock import actions as stock
from resursnav.deliver.stock.actions.importing import take_in
from resursnav.deliver.stock.facts import ItemFacts
from resursnav.deliver.stock.models import Item
from resursnav.deliver.stock.taking import Line, Plan
from resursnav.foundation.notices.models import Notice

from .conftest import AT, TUESDAY, book, day, line, wish
from .test_flow import fresh, on
from .test_planning import queue, shelf


def added(county, count=1, **said):
    return stock.add_items(holding=county.book, count=count, by=None, at=on(1), **said)


def test_those_who_wait_are_offered_what_came_in_their_order(county):
    book(county, wish(county.book, quantity=2))
    entries = [queue(county), queue(county, person=county.colleague, unit=county.school, at=AT + timedelta(minutes=1))]
    assert {entry.state for entry in entries} == {QueueState.WAITING}
    added(county)
    first, second = QueueEntry.objects.order_by("joined_at")
    assert (first.state, first.booking.state, first.booking.use_from) == (QueueState.OFFERED, State.OFFERED, TUESDAY)
    assert second.state == QueueState.WAITING
    assert Notice.objects.filter(person=county.other_teacher, title__startswith="Ledig nu").exists()
    added(county)
    assert set(QueueEntry.objects.values_list("state", flat=True)) == {QueueState.OFFERED}
    assert faults(day(1)) == []


def test_whoever_lost_a_place_goes_before_the_queue(county):
    first, second = (line(book(county, at=AT + timedelta(minutes=n))) for n in range(2))
    queue(county)
    stock.retire(items=shelf(county)[:1], reason="Trasig", by=None, at=on(1))
    assert [fresh(row).state for row in (first, second)] == [State.BOOKED, State.BUMPED]
    added(county)
    assert [fresh(row).state for row in (first, second)] == [State.BOOKED, State.BOOKED]
    assert QueueEntry.objects.get().state == QueueState.WAITING
    assert Notice.objects.filter(title__startswith="Du får den ändå").exists()
    told = OrderEvent.objects.filter(booking=second).values_list("what", flat=True)
    assert list(told) == [Happened.BUMPED, Happened.RESTORED]
    added(county)
    assert QueueEntry.objects.get().state == QueueState.OFFERED
    assert faults(day(1)) == []


def test_several_that_come_at_once_are_given_out_at_once(county):
    rows = [line(book(county, at=AT + timedelta(minutes=n))) for n in range(2)]
    for item in shelf(county):
        stock.report_missing(item=item, by=None, at=on(1))
    assert {fresh(row).state for row in rows} == {State.BUMPED}
    added(county, count=2)
    assert {fresh(row).state for row in rows} == {State.BOOKED}
    assert Item.objects.filter(holding=county.book).count() == 4
    assert faults(day(1)) == []


def test_what_is_taken_in_from_a_table_is_offered_too(county):
    book(county, wish(county.book, quantity=2))
    queue(county)
    form = (county.book.resource_id, "book")
    plan = Plan(new=[Line(2, "D-100", form, ItemFacts())])
    take_in(plan=plan, owner_id=county.region.pk, name="exemplar.csv", by=None, at=on(1))
    assert QueueEntry.objects.get().state == QueueState.OFFERED
    assert faults(day(1)) == []
