"""What would become of the bookings if a copy went, or if the routes were as they now stand. Reads, and writes nothing.

The verbs decide with the same arithmetic; the tests see to it that what is foreseen is what happens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from resursnav.deliver.stock.counting import capacity
from resursnav.deliver.stock.models import Item, ItemState
from resursnav.foundation.organisations.models import Organisation

from .actions.held import DAYS
from .actions.replanning import WAITING, follow_now, in_need, ways_now
from .availability import DAY, Claim
from .counting import claims, conditions_of, held_until
from .models import OPEN, WITH_COPIES, Allocation, Booking, State


@dataclass
class Foreseen:
    """What would happen: so many keep a place, these lose theirs, and this loan (of a copy that goes) ends."""

    kept: int = 0
    lost: list[int] = field(default_factory=list)
    ends: int | None = None


def without_item(item: Item, today: date) -> Foreseen:
    """What is booked of the copy's holding, if the copy could be lent no more from today; at most five statements."""
    rows = list(Booking.objects.filter(holding=item.holding_id, state__in=OPEN).order_by("booked_at", "pk"))
    waiting = [row for row in rows if row.state in WAITING and row.blocked_to > today]
    has = Allocation.objects.filter(item=item, open=True).values_list("booking", flat=True).first()
    loan = next((row for row in rows if row.pk == has), None)
    if not waiting and loan is None:
        return Foreseen()
    end = max([today + DAY, *(row.blocked_to for row in rows)])
    held = claims([item.holding_id], end=end, today=today, without={row.pk for row in (*waiting, *_some(loan))})
    out = held[item.holding_id]
    if loan is not None:
        until = held_until(loan.state, loan.blocked_to, today)
        out += [Claim(loan.blocked_from, until, loan.quantity - 1)] if loan.quantity > 1 else []
        if loan.state == State.PACKED:
            lead = conditions_of([item.holding])[item.holding_id].lead_days
            again = Booking(
                pk=loan.pk, quantity=1, blocked_from=loan.leave_date - lead * DAY, blocked_to=loan.blocked_to,
                booked_at=loan.booked_at,
            )  # fmt: skip
            waiting = sorted([*waiting, again], key=lambda row: (row.booked_at, row.pk))
    out += _gone(item, today, end)
    left = in_need(waiting, capacity([item.holding_id], today, end)[item.holding_id], out, today)
    lost = [row.pk for place, row in enumerate(waiting) if place in left]
    ends = loan.pk if loan is not None and loan.state != State.PACKED else None
    return Foreseen(len(waiting) - len(lost), lost, ends)


def _some(row: Booking | None) -> list[Booking]:
    return [] if row is None else [row]


def _gone(item: Item, today: date, end: date) -> list[Claim]:
    """The copy as something that is held for good, as far as it is reckoned with."""
    if item.state == ItemState.IN_USE:
        return [Claim(today, end)]
    if item.state == ItemState.SERVICE and item.back_date is not None:
        # What should have been back is held today already.
        start = max(item.back_date, today + DAY) if item.back_date <= today else item.back_date
        return [Claim(start, end)] if start < end else []
    return []


def with_routes(owner: Organisation, today: date) -> Foreseen:
    """What is booked below the organisation, if the routes and days stay as they stand now; eight statements."""
    units = Organisation.objects.at_or_below([owner.pk])
    rows = Booking.objects.filter(order__unit__in=units, state__in=OPEN).exclude(state=State.RETURNED)
    found = list(rows.select_related("holding", "order__unit").order_by("pk"))
    ways = ways_now(found, today)
    moved: dict[int, int] = {}
    lost: set[int] = set()
    for row in found:
        before = [getattr(row, name) for name in DAYS]
        if not follow_now(row, ways[row.pk], today):
            lost.add(row.pk)
        elif before != [getattr(row, name) for name in DAYS]:
            moved[row.pk] = row.holding_id
    lost |= _crowded_out(set(moved.values()), found, lost, today)
    return Foreseen(len(moved.keys() - lost), sorted(lost))


def _crowded_out(keys: set[int], known: Iterable[Booking], stranded: set[int], today: date) -> set[int]:
    """Those that lose their copies because others keep theirs longer."""
    rows: defaultdict[int, list[Booking]] = defaultdict(list)
    seen = {row.pk: row for row in known if row.holding_id in keys and row.pk not in stranded}
    others = Booking.objects.filter(holding__in=keys, state__in=OPEN).exclude(pk__in=[*seen, *stranded])
    for row in sorted([*seen.values(), *others], key=lambda row: (row.booked_at, row.pk)):
        rows[row.holding_id].append(row)
    every = [row for some in rows.values() for row in some]
    end = max([today + DAY, *(row.blocked_to for row in every)])
    have, late = capacity(keys, today, end), claims(keys, end=end, today=today, without={row.pk for row in every})
    lost = set()
    for key, some in rows.items():
        waiting = [row for row in some if row.state in WAITING and row.blocked_to > today]
        out = late[key] + [
            Claim(row.blocked_from, until, row.quantity)
            for row in some
            if row.state in WITH_COPIES and (until := held_until(row.state, row.blocked_to, today)) > today
        ]
        lost |= {waiting[place].pk for place in in_need(waiting, have[key], out, today)}
    return lost
