"""The desk's day: what is to be packed, sent, taken back and checked, and what has gone wrong. It decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q

from resursnav.deliver.lending import actions as lending
from resursnav.deliver.lending.models import AWAY, Allocation, Booking, State
from resursnav.deliver.lending.rules import WORK
from resursnav.deliver.transport.models import Route

from . import travelling
from .travelling import Group

AHEAD = timedelta(days=5)
MOST = 400


@dataclass
class Day:
    """What the desk has to do on a day; `more` says that there was too much to show."""

    today: date
    to_pack: list[Group] = field(default_factory=list)
    to_send: list[Group] = field(default_factory=list)
    on_the_way: list[Booking] = field(default_factory=list)
    expected: list[Booking] = field(default_factory=list)
    late: list[Booking] = field(default_factory=list)
    to_check: list[Booking] = field(default_factory=list)
    bumped: list[Booking] = field(default_factory=list)
    # Those on the way that were sent today: that can be undone.
    undo: set[int] = field(default_factory=set)
    asked: int = 0
    more: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing waits at all."""
        lists = (
            self.to_pack, self.to_send, self.on_the_way, self.expected, self.late, self.to_check, self.bumped,
        )  # fmt: skip
        return not any(lists) and not self.asked


def work_of(person: Any) -> Any:
    """The bookings that the person works with, each with its copies."""
    copies = Prefetch("copies", Allocation.objects.filter(open=True).select_related("item"))
    return Booking.objects.visible_to(person, WORK).whole().prefetch_related(copies)


def routes_of(bookings: Iterable[Booking]) -> dict[int, Route]:
    """The routes of the centres that the bookings are booked at, by their keys."""
    owners = {booking.order.owner_id for booking in bookings}
    return {route.pk: route for route in Route.objects.filter(carrier__owner__in=owners)} if owners else {}


def day_of(person: Any, today: date) -> Day:
    """What the person has to do, in a fixed number of statements however much it is."""
    ahead = today + AHEAD
    wanted = (
        Q(state=State.BOOKED, leave_date__lte=ahead)
        | Q(state__in=(State.PACKED, State.RETURNED, State.BUMPED, State.SENT))
        | Q(state=State.OUT, hand_over_date__lte=ahead)
    )
    rows = list(work_of(person).filter(wanted).order_by("leave_date", "pk")[: MOST + 1])
    found = Day(today, more=len(rows) > MOST)
    rows = rows[:MOST]
    moving = [row for row in rows if row.state in (State.BOOKED, State.PACKED)]
    plans, routes = travelling.plans_of(moving, today), routes_of(moving)
    found.to_pack = travelling.grouped([row for row in moving if row.state == State.BOOKED], plans, routes)
    found.to_send = travelling.grouped([row for row in moving if row.state == State.PACKED], plans, routes)
    for row in sorted(rows, key=lambda row: (row.hand_over_date, row.pk)):
        if row.state == State.RETURNED:
            found.to_check.append(row)
        elif row.state == State.BUMPED:
            found.bumped.append(row)
        elif row.is_late(today):
            found.late.append(row)
        elif row.state in AWAY and row.hand_over_date <= ahead:
            found.expected.append(row)
        elif row.state == State.SENT:
            found.on_the_way.append(row)
    found.undo = set(lending.last_steps(found.on_the_way, today))
    found.asked = Booking.objects.visible_to(person, WORK).filter(state=State.ASKED).count()
    return found
