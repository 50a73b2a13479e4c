"""Stand in the queue, leave it, and answer an offer."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from resursnav.deliver.stock.models import Holding, Item
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from ..conditions import FURTHEST, last_day
from ..counting import conditions_of
from ..models import QUEUED, FactKind, Happened, QueueEntry, QueueState, State
from ..wishes import Wish
from . import letters
from .held import keep, move, settle
from .replanning import replan
from .telling import FactLine, UnableToLend, UnableToOrder, check, count, happened
from .weighing import lay_table, suspended, weigh


@transaction.atomic
def join_queue(
    *,
    holding: Holding,
    unit: Organisation,
    person: Person,
    quantity: int,
    days: int,
    earliest: date,
    latest: date,
    by: Person | None,
    at: datetime,
    for_class: str = "",
) -> QueueEntry:
    """Wait for copies that can be used for so many days and from some day between the two.

    What is free now is offered at once. Refuses what could never be had: past days, too long, too many, no right.
    """
    [locked] = Holding.objects.locked([holding.pk])
    _possible(locked, quantity, days, earliest, latest, localdate(at))
    wish = Wish(locked.pk, latest, last_day(latest, days), quantity)
    table = lay_table(unit=unit, wishes=[wish], at=at)
    _ways, wrong = weigh(table, [wish])
    if wrong := wrong or suspended(table, [wish], person):
        raise UnableToOrder(wrong)
    entry = QueueEntry(
        holding=locked,
        unit=unit,
        person=person,
        quantity=quantity,
        days=days,
        earliest=max(earliest, localdate(at)),
        latest=latest,
        for_class=" ".join(clean(for_class).split()),
        joined_at=at,
    )
    check(entry)
    entry.save()
    replan([locked.pk], at=at)
    entry.refresh_from_db()
    if entry.state == QueueState.WAITING:
        letters.queued(entry, by=by, at=at)
    return entry


def _possible(holding: Holding, quantity: int, days: int, earliest: date, latest: date, today: date) -> None:
    """Refuse what could never be had, each at its field."""
    if latest < earliest:
        raise UnableToLend(_("Den senaste dagen kan inte komma före den tidigaste."), field="latest")
    if latest < today:
        raise UnableToLend(_("Den senaste dagen har redan varit."), field="latest")
    if (latest - today).days > FURTHEST:
        raise UnableToLend(_("Det går att vänta högst ett år."), field="latest")
    longest = conditions_of([holding])[holding.pk].longest_days
    if not 1 <= days <= longest:
        raise UnableToLend(_("Skriv ett antal dagar från 1 till %(most)d.") % {"most": longest}, field="days")
    copies = Item.objects.lendable().filter(holding=holding).count()
    if not 1 <= quantity <= copies:
        raise UnableToLend(_("Skriv ett antal från 1 till %(most)d.") % {"most": copies}, field="quantity")


@transaction.atomic
def leave_queue(*, entry: QueueEntry, by: Person | None, at: datetime) -> QueueEntry:
    """Wait no longer, or say no to an offer: it goes to the next."""
    return _end(entry, QueueState.LEFT, at, by=by)


@transaction.atomic
def accept_offer(*, entry: QueueEntry, by: Person | None, at: datetime) -> QueueEntry:
    """Say yes: the offer becomes a booking."""
    found = _held(entry)
    if found.state != QueueState.OFFERED or found.booking is None:
        raise UnableToLend(_("Erbjudandet gäller inte längre."))
    if found.answer_by is not None and found.answer_by < at:
        raise UnableToLend(_("Tiden att svara har gått ut, och erbjudandet har gått vidare."))
    booking = found.booking
    asked = conditions_of([found.holding])[found.holding_id].needs_approval
    move([booking], State.ASKED if asked else State.BOOKED, at=at)
    keep([booking])
    happened(Happened.ORDERED, [booking], by=by, at=at)
    _close(found, QueueState.ACCEPTED, at)
    letters.ordered(booking.order, [booking], by=by, at=at)
    return found


@transaction.atomic
def expire_offer(*, entry: QueueEntry, by: Person | None, at: datetime) -> QueueEntry:
    """Nobody answered in time: the offer goes to the next."""
    found = _held(entry)
    if found.state != QueueState.OFFERED or found.answer_by is None or found.answer_by > at:
        return found
    ended = _end(found, QueueState.EXPIRED, at, by=by)
    letters.expired(ended, at=at)
    return ended


def _end(entry: QueueEntry, state: QueueState, at: datetime, *, by: Person | None) -> QueueEntry:
    found = _held(entry)
    if found.state not in QUEUED:
        raise UnableToLend(_("Du står inte i kön längre."))
    booking = found.booking
    _close(found, state, at)
    if booking is not None:
        move([booking], State.CANCELLED, at=at)
        keep([booking])
        happened(Happened.CANCELLED, [booking], by=by, at=at)
        settle([booking.order_id], at=at)
    replan([found.holding_id], at=at)
    return found


def _held(entry: QueueEntry) -> QueueEntry:
    Holding.objects.locked([entry.holding_id])
    rows = QueueEntry.objects.select_related("holding__resource", "unit", "person", "booking__order__unit")
    found: QueueEntry = rows.select_related("booking__order__person", "booking__order__owner").get(pk=entry.pk)
    if found.booking is not None:
        found.booking.holding = found.holding
    return found


def _close(entry: QueueEntry, state: QueueState, at: datetime) -> None:
    entry.state, entry.ended_at, entry.answer_by = state, at, None
    entry.save(update_fields=["state", "ended_at", "answer_by"])
    waited = (localdate(at) - localdate(entry.joined_at)).days
    count(FactKind.WAIT, [FactLine(entry.unit_id, entry.holding, entry.quantity, waited)], day=localdate(at))
