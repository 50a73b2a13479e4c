"""Many at once: nothing is booked twice, and the tests could see it if it were."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connections

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.audit import faults
from resursnav.deliver.lending.counting import profiles
from resursnav.deliver.lending.models import Allocation, Booking, LoanRule, Order, State
from resursnav.deliver.stock import actions as stock
from resursnav.deliver.stock.models import Item
from resursnav.foundation.notices.actions import quietly
from resursnav.kernel.errors import Unable

from .conftest import AT, DAY, TODAY, TUESDAY, book, line, make_county, wish

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 8


def at_once(verbs):
    """Do all at the same moment; returns what each came to: True, a refusal, or what went wrong."""
    ready = threading.Barrier(len(verbs))
    came: list[object] = [None] * len(verbs)

    def run(number, verb):
        try:
            ready.wait(20)
            with quietly():
                verb()
            came[number] = True
        except Unable as refused:
            came[number] = refused
        except Exception as problem:
            came[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert all(one is True or isinstance(one, Unable) for one in came), came
    return came


def done(came):
    return sum(one is True for one in came)


def test_many_book_at_once_and_no_more_than_there_are_get_one():
    county = make_county()
    came = at_once([lambda n=n: book(county, wish(county.book, TUESDAY + n % 3 * DAY)) for n in range(CLIENTS)])
    assert done(came) == 2
    assert Booking.objects.count() == 2
    assert faults(TODAY) == []


def test_the_test_above_can_see_the_fault():
    """Looking first and booking then, as others do, books more than there is."""
    county = make_county()
    looked = threading.Barrier(CLIENTS)
    asked = wish(county.book)

    def naive():
        free = profiles([county.book.pk], start=TODAY, end=TODAY + 30 * DAY, today=TODAY)[county.book.pk]
        fits = free.lowest(asked.use_from, asked.use_to + 2 * DAY) >= 1
        looked.wait(20)
        if fits:
            days = {"leave_date": asked.use_from, "hand_over_date": asked.use_to, "back_date": asked.use_to}
            days |= {"blocked_from": asked.use_from, "blocked_to": asked.use_to + DAY}
            order = Order.objects.create(
                owner=county.region, unit=county.school, person=county.teacher, placed_at=AT, key=uuid4()
            )
            Booking.objects.create(
                order=order, holding=county.book, use_from=asked.use_from, use_to=asked.use_to, state=State.BOOKED,
                booked_at=AT, changed_at=AT, **days,
            )  # fmt: skip

    assert done(at_once([naive] * CLIENTS)) == CLIENTS
    assert Booking.objects.count() > 2
    assert "more_booked_than_there_is" in {fault.what for fault in faults(TODAY)}


def test_copies_go_while_people_book():
    county = make_county()
    items = list(Item.objects.filter(holding=county.kit))
    verbs = [lambda: book(county, wish(county.kit)) for _ in range(4)]
    verbs += [lambda item=item: stock.report_missing(item=item, by=None, at=AT) for item in items[:2]]
    at_once(verbs)
    assert Booking.objects.filter(state=State.BOOKED).count() == 1
    assert faults(TODAY) == []


def test_two_desks_pack_and_take_back_the_same_at_once():
    county = make_county()
    bookings = [line(book(county, wish(county.kit))) for _ in range(3)]
    item = Item.objects.filter(holding=county.kit).first()
    came = at_once([lambda b=b: actions.pack(booking=b, items=[item], by=None, at=AT) for b in bookings])
    assert done(came) == 1
    packed = Booking.objects.get(state=State.PACKED)
    came = at_once([lambda: actions.send(bookings=[packed], by=None, at=AT)] * 2)
    assert done(came) == 1
    came = at_once([lambda: actions.take_back(items=[item], by=None, at=AT)] * 3)
    assert done(came) == 1
    came = at_once([lambda: actions.check(item=item, by=None, at=AT)] * 3)
    assert done(came) == 1
    assert Allocation.objects.filter(open=True).count() == 0
    assert faults(TODAY) == []


def test_a_quota_holds_when_many_book_different_things():
    county = make_county()
    for kind in ("media", "kit"):
        LoanRule.objects.create(owner=county.region, kind=kind, quota_unit=1, updated_at=AT)
    came = at_once([lambda: book(county, wish(county.kit)) for _ in range(3)] + [lambda: book(county)])
    assert done(came) == 2  # one of each kind
    assert faults(TODAY) == []


def test_the_same_form_sent_twice_at_once_is_one_order():
    county = make_county()
    key = uuid4()
    said = {"unit": county.school, "person": county.teacher, "wishes": [wish(county.kit)], "key": key, "at": AT}
    assert done(at_once([lambda: actions.order(**said, by=county.teacher)] * 4)) == 4
    assert Order.objects.count() == 1
