"""Give what has come free to those who wait for it, in the order of the queue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import QuerySet
from django.utils.timezone import localdate

from resursnav.deliver.transport.reading import plans_for
from resursnav.foundation.keeping.prepared import Prepared

from ..availability import DAY, Claim, Profile
from ..conditions import FURTHEST, Conditions, Journey, Ways, journey, last_day
from ..counting import conditions_of, profiles
from ..models import Booking, Happened, Order, QueueEntry, QueueState, State
from . import letters
from .held import follow
from .telling import happened

TIME_TO_ANSWER = timedelta(days=2)


def _queues(holding_ids: Collection[int]) -> QuerySet[QueueEntry]:
    rows = QueueEntry.objects.waiting().filter(holding__in=holding_ids)
    return rows.select_related("holding__resource", "unit", "person")


_waiting = Prepared(_queues)


def offer_next(holding_ids: Iterable[int], *, at: datetime) -> list[QueueEntry]:
    """Offer those who wait what is free, and reckon for the others when it can be had; the holdings are locked.

    An offer is a booking that holds its copies until it is answered, so nobody else can take them meanwhile.
    """
    rows: defaultdict[int, list[QueueEntry]] = defaultdict(list)
    for entry in _waiting.objects(list(holding_ids)):
        rows[entry.holding_id].append(entry)
    if not rows:
        return []
    today = localdate(at)
    every = [entry for entries in rows.values() for entry in entries]
    end = today + FURTHEST * DAY
    plans = plans_for({entry.unit_id: entry.unit for entry in every}.values(), start=today, end=end)
    conditions = conditions_of({entry.holding_id: entry.holding for entry in every}.values())
    free = profiles(rows.keys(), start=today, end=end, today=today)
    offered = []
    for pk, entries in rows.items():
        for entry in entries:
            found = first_days(free[pk], plans[entry.unit_id], conditions[pk], entry, at)
            if found is not None:
                free[pk].take(Claim(max(found.blocked_from, today), found.blocked_to, entry.quantity))
            if found is not None and found.use_from <= entry.latest:
                _offer(entry, found, plans[entry.unit_id], at)
                offered.append(entry)
            else:
                entry.promise_date = found.use_from if found else None
    QueueEntry.objects.bulk_update(every, ["promise_date"])
    return offered


def first_days(profile: Profile, plan: Ways, conditions: Conditions, entry: QueueEntry, at: datetime) -> Journey | None:
    """The first days, from the earliest wanted on, on which the entry's copies can be had; None when none is near."""
    today = localdate(at)
    first = plan.first_use(at, conditions.notice_days)
    if first is None:
        return None
    day = max(first, entry.earliest)
    while day < profile.end:
        way = journey(plan, conditions, day, last_day(day, entry.days))
        day += DAY
        if way is None or way.leave_date < today:
            continue
        start = max(way.blocked_from, today)
        if way.blocked_to > profile.end:
            return None
        if profile.lowest(start, way.blocked_to) >= entry.quantity:
            return way
    return None


def _offer(entry: QueueEntry, way: Journey, plan: Ways, at: datetime) -> None:
    order = Order.objects.create(
        owner_id=entry.holding.owner_id,
        unit=entry.unit,
        person=entry.person,
        placed_by=entry.person,
        placed_at=at,
        key=uuid4(),
        for_class=entry.for_class,
    )
    booking = Booking(
        order=order,
        holding=entry.holding,
        quantity=entry.quantity,
        state=State.OFFERED,
        booked_at=at,
        changed_at=at,
    )
    follow(booking, way)
    booking.save()
    happened(Happened.OFFERED, [booking], by=None, at=at)
    entry.state, entry.booking, entry.promise_date = QueueState.OFFERED, booking, way.use_from
    order_by = plan.order_by(way.use_from)
    entry.answer_by = min(at + TIME_TO_ANSWER, order_by) if order_by and order_by > at else at + TIME_TO_ANSWER
    entry.save(update_fields=["state", "booking", "promise_date", "answer_by"])
    letters.offered(entry, booking, at=at)
