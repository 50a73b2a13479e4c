"""What time does by itself: things come late, offers run out, people are reminded, and who borrowed is forgotten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from resursnav.deliver.stock.models import Holding, Item
from resursnav.foundation.people.models import Person

from ..availability import DAY
from ..conditions import Conditions, free_again
from ..counting import conditions_of
from ..models import (
    AWAY,
    UNPACKED,
    WITH_COPIES,
    Booking,
    Happened,
    Order,
    OrderEvent,
    QueueEntry,
    State,
    Suspension,
)
from . import letters
from .held import keep, move, settle, stretch
from .replanning import replan, ways_now
from .returning import invoice_for
from .suspending import suspend_for_lateness
from .telling import happened

BATCH = 500
LATE_STEPS = (1, 7, 14, 28)  # days after the day for giving back


@transaction.atomic
def note_lateness(*, holding_ids: Iterable[int], at: datetime) -> int:
    """What should have been back, or been sent, holds its copies a while longer; what was booked after is planned anew.

    It can be back at the earliest if it is handed over today, and is then to be checked. Returns how many were late.
    """
    today = localdate(at)
    Holding.objects.locked(holding_ids)
    rows = list(Booking.objects.whole().filter(holding__in=list(holding_ids)).filter(due(today)).order_by("pk"))
    ways = ways_now(rows, today)
    changed = []
    for row in rows:
        plan, conditions = ways[row.pk]
        until = today + DAY
        if row.state in AWAY and row.hand_over_date < today:
            until = max(until, free_again(conditions, plan.back(today)))
        if until > row.blocked_to:
            if row.blocked_to <= today and row.state in AWAY:
                happened(Happened.LATE, [row], by=None, at=at)
            row.blocked_to, row.changed_at = until, at
            changed.append(row)
    keep(changed, "blocked_to")
    stretch(changed)
    if changed:
        replan({row.holding_id for row in changed}, at=at)
    return len(changed)


def due(day: date) -> Q:
    """What has copies that should be free by now, or that should have been handed over and cannot be back in time."""
    return Q(state__in=WITH_COPIES, blocked_to__lte=day) | Q(state__in=AWAY, hand_over_date__lt=day)


@transaction.atomic
def let_go(*, holding_ids: Iterable[int], at: datetime) -> int:
    """What was never packed though its days have been is no booking any longer; returns how many those were."""
    today = localdate(at)
    Holding.objects.locked(holding_ids)
    rows = list(Booking.objects.whole().filter(holding__in=list(holding_ids)).filter(past(today)).order_by("pk"))
    for row in rows:
        row.reason = _("Dagarna har varit utan att något lämnades ut.")
    move(rows, State.CANCELLED, at=at)
    keep(rows, "reason")
    happened(Happened.CANCELLED, rows, by=None, at=at)
    settle((row.order_id for row in rows), at=at)
    letters.cancelled(rows, by=None, at=at)
    return len(rows)


def past(day: date) -> Q:
    """What waits to be packed although its last day has been."""
    return Q(state__in=UNPACKED, use_to__lt=day)


@transaction.atomic
def arrive(*, bookings: Iterable[Booking], at: datetime) -> int:
    """What was to be used from today has come, if nobody has said otherwise; returns how many."""
    keys = [booking.pk for booking in bookings]
    rows = list(Booking.objects.select_for_update(of=("self",)).filter(pk__in=keys, state=State.SENT).order_by("pk"))
    move(rows, State.OUT, at=at)
    keep(rows)
    return len(rows)


@transaction.atomic
def remind(*, bookings: Iterable[Booking], at: datetime) -> int:
    """Remind of what is soon or already to be given back: each step once; returns how many were reminded of."""
    today = localdate(at)
    keys = [booking.pk for booking in bookings]
    rows = Booking.objects.whole().select_for_update(of=("self",)).filter(pk__in=keys, state__in=AWAY).order_by("pk")
    found = list(rows)
    conditions = conditions_of({row.holding_id: row.holding for row in found}.values())
    told: defaultdict[bool, list[Booking]] = defaultdict(list)
    for row in found:
        step = reminder_step(row, conditions[row.holding_id], today)
        if step is not None and (row.reminded is None or step < row.reminded):
            row.reminded = step
            told[step < 0].append(row)
    for late, some in told.items():
        keep(some, "reminded")
        happened(Happened.REMINDED, some, by=None, at=at)
        letters.remind(some, late=late, by=None, at=at)
    return sum(map(len, told.values()))


def reminder_step(booking: Booking, conditions: Conditions, today: date) -> int | None:
    """Which reminder is due: the days left when it is soon, or minus the days that have passed."""
    left = (booking.hand_over_date - today).days
    if left >= 0:
        return conditions.remind_days if left <= conditions.remind_days else None
    passed = max((step for step in LATE_STEPS if -left >= step), default=None)
    return -passed if passed else None


@transaction.atomic
def follow_up_late(*, bookings: Iterable[Booking], at: datetime) -> int:
    """By the rule: a basis for an invoice, and a suspension, for what is very late; returns how many got either."""
    today = localdate(at)
    found = list(Booking.objects.whole().filter(pk__in=[row.pk for row in bookings]).late(today).order_by("pk"))
    conditions = conditions_of({row.holding_id: row.holding for row in found}.values())
    done = 0
    for row in found:
        late, rule = (today - row.hand_over_date).days, conditions[row.holding_id]
        made: list[object] = []
        if rule.invoice_days is not None and late >= rule.invoice_days:
            made += invoice_for(
                row, Item.objects.filter(pk__in=row.copies.filter(open=True).values("item")), by=None, at=at
            )
        if rule.suspend_days is not None and late >= rule.suspend_days:
            made += filter(None, [suspend_for_lateness(booking=row, at=at)])
        done += bool(made)
    return done


@transaction.atomic
def forget_borrowers(*, older_than: datetime, by: Person | None, at: datetime) -> int:
    """Cut who borrowed out of orders that closed before this: the person, the class, what was written, who did what.

    What was lent, when and to which unit stays. Also those who stood in queues, and suspensions that are over.
    At most one batch a call; returns how many orders were cut.
    """
    due = Order.objects.filter(closed_at__lt=older_than, forgotten_at__isnull=True).order_by("closed_at", "pk")
    keys = list(due.values_list("pk", flat=True)[:BATCH])
    Order.objects.filter(pk__in=keys).update(
        person=None, placed_by=None, for_class="", purpose="", note="", forgotten_at=at
    )
    OrderEvent.objects.filter(order__in=keys).update(by=None)
    Booking.objects.filter(order__in=keys).update(reason="")
    over = QueueEntry.objects.filter(ended_at__lt=older_than)
    over.filter(Q(person__isnull=False) | ~Q(for_class="")).update(person=None, for_class="")
    lifted = Suspension.objects.filter(Q(lifted_at__lt=older_than) | Q(until__lt=localdate(older_than)))
    lifted.delete()
    return len(keys)
