"""Bring in the loans of an old system, or of an invented county: hundreds of thousands, written as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from itertools import islice
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import make_aware

from resursnav.deliver.resources.models import SubjectTerm
from resursnav.deliver.resources.vocabulary import SubjectScheme
from resursnav.deliver.stock.models import Holding
from resursnav.foundation.organisations.models import Branch, Kind, Organisation
from resursnav.foundation.people.models import Person
from resursnav.foundation.threads.actions import Thing, record

from ..models import Allocation, Booking, FactKind, LoanFact, Order, State
from ..past import DAY, PastLoan

BATCH = 5_000
KIND = "lending.history"
ORDERED_BEFORE = 20  # days


@transaction.atomic
def bring_in(
    *,
    owner: Organisation,
    loans: Iterable[PastLoan],
    name: str,
    by: Person | None,
    at: datetime,
    facts: bool = True,
) -> int:
    """Write the loans as they were, without borrowers, and the log gets one line; how many they were.

    Those with a copy are over, and counted in the statistics if `facts`; those without are booked. Nobody is told.
    The caller has seen to it that no copy is in two places, which the database refuses, and that what is booked can
    be had, which `audit.faults` is asked.
    """
    lines, count = iter(loans), 0
    while batch := list(islice(lines, BATCH)):
        _write(owner, batch)
        if facts:
            _count(owner, [loan for loan in batch if loan.item is not None])
        count += len(batch)
    if count:
        record(verb="lending.brought_in", thing=Thing(KIND, name), organisation=owner, by=by, at=at,
               after={"new": count})  # fmt: skip
    return count


def _write(owner: Organisation, loans: list[PastLoan]) -> None:
    orders = Order.objects.bulk_create(_order(owner, loan) for loan in loans)
    bookings = Booking.objects.bulk_create(_booking(order, loan) for order, loan in zip(orders, loans, strict=True))
    Allocation.objects.bulk_create(
        Allocation(booking=booking, item_id=loan.item, starts=loan.leaves, ends=loan.free, open=False)
        for booking, loan in zip(bookings, loans, strict=True)
        if loan.item is not None
    )


def _order(owner: Organisation, loan: PastLoan) -> Order:
    placed, ended = _times(loan)
    return Order(
        owner=owner, unit_id=loan.unit, placed_at=placed, key=uuid4(), closed_at=ended, forgotten_at=ended
    )  # fmt: skip


def _booking(order: Order, loan: PastLoan) -> Booking:
    placed, ended = _times(loan)
    return Booking(
        order=order,
        holding_id=loan.holding,
        quantity=1,
        state=State.BOOKED if ended is None else State.CHECKED,
        use_from=loan.use_from,
        use_to=loan.use_to,
        leave_date=loan.leaves,
        hand_over_date=loan.hand_over,
        back_date=loan.back,
        blocked_from=loan.leaves,
        blocked_to=loan.free,
        booked_at=placed,
        changed_at=ended or placed,
        ended_at=ended,
    )


def _times(loan: PastLoan) -> tuple[datetime, datetime | None]:
    """When it was ordered, and when it was over."""
    nine = time(9)
    placed = make_aware(datetime.combine(loan.leaves - ORDERED_BEFORE * DAY, nine))
    return placed, None if loan.item is None else make_aware(datetime.combine(loan.free, nine))


def _count(owner: Organisation, loans: list[PastLoan]) -> None:
    """A fact for each, dated when it left; in four statements."""
    holdings = Holding.objects.in_bulk({loan.holding for loan in loans})
    resources = {holding.resource_id for holding in holdings.values()}
    above = Branch.objects.filter(descendant__in={loan.unit for loan in loans}, ancestor__kind=Kind.MUNICIPALITY)
    towns = dict(above.values_list("descendant_id", "ancestor_id"))
    subjects = _subjects(resources)
    LoanFact.objects.bulk_create(
        LoanFact(
            what=FactKind.LOAN,
            day=loan.leaves,
            owner=owner,
            unit_id=loan.unit,
            municipality_id=towns.get(loan.unit),
            holding_id=loan.holding,
            resource_id=holdings[loan.holding].resource_id,
            media_type=holdings[loan.holding].media_type,
            kind=holdings[loan.holding].kind,
            subjects=subjects.get(holdings[loan.holding].resource_id, []),
            days=loan.days,
        )
        for loan in loans
    )


def _subjects(resources: Iterable[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = SubjectTerm.objects.filter(scheme=SubjectScheme.SCHOOL, resources__in=resources).order_by("code")
    for resource, code in rows.values_list("resources", "code"):
        found.setdefault(resource, []).append(code)
    return found
