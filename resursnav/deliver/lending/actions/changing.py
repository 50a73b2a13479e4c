"""What a borrower, or the centre, does with what has been booked: change, cancel, approve, renew, hand over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.deliver.transport.reading import plan_for
from resursnav.foundation.people.models import Person
from resursnav.foundation.ui.components.words import day_year
from resursnav.kernel.text import clean

from ..availability import DAY, Claim
from ..conditions import at_desk
from ..counting import conditions_of, profiles
from ..models import QUEUED, UNPACKED, Booking, FactKind, Happened, Order, QueueEntry, State, Why
from ..wishes import Wish
from . import letters
from .held import DAYS, follow, held, keep, move, settle, stretch
from .ordering import is_centre
from .replanning import replan
from .telling import FactLine, UnableToLend, UnableToOrder, count, happened, happened_to
from .weighing import LOOK_AHEAD, lay_table, none_free, over_quota, verdicts, weigh


def change(
    *, booking: Booking, use_from: date, use_to: date, quantity: int, by: Person | None, at: datetime
) -> Booking:
    """Other days or another number, as long as it has not been packed; what there was stays when it cannot be had."""
    wish = Wish(booking.holding_id, use_from, use_to, quantity)
    with transaction.atomic():
        [found] = held([booking], *UNPACKED)
        table = lay_table(unit=found.order.unit, wishes=[wish], at=at)
        at_centre = is_centre(by, [found.holding])
        ways, wrong = weigh(table, [wish], at_centre=at_centre)
        wrong += none_free(table, [wish], ways, without=[found.pk])
        if not wrong and quantity > found.quantity:
            wrong += over_quota(table, [wish], found.order.person, without=[found.pk])
        if wrong:
            raise UnableToOrder(wrong)
        said = {"from": found.use_from.isoformat(), "to": found.use_to.isoformat(), "quantity": found.quantity}
        for way in ways:
            if way is not None:
                follow(found, way)
        found.quantity, found.booked_at, found.bumped_from = quantity, at, ""
        asked = table.conditions[found.holding_id].needs_approval and not at_centre
        move([found], State.ASKED if asked else State.BOOKED, at=at)
        keep([found], "quantity", "booked_at", "bumped_from", *DAYS)
        happened(Happened.CHANGED, [found], by=by, at=at, **said)
        letters.changed(found, by=by, at=at)
        replan([found.holding_id], at=at)
    return found


@transaction.atomic
def cancel(*, bookings: Iterable[Booking], by: Person | None, at: datetime, reason: str = "") -> list[Booking]:
    """Take back what has not been packed; what comes free goes to those who wait."""
    rows = held(bookings, *UNPACKED)
    for row in rows:
        row.reason = " ".join(clean(reason).split())[:300]
    move(rows, State.CANCELLED, at=at)
    keep(rows, "reason")
    happened(Happened.CANCELLED, rows, by=by, at=at)
    settle((row.order_id for row in rows), at=at)
    letters.cancelled(rows, by=by, at=at)
    replan({row.holding_id for row in rows}, at=at)
    return rows


@transaction.atomic
def approve(*, bookings: Iterable[Booking], by: Person | None, at: datetime) -> list[Booking]:
    """Yes to what waited for the centre to decide."""
    rows = held(bookings, State.ASKED)
    move(rows, State.BOOKED, at=at)
    keep(rows)
    happened(Happened.APPROVED, rows, by=by, at=at)
    letters.approved(rows, by=by, at=at)
    return rows


@transaction.atomic
def refuse(*, bookings: Iterable[Booking], reason: str, by: Person | None, at: datetime) -> list[Booking]:
    """No, and why."""
    reason = " ".join(clean(reason).split())[:300]
    if not reason:
        raise UnableToLend(_("Skriv varför det inte går."), field="reason")
    rows = held(bookings, State.ASKED)
    for row in rows:
        row.reason = reason
    move(rows, State.REFUSED, at=at)
    keep(rows, "reason")
    happened(Happened.REFUSED, rows, by=by, at=at)
    facts = [FactLine(row.order.unit_id, row.holding, row.quantity, why=Why.DECIDED) for row in rows]
    count(FactKind.REFUSAL, facts, day=localdate(at))
    settle((row.order_id for row in rows), at=at)
    letters.refused(rows, by=by, at=at)
    replan({row.holding_id for row in rows}, at=at)
    return rows


@transaction.atomic
def renew(*, booking: Booking, use_to: date, by: Person | None, at: datetime) -> Booking:
    """Keep it longer, when the rule allows it, nobody waits and nobody has booked it after."""
    [found] = held([booking], State.SENT, State.OUT)
    today = localdate(at)
    conditions = conditions_of([found.holding])[found.holding_id]
    if found.renewals >= conditions.renewals:
        told = ngettext("Den kan lånas om %(n)d gång.", "Den kan lånas om %(n)d gånger.", conditions.renewals)
        raise UnableToLend(
            told % {"n": conditions.renewals} if conditions.renewals else _("Den kan inte lånas om."), field="use_to"
        )
    if use_to <= found.use_to:
        raise UnableToLend(_("Välj en dag efter %(day)s.") % {"day": day_year(found.use_to)}, field="use_to")
    if (use_to - max(found.use_to, today)).days > conditions.longest_days:
        told = ngettext(
            "Den kan förlängas högst %(days)d dag i taget.", "Den kan förlängas högst %(days)d dagar i taget.",
            conditions.longest_days,
        )  # fmt: skip
        raise UnableToLend(told % {"days": conditions.longest_days}, field="use_to")
    waiting = QueueEntry.objects.filter(holding=found.holding, state__in=QUEUED)
    if waiting.exists() or Booking.objects.filter(holding=found.holding, state=State.BUMPED).exists():
        raise UnableToLend(_("Andra väntar på den, så den kan inte lånas om."), field="use_to")
    _still_allowed(found, use_to, today)
    plan = plan_for(found.order.unit, start=today, end=use_to + LOOK_AHEAD * DAY)
    way = at_desk(plan, conditions, today, use_to)
    until = max(way.blocked_to, found.blocked_to)
    longer = Claim(max(found.blocked_to, today), until, found.quantity) if until > found.blocked_to else None
    if longer is not None:
        free = profiles([found.holding_id], start=longer.start, end=longer.end, today=today, without=[found.pk])
        if not free[found.holding_id].fits(longer):
            raise UnableToLend(_("Någon annan har bokat den efter dig, så den kan inte lånas om."), field="use_to")
    said = {"to": found.use_to.isoformat()}
    found.use_to, found.hand_over_date, found.back_date = use_to, way.hand_over_date, way.back_date
    found.blocked_to, found.renewals, found.changed_at, found.reminded = until, found.renewals + 1, at, None
    keep([found], "use_to", "hand_over_date", "back_date", "blocked_to", "renewals", "reminded")
    stretch([found])
    happened(Happened.RENEWED, [found], by=by, at=at, **said)
    letters.renewed(found, by=by, at=at)
    return found


def _still_allowed(booking: Booking, until: date, today: date) -> None:
    """The unit may still borrow it on all the days."""
    [(_pk, verdict)] = verdicts([booking.holding], booking.order.unit, today)
    if not verdict.allowed:
        raise UnableToLend(verdict.sentence, field="use_to")
    if verdict.until is not None and verdict.until <= until:
        told = _("Rätten att låna den upphör efter %(day)s.") % {"day": day_year(verdict.until - DAY)}
        raise UnableToLend(told, field="use_to")


@transaction.atomic
def hand_over(*, order: Order, to: Person, by: Person | None, at: datetime) -> Order:
    """A colleague at the same unit answers for the loans from now on."""
    found = Order.objects.select_for_update(no_key=True, of=("self",)).select_related("unit", "owner").get(pk=order.pk)
    if found.closed_at is not None:
        raise UnableToLend(_("Allt i beställningen är redan klart."))
    if to.pk == found.person_id:
        raise UnableToLend(_("Personen har redan lånet."), field="to")
    if not to.is_active or found.unit_id not in {post.node_id for post in to.every_standing()}:
        told = _("Lån kan lämnas över till någon som arbetar på %(unit)s.") % {"unit": found.unit.name}
        raise UnableToLend(told, field="to")
    before = found.person
    found.person = to
    found.save(update_fields=["person"])
    happened_to(found, Happened.HANDED_OVER, by=by, at=at)
    letters.handed_over(found, before, by=by, at=at)
    return found
