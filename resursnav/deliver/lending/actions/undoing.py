"""Undo the last step with a loan that somebody took by mistake, on the same day and before the next has happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from resursnav.foundation.people.models import Person

from ..conditions import DAY, free_again
from ..counting import conditions_of
from ..models import Allocation, Booking, FactKind, Happened, LoanFact, Order, OrderEvent, State
from .held import held, keep, move, settle, stretch
from .replanning import replan
from .telling import UnableToLend, happened

# Each step with the state that it led to and the one it is undone to.
STEPS = {
    Happened.SENT: (State.SENT, State.PACKED),
    Happened.RECEIVED: (State.OUT, State.SENT),
    Happened.HANDED_OUT: (State.OUT, State.PACKED),
}
LOANS = (Happened.SENT, Happened.HANDED_OUT)


def last_steps(bookings: Iterable[Booking], day: date) -> dict[int, Happened]:
    """Booking -> the step of the day that can be undone, for those that have one; one statement."""
    states = {booking.pk: booking.state for booking in bookings}
    if not states:
        return {}
    last: dict[int, Happened] = {}
    rows = OrderEvent.objects.filter(booking__in=states).order_by("pk")
    for booking, what, at in rows.values_list("booking", "what", "at"):
        last.pop(booking, None)
        if localdate(at) == day:
            last[booking] = Happened(what)
    return {pk: what for pk, what in last.items() if what in STEPS and STEPS[what][0] == states[pk]}


@transaction.atomic
def undo_step(*, bookings: Iterable[Booking], by: Person | None, at: datetime) -> list[Booking]:
    """It was not sent, handed out or left after all: each booking stands as it did before, and no loan is counted.

    Nobody is told: what was written to the borrower about the days is still true.
    """
    rows, today = held(bookings), localdate(at)
    steps = last_steps(rows, today)
    for row in rows:
        step = steps.get(row.pk)
        if step is None or (step in LOANS and not _uncount(row, today)):
            raise UnableToLend(_("Det går inte att ångra: mer har hänt med lånet sedan dess."))
        move([row], STEPS[step][1], at=at)
    keep(rows)
    happened(Happened.UNDONE, rows, by=by, at=at)
    return rows


@transaction.atomic
def undo_return(*, bookings: Iterable[Booking], by: Person | None, at: datetime) -> list[Booking]:
    """Nothing of these has come back after all: they are with the borrowers again, as long as nobody has checked."""
    rows, today = held(bookings, State.RETURNED), localdate(at)
    conditions = conditions_of(row.holding for row in rows)
    for row in rows:
        row.blocked_to = max(free_again(conditions[row.holding_id], row.back_date), today + DAY)
    move(rows, State.OUT, at=at)
    keep(rows, "blocked_to")
    stretch(rows)
    happened(Happened.OUT_AGAIN, rows, by=by, at=at)
    replan({row.holding_id for row in rows}, at=at)
    return rows


def _uncount(booking: Booking, day: date) -> bool:
    """Take the loan out of the statistics. Facts name no booking; any that says the same is as good."""
    same = LoanFact.objects.filter(
        what=FactKind.LOAN,
        day=day,
        unit=booking.order.unit_id,
        holding=booking.holding_id,
        quantity=booking.quantity,
        days=booking.days(),
    )
    fact = same.order_by("-pk").first()
    if fact is not None:
        fact.delete()
    return fact is not None


@transaction.atomic
def undo_loan(*, order: Order, by: Person | None, at: datetime) -> Order:
    """What was lent over the desk was not lent after all: the copies lie on the shelf and the order is over."""
    lent = order.events.filter(what=Happened.HANDED_OUT, at=order.placed_at).values("booking")
    if order.bookings.exclude(pk__in=lent).exists():
        raise UnableToLend(_("Det går inte att ångra: beställningen är inte ett lån över disk."))
    rows = undo_step(bookings=order.bookings.order_by("pk"), by=by, at=at)
    Allocation.objects.filter(booking__in=rows).delete()
    move(rows, State.CANCELLED, at=at)
    keep(rows)
    happened(Happened.CANCELLED, rows, by=by, at=at)
    settle([order.pk], at=at)
    replan({row.holding_id for row in rows}, at=at)
    order.refresh_from_db()
    return order
