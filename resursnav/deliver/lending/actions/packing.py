"""Choose the copies when they are packed, and let them go: send, receive, hand out over the desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.deliver.stock.models import Holding, Item, ItemState
from resursnav.deliver.transport.reading import plan_for
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.foundation.ui.components.words import day_year

from ..availability import DAY, Claim, colour
from ..conditions import Journey, at_desk, wrong_days
from ..counting import claims, conditions_of, profiles, shelf
from ..models import Allocation, Booking, FactKind, Happened, Order, State
from ..wishes import Wish
from . import letters
from .held import follow, held, keep, move, split
from .ordering import NOTHING_MORE, About, open_order
from .replanning import replan
from .telling import FactLine, UnableToLend, count, happened
from .weighing import LOOK_AHEAD, Table, days_told, none_free, over_quota, suspended, verdicts


@transaction.atomic
def pack(
    *,
    booking: Booking,
    by: Person | None,
    at: datetime,
    items: Sequence[Item] | None = None,
    quantity: int | None = None,
) -> Booking:
    """Choose copies for the booking and put them aside: those scanned, else those that the colouring gives.

    Any copy that lies on the shelf will do (availability.py says why). Fewer than were booked are packed by
    themselves, and a booking of its own waits for the rest. What is packed is away from the shelf from today.
    """
    [found] = held([booking], State.BOOKED)
    today = localdate(at)
    number = len(items) if items is not None else quantity if quantity is not None else found.quantity
    if not 1 <= number <= found.quantity:
        told = ngettext("Packa %(n)d eller färre.", "Packa högst %(n)d.", found.quantity) % {"n": found.quantity}
        raise UnableToLend(told, field="items")
    _still_allowed(found, today)
    if number < found.quantity:
        split(found, number)
    _from_today(found, today)
    chosen = _scanned(found.holding_id, items) if items is not None else _coloured(found, today)
    Allocation.objects.bulk_create(
        [
            Allocation(booking=found, item_id=key, starts=today, ends=max(found.blocked_to, today + DAY))
            for key in chosen
        ]
    )
    move([found], State.PACKED, at=at)
    keep([found], "blocked_from", "blocked_to")
    happened(Happened.PACKED, [found], by=by, at=at, quantity=number)
    return found


def _still_allowed(booking: Booking, today: date) -> None:
    """Agreements may have ended since it was booked: ask once more before anything leaves."""
    for day in sorted({max(today, booking.use_from), booking.use_to}):
        [(_pk, verdict)] = verdicts([booking.holding], booking.order.unit, day)
        lasts = verdict.until is None or booking.use_to < verdict.until
        if verdict.allowed and lasts:
            return
        if not verdict.allowed:
            raise UnableToLend(
                _("%(unit)s får inte längre låna den. %(why)s")
                % {"unit": booking.order.unit.name, "why": verdict.sentence}
            )


def _from_today(booking: Booking, today: date) -> None:
    """Let it hold its copies from today, if nobody else needs them before it."""
    booking.blocked_to = max(booking.blocked_to, today + DAY)
    start, end = min(booking.blocked_from, today), booking.blocked_to
    wanted = Claim(today, end, booking.quantity)
    free = profiles([booking.holding_id], start=today, end=end, today=today, without=[booking.pk])
    if not free[booking.holding_id].fits(wanted):
        raise UnableToLend(
            _("Andra behöver exemplaren före %(day)s. Vänta med att packa den här.")
            % {"day": day_year(booking.blocked_from)}
            if booking.blocked_from > today
            else _("Det finns för få exemplar hemma.")
        )
    booking.blocked_from = start


def _coloured(booking: Booking, today: date) -> tuple[int, ...]:
    """The copies that a colouring of all that is booked gives this one."""
    others = claims([booking.holding_id], end=booking.blocked_to, today=today, without=[booking.pk])
    copies = shelf(booking.holding_id, today)
    here = Claim(today, booking.blocked_to, booking.quantity)
    waiting = [claim for claim in others[booking.holding_id] if claim.start > today]
    given = colour(copies, [here, *waiting])[0]
    if given is None:
        raise UnableToLend(_("Det finns för få exemplar hemma."))
    return given


def _scanned(holding_id: int, items: Sequence[Item]) -> list[int]:
    """The copies that somebody has in the hand, if they can go."""
    keys = [item.pk for item in items]
    if len(set(keys)) != len(keys):
        raise UnableToLend(_("Samma exemplar står två gånger."), field="items")
    taken = set(Allocation.objects.filter(item__in=keys, open=True).values_list("item", flat=True))
    for item in Item.objects.filter(pk__in=keys):
        if item.holding_id != holding_id:
            raise UnableToLend(
                _("%(code)s är något annat än det som är bokat.") % {"code": item.barcode}, field="items"
            )
        if item.pk in taken:
            raise UnableToLend(
                _("%(code)s är redan packad eller utlånad. Ta tillbaka den först.") % {"code": item.barcode},
                field="items",
            )
        if item.state != ItemState.IN_USE:
            told = _("%(code)s kan inte lånas ut: den är %(state)s.")
            raise UnableToLend(told % {"code": item.barcode, "state": item.get_state_display()}, field="items")
    return keys


@transaction.atomic
def unpack(*, booking: Booking, by: Person | None, at: datetime) -> Booking:
    """Put the copies back on the shelf; the booking stands as before."""
    [found] = held([booking], State.PACKED)
    Allocation.objects.filter(booking=found).delete()
    lead = conditions_of([found.holding])[found.holding_id].lead_days
    found.blocked_from = found.leave_date - lead * DAY
    move([found], State.BOOKED, at=at)
    keep([found], "blocked_from")
    happened(Happened.UNPACKED, [found], by=by, at=at)
    replan([found.holding_id], at=at)
    return found


@transaction.atomic
def send(*, bookings: Iterable[Booking], by: Person | None, at: datetime) -> list[Booking]:
    """What has been packed leaves the centre: with the van, by post, or with somebody who fetched it."""
    rows = held(bookings, State.PACKED)
    move(rows, State.SENT, at=at)
    keep(rows)
    happened(Happened.SENT, rows, by=by, at=at)
    _lent(rows, at)
    letters.sent(rows, by=by, at=at)
    return rows


@transaction.atomic
def receive(*, bookings: Iterable[Booking], by: Person | None, at: datetime) -> list[Booking]:
    """It has come to the unit."""
    rows = held(bookings, State.SENT)
    move(rows, State.OUT, at=at)
    keep(rows)
    happened(Happened.RECEIVED, rows, by=by, at=at)
    return rows


@transaction.atomic
def hand_out(*, booking: Booking, by: Person | None, at: datetime, items: Sequence[Item] | None = None) -> Booking:
    """Give it to the borrower over the desk, packed before or just now."""
    if booking.state == State.PACKED:
        [found] = held([booking], State.PACKED)
    else:
        found = pack(booking=booking, items=items, by=by, at=at)
    move([found], State.OUT, at=at)
    keep([found])
    happened(Happened.HANDED_OUT, [found], by=by, at=at)
    _lent([found], at)
    return found


@transaction.atomic
def lend_now(
    *,
    unit: Organisation,
    person: Person | None,
    items: Sequence[Item],
    use_to: date,
    key: UUID,
    by: Person | None,
    at: datetime,
    about: About = NOTHING_MORE,
) -> Order:
    """Lend to somebody who stands at the desk and has booked nothing: these copies, from now to a last day."""
    if known := Order.objects.filter(key=key, unit=unit).first():
        return known
    by_holding: defaultdict[int, list[Item]] = defaultdict(list)
    for item in items:
        by_holding[item.holding_id].append(item)
    if not by_holding:
        raise UnableToLend(_("Skanna det som ska lånas."), field="items")
    if not unit.is_open(localdate(at)):
        raise UnableToLend(_("Enheten är stängd och kan inte låna."), field="unit")
    holdings = {holding.pk: holding for holding in Holding.objects.locked(by_holding)}
    for pk, copies in by_holding.items():
        _scanned(pk, copies)
    wishes = [Wish(pk, localdate(at), use_to, len(copies)) for pk, copies in by_holding.items()]
    ways = _over_the_desk(unit, person, holdings, wishes, at)
    order = open_order(holdings, unit, person, key, about, by=by, at=at)
    for wish, way in zip(wishes, ways, strict=True):
        booking = Booking(
            order=order,
            holding_id=wish.holding,
            quantity=wish.quantity,
            state=State.BOOKED,
            booked_at=at,
            changed_at=at,
        )
        follow(booking, way)
        booking.save()
        hand_out(booking=booking, items=by_holding[wish.holding], by=by, at=at)
    return order


def _over_the_desk(
    unit: Organisation, person: Person | None, holdings: dict[int, Holding], wishes: Sequence[Wish], at: datetime
) -> list[Journey]:
    """The days that each takes, when all can be had; the holdings are locked."""
    today, conditions = localdate(at), conditions_of(holdings.values())
    for wish in wishes:
        fault = wrong_days(wish.use_from, wish.use_to, today, conditions[wish.holding])
        if fault is not None:
            raise UnableToLend(days_told(fault, conditions[wish.holding])[1], field="use_to")
    plan = plan_for(unit, start=today, end=wishes[0].use_to + LOOK_AHEAD * DAY)
    table = Table(unit, today, at, plan, holdings, conditions)
    ways = [at_desk(plan, conditions[wish.holding], today, wish.use_to) for wish in wishes]
    wrong = suspended(table, wishes, person) or none_free(table, wishes, ways) or over_quota(table, wishes, person)
    if wrong:
        raise UnableToLend(wrong[0].reason, field=wrong[0].field or None)
    return ways


def _lent(rows: Sequence[Booking], at: datetime) -> None:
    """Count the loans: one line for each booking that left."""
    facts = [FactLine(row.order.unit_id, row.holding, row.quantity, row.days()) for row in rows]
    count(FactKind.LOAN, facts, day=localdate(at))
