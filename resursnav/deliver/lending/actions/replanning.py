"""When the number of copies or somebody's days change: who keeps theirs, who is told, and who in the queue gets it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from resursnav.deliver.stock.counting import capacity
from resursnav.deliver.stock.models import Holding
from resursnav.deliver.transport.reading import plans_for
from resursnav.foundation.keeping.prepared import Prepared
from resursnav.foundation.organisations.models import Organisation

from ..availability import DAY, Claim, Steps, unfulfillable
from ..conditions import Conditions, Journey, Ways, free_again, journey
from ..counting import claims, conditions_of, profiles
from ..models import OPEN, Booking, Happened, QueueEntry, QueueState, State
from ..wishes import Wish
from . import letters
from .held import DAYS, follow, keep, move, settle, stretch
from .offering import offer_next
from .telling import happened
from .weighing import LOOK_AHEAD, Table, nearest

WAITING = (State.ASKED, State.OFFERED, State.BOOKED)


@transaction.atomic
def replan(holding_ids: Iterable[int], *, at: datetime) -> int:
    """See to it that every booking of the holdings can be fulfilled; returns how many got or lost their copies.

    Whoever booked first keeps theirs; what there are no copies for any longer is told with the nearest free days, and
    gets copies again if some come back. What is left goes to the queue.
    """
    locked = Holding.objects.locked(holding_ids)
    rows: defaultdict[int, list[Booking]] = defaultdict(list)
    for booking in _open.objects([one.pk for one in locked]):
        rows[booking.holding_id].append(booking)
    changed = 0
    for holding in locked:
        changed += _replan(holding, rows[holding.pk], at)
    offer_next([one.pk for one in locked], at=at)
    return changed


_open = Prepared(lambda keys: Booking.objects.filter(holding__in=keys, state__in=OPEN).order_by("booked_at", "pk"))


def _replan(holding: Holding, rows: list[Booking], at: datetime) -> int:
    today = localdate(at)
    promised = [row for row in rows if row.state in WAITING and row.blocked_to > today]
    # Whoever has copies promised goes before whoever has lost them, and among those whoever booked first.
    waiting = promised + _possible([row for row in rows if row.state == State.BUMPED], today)
    if not waiting:
        return 0
    end = max(row.blocked_to for row in waiting)
    out = claims([holding.pk], end=end, today=today, without={row.pk for row in rows if row.state in WAITING})
    have = capacity([holding.pk], today, end)
    left = in_need(waiting, have[holding.pk], out[holding.pk], today)
    lost = [row for place, row in enumerate(waiting) if place in left and row.state != State.BUMPED]
    got = [row for place, row in enumerate(waiting) if place not in left and row.state == State.BUMPED]
    if got:
        restore(got, at)
    if lost:
        bump(lost, at)
    return len(lost) + len(got)


def in_need(waiting: Sequence[Booking], have: Steps, out: Iterable[Claim], today: date) -> set[int]:
    """The places of those among the waiting that there are no copies for, beside what is out; the first keep theirs."""
    wanted = [Claim(max(row.blocked_from, today), row.blocked_to, row.quantity) for row in waiting]
    return set(unfulfillable(have, out, wanted))


def _possible(rows: list[Booking], today: date) -> list[Booking]:
    """Those that could still be there in time if there were copies, with the days that count now."""
    if not rows:
        return []
    whole = list(Booking.objects.whole().filter(pk__in=[row.pk for row in rows]).order_by("booked_at", "pk"))
    ways = ways_now(whole, today)
    found = []
    for row in whole:
        way = journey(*ways[row.pk], row.use_from, row.use_to) if row.leave_date >= today else None
        if way is not None and way.leave_date >= today:
            follow(row, way)
            found.append(row)
    return found


def bump(rows: list[Booking], at: datetime) -> None:
    """These have no copies any longer: tell them, each with the nearest days on which they can have theirs."""
    if not rows:
        return
    whole = {row.pk: row for row in Booking.objects.whole().filter(pk__in=[row.pk for row in rows])}
    offers = [row for row in rows if row.state == State.OFFERED]
    others = [row for row in rows if row.state != State.OFFERED]
    for row in others:
        row.bumped_from = row.state
    move(others, State.BUMPED, at=at)
    keep(others, "bumped_from")
    happened(Happened.BUMPED, others, by=None, at=at)
    for row, instead in _alternatives([whole[row.pk] for row in others], at):
        letters.bumped(row, instead, at=at)
    _take_back(offers, at)


def _take_back(offers: list[Booking], at: datetime) -> None:
    """What was offered to somebody in the queue is not there any longer: they go on waiting, in their old place."""
    if not offers:
        return
    QueueEntry.objects.filter(booking__in=offers, state=QueueState.OFFERED).update(
        state=QueueState.WAITING, booking=None, answer_by=None
    )
    move(offers, State.CANCELLED, at=at)
    keep(offers)
    happened(Happened.BUMPED, offers, by=None, at=at)
    settle((row.order_id for row in offers), at=at)


def restore(rows: list[Booking], at: datetime) -> None:
    """These have copies again."""
    for row in rows:
        row.state, row.changed_at, row.bumped_from = row.bumped_from or State.BOOKED, at, ""
    keep(rows, "bumped_from", *DAYS)
    happened(Happened.RESTORED, rows, by=None, at=at)
    for row in rows:
        letters.restored(row, at=at)


def _alternatives(rows: list[Booking], at: datetime) -> list[tuple[Booking, Journey | None]]:
    """For each booking the nearest days on which the same can be had for as long."""
    if not rows:
        return []
    today = localdate(at)
    end = max(row.use_to for row in rows) + LOOK_AHEAD * DAY
    ways = ways_now(rows, today)
    free = profiles({row.holding_id for row in rows}, start=today, end=end, today=today)
    found = []
    for row in rows:
        plan, conditions = ways[row.pk]
        table = Table(row.order.unit, today, at, plan, {row.holding_id: row.holding}, {row.holding_id: conditions})
        wish = Wish(row.holding_id, max(row.use_from, today), max(row.use_to, today), row.quantity)
        found.append((row, nearest(table, wish, free[row.holding_id])))
    return found


@transaction.atomic
def follow_routes(*, below: int, at: datetime) -> int:
    """Routes, closed days or breaks have changed at the organisation: reckon the days of what is booked below it anew.

    What can no longer be there in time loses its place and is told; then all is planned anew. Returns how many moved.
    """
    today = localdate(at)
    units = Organisation.objects.at_or_below([below])
    rows = Booking.objects.filter(order__unit__in=units, state__in=OPEN).exclude(state=State.RETURNED)
    Holding.objects.locked(set(rows.values_list("holding", flat=True)))
    found = list(rows.select_related("holding", "order__unit").order_by("pk"))
    ways = ways_now(found, today)
    moved, stranded = [], []
    for row in found:
        before = [getattr(row, name) for name in DAYS]
        if not follow_now(row, ways[row.pk], today):
            stranded.append(row)
        elif before != [getattr(row, name) for name in DAYS]:
            moved.append(row)
    Booking.objects.bulk_update(moved, DAYS)
    stretch(moved)
    bump(stranded, at)
    lost = [row for row in found if row.state == State.BUMPED]
    replan({row.holding_id for row in (*moved, *stranded, *lost)}, at=at)
    return len(moved) + len(stranded)


def ways_now(rows: Sequence[Booking], today: date) -> dict[int, tuple[Ways, Conditions]]:
    """Booking -> how things go to its unit and back now, and its conditions; four statements."""
    if not rows:
        return {}
    units = {row.order.unit_id: row.order.unit for row in rows}
    start = min([today, *(row.use_from for row in rows)])
    end = max([today, *(row.use_to for row in rows)])
    plans = plans_for(units.values(), start=start, end=end + LOOK_AHEAD * DAY)
    conditions = conditions_of({row.holding_id: row.holding for row in rows}.values())
    return {row.pk: (plans[row.order.unit_id], conditions[row.holding_id]) for row in rows}


def follow_now(row: Booking, known: tuple[Ways, Conditions], today: date) -> bool:
    """Give the booking the days that count now; False when it can no longer be there in time.

    The way there stays for what has gone already, and for what should have.
    """
    plan, conditions = known
    if row.state == State.BUMPED:
        return True  # reckoned when there are copies for it
    if row.state in WAITING and row.leave_date >= today:
        way = journey(plan, conditions, row.use_from, row.use_to)
        if way is None or way.leave_date < today:
            return False
        follow(row, way)
        return True
    row.hand_over_date, row.back_date = plan.last_leave(row.use_to), plan.back(row.use_to)
    planned = free_again(conditions, row.back_date)
    row.blocked_to = max(planned, row.blocked_to) if row.hand_over_date < today else max(planned, today + DAY)
    return True
