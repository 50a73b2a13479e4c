"""Order, and undo it: all lines or none, and what can be had instead for each that cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from resursnav.deliver.stock.models import Holding
from resursnav.foundation.access import may
from resursnav.foundation.keeping.prepared import Prepared
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from ..conditions import Journey
from ..models import Booking, FactKind, Happened, Order, State
from ..rules import WORK
from ..wishes import Wish
from . import letters
from .held import follow
from .telling import FactLine, UnableToLend, UnableToOrder, count, happened_to
from .weighing import Table, lay_table, none_free, over_quota, suspended, weigh

MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class About:
    """What the one who orders says of the loan."""

    for_class: str = ""
    purpose: str = ""
    note: str = ""

    def cleaned(self) -> About:
        """The texts as they were meant, on one line each."""
        return About(*(" ".join(clean(text).split()) for text in (self.for_class, self.purpose, self.note)))


NOTHING_MORE = About()
_known = Prepared(lambda keys: Order.objects.filter(key__in=keys))


def order(
    *,
    unit: Organisation,
    person: Person | None,
    wishes: Sequence[Wish],
    key: UUID,
    by: Person | None,
    at: datetime,
    about: About = NOTHING_MORE,
) -> Order:
    """Book all the wishes for the unit, or nothing.

    `person` answers for the loan; `by` may be a colleague or the centre. `key` is made by whoever asks: the same key
    again gives the same order. Raises UnableToOrder with a refusal for each line that cannot be had; the refusals are
    counted for the statistics, outside the transaction that was rolled back.
    """
    if not 1 <= len(wishes) <= MOST_LINES:
        raise UnableToLend(_("Välj mellan 1 och %(most)d saker att boka.") % {"most": MOST_LINES})
    table = lay_table(unit=unit, wishes=wishes, at=at)
    try:
        _one_centre(table)
        at_centre = is_centre(by, table.holdings.values())
        return _order(table, unit, person, wishes, key, by, at, about, at_centre=at_centre)
    except UnableToOrder as refused:
        _note(refused, table, at)
        raise


def _one_centre(table: Table) -> None:
    if len({holding.owner_id for holding in table.holdings.values()}) > 1:
        raise UnableToLend(_("Sakerna finns på olika centrum. Gör en beställning för varje centrum."))
    if not table.unit.is_open(table.today):
        raise UnableToLend(_("Enheten är stängd och kan inte låna."), field="unit")


@transaction.atomic
def _order(
    table: Table,
    unit: Organisation,
    person: Person | None,
    wishes: Sequence[Wish],
    key: UUID,
    by: Person | None,
    at: datetime,
    about: About,
    *,
    at_centre: bool,
) -> Order:
    ways, wrong = weigh(table, wishes, at_centre=at_centre)
    Holding.objects.locked(table.holdings)
    known: list[Order] = _known.objects([key])
    if known:
        return known[0]
    wrong += suspended(table, wishes, person)
    wrong += none_free(table, wishes, ways)
    if not wrong:
        wrong += over_quota(table, wishes, person)
    if wrong:
        raise UnableToOrder(sorted(wrong, key=lambda one: one.line))
    made = open_order(table.holdings, unit, person, key, about, by=by, at=at)
    bookings = Booking.objects.bulk_create(
        [
            planned(table, made, wish, way, at_centre=at_centre, at=at)
            for wish, way in zip(wishes, ways, strict=True)
            if way is not None
        ]
    )
    for booking in bookings:
        booking.holding = table.holdings[booking.holding_id]
    letters.ordered(made, bookings, by=by, at=at)
    return made


def open_order(
    holdings: Mapping[int, Holding],
    unit: Organisation,
    person: Person | None,
    key: UUID,
    about: About,
    *,
    by: Person | None,
    at: datetime,
) -> Order:
    """Begin an order at the centre that has the holdings."""
    said = about.cleaned()
    made = Order.objects.create(
        owner_id=next(iter(holdings.values())).owner_id,
        unit=unit,
        person=person,
        placed_by=by,
        placed_at=at,
        key=key,
        for_class=said.for_class,
        purpose=said.purpose,
        note=said.note,
    )
    happened_to(made, Happened.ORDERED, by=by, at=at)
    return made


def is_centre(by: Person | None, holdings: Iterable[Holding]) -> bool:
    """Whether whoever books works at the centre that lends (nobody: the house itself, which may do as the centre)."""
    if by is None:
        return True
    owners = Organisation.objects.filter(pk__in={holding.owner_id for holding in holdings})
    return may(by, WORK) and owners.visible_to(by, WORK).exists()


def planned(table: Table, order: Order, wish: Wish, way: Journey, *, at_centre: bool, at: datetime) -> Booking:
    """The booking of a wish that can be had, not yet saved."""
    asked = table.conditions[wish.holding].needs_approval and not at_centre
    booking = Booking(
        order=order,
        holding_id=wish.holding,
        quantity=wish.quantity,
        state=State.ASKED if asked else State.BOOKED,
        booked_at=at,
        changed_at=at,
    )
    follow(booking, way)
    return booking


@transaction.atomic
def _note(refused: UnableToOrder, table: Table, at: datetime) -> None:
    """Count what could not be had: it says what the centre lacks."""
    count(
        FactKind.REFUSAL,
        [
            FactLine(table.unit.pk, table.holdings[one.wish.holding], min(max(one.wish.quantity, 1), 500), why=one.why)
            for one in refused.refusals
            if one.wish.holding in table.holdings
        ],
        day=localdate(at),
    )
