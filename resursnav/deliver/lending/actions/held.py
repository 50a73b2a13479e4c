"""The bookings that a verb is about, as they stand now, with their holdings locked first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from resursnav.deliver.stock.models import Holding
from resursnav.foundation.keeping.prepared import Prepared

from ..conditions import Journey
from ..models import ENDED, OPEN, Allocation, Booking, Order, State
from .telling import UnableToLend

DAYS = ("use_from", "use_to", "leave_date", "hand_over_date", "back_date", "blocked_from", "blocked_to")


def held(bookings: Iterable[Booking | int], *states: State) -> list[Booking]:
    """The bookings with their orders, after their holdings have been locked; in the order in which they were given.

    With `states`, refuses a booking that is in none of them and says what it is now.
    """
    keys = [booking if isinstance(booking, int) else booking.pk for booking in bookings]
    Holding.objects.locked(holding for (holding,) in _holdings.rows(keys))
    found = {booking.pk: booking for booking in _whole.objects(keys)}
    rows: list[Booking] = [found[key] for key in keys]
    for booking in rows:
        if states and booking.state not in states:
            told = _("Det går inte: bokningen är %(state)s.") % {"state": booking.get_state_display()}
            raise UnableToLend(told)
    return rows


_holdings = Prepared(lambda keys: Booking.objects.filter(pk__in=keys).order_by().values_list("holding"))
_whole = Prepared(
    lambda keys: Booking.objects.filter(pk__in=keys).select_related(
        "holding__resource", "order__unit", "order__person", "order__owner"
    )
)


def move(bookings: Iterable[Booking], to: State, *, at: datetime) -> None:
    """Let the bookings come to the state."""
    for booking in bookings:
        booking.state, booking.changed_at = to, at
        booking.ended_at = at if to in ENDED else None


def keep(bookings: Sequence[Booking], *fields: str) -> None:
    """Save what has been changed of the bookings, in one statement."""
    changed = ["state", "changed_at", "ended_at", *fields]
    if len(bookings) == 1:
        bookings[0].save(update_fields=changed)  # a third of the time that a bulk takes
    else:
        Booking.objects.bulk_update(bookings, changed)


def follow(booking: Booking, way: Journey) -> None:
    """Let the booking take the days of the way."""
    for name in DAYS:
        setattr(booking, name, getattr(way, name))


def stretch(bookings: Iterable[Booking]) -> None:
    """Let the copies be away as long as their bookings say, in one statement."""
    until = Booking.objects.filter(pk=OuterRef("booking")).values("blocked_to")
    keys = [booking.pk for booking in bookings if booking.has_copies]
    if keys:
        Allocation.objects.filter(booking__in=keys, open=True).update(ends=Subquery(until))


def split(booking: Booking, number: int) -> Booking:
    """Part the booking in two: it keeps so many copies itself, and the new one, which is returned, has the rest.

    So each booking is in one state, however its copies come and go. Copies that have been chosen stay with the first
    until the caller moves them.
    """
    rest = Booking.objects.get(pk=booking.pk)
    rest.pk, rest._state.adding = None, True
    rest.quantity = booking.quantity - number
    rest.order, rest.holding = booking.order, booking.holding
    booking.quantity = number
    booking.save(update_fields=["quantity"])
    rest.save()
    return rest


def part(booking: Booking, copies: Collection[Allocation]) -> Booking:
    """A booking with just these of its chosen copies: itself when they are all, else a new one of its own."""
    if len(copies) == booking.quantity:
        return booking
    apart = split(booking, booking.quantity - len(copies))
    Allocation.objects.filter(pk__in=[copy.pk for copy in copies]).update(booking=apart)
    return apart


def settle(orders: Iterable[int], *, at: datetime) -> None:
    """Close the orders in which nothing is left to do."""
    keys = set(orders)
    if done := keys - {key for (key,) in _busy.rows(list(keys))}:
        Order.objects.filter(pk__in=done, closed_at__isnull=True).update(closed_at=at)


_busy = Prepared(lambda keys: Booking.objects.filter(order__in=keys, state__in=OPEN).order_by().values_list("order"))
