"""Is anything wrong with the lending? Finds what must never be, however it came to be; changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q

from resursnav.deliver.stock.models import ItemState

from .availability import Claim, colour
from .counting import held_until, profiles, shelf
from .models import HOLDING, OPEN, WITH_COPIES, Allocation, Booking, Order, QueueEntry, QueueState, State

NETS = {
    "postgresql": ("select conname from pg_constraint where conname like 'allocation_never_twice%%'", 1),
    "sqlite": ("select name from sqlite_master where type = 'trigger' and name like 'allocation_never_twice%%'", 2),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that must never be: what, and the key of the row."""

    what: str
    key: int = 0


def faults(today: date) -> list[Fault]:
    """All that is wrong, as it stands on the day."""
    found = [*_no_net(), *_two_places(), *_copies_of_bookings(), *_wrong_copies(today), *_closed(), *_offers()]
    keys = set(Booking.objects.filter(state__in=HOLDING).values_list("holding", flat=True))
    return [*found, *_short(keys, today), *_uncoloured(keys, today)]


def _no_net() -> Iterator[Fault]:
    """The database itself refuses a copy in two places only as long as its constraint or triggers are there."""
    sql, wanted = NETS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("%%", "%"))
        if len(cursor.fetchall()) != wanted:
            yield Fault("net_missing")


def _two_places() -> Iterator[Fault]:
    """A copy that two bookings had on the same day."""
    other = Allocation.objects.filter(
        item=OuterRef("item"), starts__lt=OuterRef("ends"), ends__gt=OuterRef("starts"), pk__gt=OuterRef("pk")
    )
    both = Allocation.objects.filter(Exists(other))
    for key in both.order_by().values_list("item", flat=True).distinct():
        yield Fault("copy_in_two_places", key)


def _copies_of_bookings() -> Iterator[Fault]:
    """A booking with more or fewer open copies than it has a right to in its state."""
    counted = Booking.objects.annotate(has=Count("copies", filter=Q(copies__open=True)))
    wrong = counted.filter(~Q(has=F("quantity")), state__in=WITH_COPIES)
    for key in wrong.values_list("pk", flat=True):
        yield Fault("copies_do_not_match", key)
    lone = Allocation.objects.filter(open=True).exclude(booking__state__in=WITH_COPIES)
    for key in lone.values_list("booking_id", flat=True):
        yield Fault("copies_without_a_loan", key)


def _wrong_copies(today: date) -> Iterator[Fault]:
    """An open copy that cannot be lent, is of another holding, is from a day to come, or is free before its booking."""
    opened = Allocation.objects.filter(open=True)
    for what, rows in (
        ("copy_cannot_be_lent", opened.exclude(item__state=ItemState.IN_USE)),
        ("copy_of_another_holding", Allocation.objects.exclude(item__holding=F("booking__holding"))),
        ("copy_from_a_day_to_come", opened.filter(starts__gt=today)),
        ("copy_free_at_another_time", opened.exclude(ends=F("booking__blocked_to"))),
    ):
        for key in rows.values_list("pk", flat=True):
            yield Fault(what, key)


def _closed() -> Iterator[Fault]:
    """An order that is closed with something left to do, or open with nothing left."""
    busy = Booking.objects.filter(state__in=OPEN).values("order")
    for what, rows in (
        ("closed_with_something_left", Order.objects.filter(closed_at__isnull=False, pk__in=busy)),
        ("open_with_nothing_left", Order.objects.filter(closed_at__isnull=True).exclude(pk__in=busy)),
    ):
        for key in rows.values_list("pk", flat=True):
            yield Fault(what, key)


def _offers() -> Iterator[Fault]:
    """An offer that nobody in the queue has, or somebody with an offer that is none."""
    lone = Booking.objects.filter(state=State.OFFERED).exclude(queued__state=QueueState.OFFERED)
    for key in lone.values_list("pk", flat=True):
        yield Fault("offer_to_nobody", key)
    empty = QueueEntry.objects.filter(state=QueueState.OFFERED).exclude(booking__state=State.OFFERED)
    for key in empty.values_list("pk", flat=True):
        yield Fault("offer_of_nothing", key)


def _short(keys: Collection[int], today: date) -> Iterator[Fault]:
    """A holding of which more is booked on some day than there is."""
    last = (
        Booking.objects.filter(state__in=HOLDING).order_by("-blocked_to").values_list("blocked_to", flat=True).first()
    )
    end = max(last or today, today) + timedelta(days=2)
    for key, profile in profiles(keys, start=today, end=end, today=today).items():
        if profile.short_days():
            yield Fault("more_booked_than_there_is", key)


def _uncoloured(keys: Collection[int], today: date) -> Iterator[Fault]:
    """A booking that no copy can be found for, with the copies that are out where they are."""
    rows: defaultdict[int, list[Booking]] = defaultdict(list)
    for row in Booking.objects.filter(state__in=HOLDING, holding__in=keys).exclude(state__in=WITH_COPIES):
        if row.blocked_to > today:
            rows[row.holding_id].append(row)
    for key, waiting in rows.items():
        claims = [Claim(max(row.blocked_from, today), held_until(row.state, row.blocked_to, today), row.quantity)
                  for row in waiting]  # fmt: skip
        for row, given in zip(waiting, colour(shelf(key, today), claims), strict=True):
            if given is None:
                yield Fault("no_copy_for_it", row.pk)
