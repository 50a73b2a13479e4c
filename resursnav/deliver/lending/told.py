"""What the pages of bookings show, read in few statements however much there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from resursnav.deliver.stock.models import Fault
from resursnav.foundation.access import may

from . import wording
from .models import AWAY, OPEN, UNPACKED, Booking, Happened, Order, OrderEvent, QueueEntry, State
from .rules import CHANGE, WORK


@dataclass(frozen=True, slots=True)
class Line:
    """A booking as a row: what, how many, when, how it stands."""

    booking: Booking
    status: wording.Status
    period: str
    may_change: bool = False
    may_renew: bool = False
    may_report: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody's place in a queue."""

    entry: QueueEntry
    sentence: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of an order's story; `titles` is empty when it was about the whole order.

    `fault` says what was reported as wrong; `item` is the address of the copy, for those who work with it.
    """

    event: OrderEvent
    title: str
    titles: str
    fault: str = ""
    item: str = ""


def line(booking: Booking, today: date, *, changes: bool = False) -> Line:
    """The row of a booking, which needs its holding with the resource."""
    return Line(
        booking,
        wording.status(booking, today),
        wording.period(booking),
        may_change=changes and booking.state in UNPACKED,
        may_renew=changes and booking.state in AWAY,
        may_report=changes and booking.state in AWAY,
    )


def groups(bookings: Iterable[Booking], today: date, *, changes: bool = True) -> dict[str, list[Line]]:
    """Open bookings by what they mean for whoever has them: trouble, to give back, coming."""
    found: defaultdict[str, list[Line]] = defaultdict(list)
    for booking in bookings:
        if booking.state == State.BUMPED or booking.is_late(today):
            name = "trouble"
        elif booking.state in (*AWAY, State.RETURNED):
            name = "out"
        else:
            name = "coming"
        found[name].append(line(booking, today, changes=changes))
    return dict(found)  # a template that asks for what is not there must not put it there


def places(entries: Sequence[QueueEntry]) -> list[Waiting]:
    """The entries with their places in their queues, in one statement."""
    keys = {entry.holding_id for entry in entries}
    queues: defaultdict[int, list[int]] = defaultdict(list)
    rows = QueueEntry.objects.open().filter(holding__in=keys).order_by("joined_at", "pk")
    for holding, pk in rows.values_list("holding_id", "pk"):
        queues[holding].append(pk)
    return [
        Waiting(entry, wording.waiting(entry, queues[entry.holding_id].index(entry.pk) + 1))
        for entry in entries
        if entry.pk in queues[entry.holding_id]
    ]


def whole(order: Order, person: Any, today: date) -> dict[str, Any]:
    """All that an order's page shows."""
    changes = order.closed_at is None and may(person, CHANGE, order)
    bookings = _lines(order)
    names = {booking.pk: booking.holding.title() for booking in bookings}
    events = list(order.events.select_related("by"))
    works = may(person, WORK, order)
    faults = _faults(events, works=works)
    return {
        "lines": [line(booking, today, changes=changes) for booking in bookings],
        "story": [
            Moment(event, wording.told(event), names.get(event.booking_id or 0, ""), *faults.get(event.pk, ()))
            for event in events
        ],
        "unpacked": [booking for booking in bookings if booking.state in UNPACKED] if changes else [],
        "open": any(booking.state in OPEN for booking in bookings),
        "asked": [booking for booking in bookings if booking.state == State.ASKED] if works else [],
        "may_change": changes,
        "may_work": works,
    }


def _lines(order: Order) -> list[Booking]:
    """The order's bookings in the order of their days, read with all that the page shows of it, in one statement."""
    rows = Booking.objects.whole().order_by("use_from", "holding", "pk")
    prefetch_related_objects([order], Prefetch("bookings", rows))
    lines = list(order.bookings.all())
    for booking in lines:
        order.unit, order.person, order.owner = booking.order.unit, booking.order.person, booking.order.owner
        booking.order = order
    return lines


def _faults(events: Iterable[OrderEvent], *, works: bool) -> dict[int, tuple[str, str]]:
    """Event -> what was reported as wrong, whether it has been mended, and the copy's page; stock keeps the words."""
    wanted = {event.pk: event.said.get("fault") for event in events if event.what == Happened.FAULT}
    known = Fault.objects.filter(pk__in=wanted.values()).select_related("item").in_bulk() if wanted else {}
    return {
        pk: (wording.fault(known[fault]), known[fault].item.get_absolute_url() if works else "")
        for pk, fault in wanted.items()
        if fault in known
    }
