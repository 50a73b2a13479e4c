"""What every verb of lending says afterwards: a line in the order's story, and facts for the statistics."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from resursnav.deliver.resources.models import SubjectTerm
from resursnav.deliver.resources.vocabulary import SubjectScheme
from resursnav.deliver.stock.models import Holding
from resursnav.foundation.keeping.prepared import Prepared
from resursnav.foundation.organisations.models import Branch, Kind
from resursnav.foundation.people.models import Person
from resursnav.foundation.threads.verbs import declare
from resursnav.kernel.errors import Unable

from ..models import Booking, FactKind, Happened, LoanFact, Order, OrderEvent, Why
from ..wishes import Refusal

_LABELS = {"unit": _("enhet"), "person": _("person"), "until": _("till och med")}
for code, sentence in (
    ("rule_set", _("{who} ändrade lånevillkoren {what}")),
    ("rule_removed", _("{who} tog bort lånevillkoren {what}")),
    ("suspended", _("{who} spärrade lån: {what}")),
    ("lifted", _("{who} hävde spärren: {what}")),
    ("brought_in", _("{who} läste in gamla lån: {what}")),
    ("invoice_settled", _("{who} hanterade underlaget {what}")),
):
    declare(f"lending.{code}", sentence, _LABELS)


class UnableToLend(Unable):
    """It cannot be done with this loan."""


class UnableToOrder(UnableToLend):
    """What was asked for cannot be had: why for each line, and what can be had instead."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__(refusals[0].reason, field=refusals[0].field)
        self.refusals = list(refusals)


@dataclass(frozen=True, slots=True)
class FactLine:
    """One thing to count: so many of a holding for a unit."""

    unit_id: int
    holding: Holding
    quantity: int = 1
    days: int = 0
    why: Why | None = None


def happened(
    what: Happened, bookings: Iterable[Booking], *, by: Person | None, at: datetime, **said: Any
) -> list[OrderEvent]:
    """Write the same line in the story of each booking, in one statement."""
    return OrderEvent.objects.bulk_create(
        [
            OrderEvent(order_id=booking.order_id, booking=booking, what=what, at=at, by=by, said=said)
            for booking in bookings
        ]
    )


def happened_to(order: Order, what: Happened, *, by: Person | None, at: datetime, **said: Any) -> OrderEvent:
    """Write a line in the story of the whole order."""
    return OrderEvent.objects.create(order=order, what=what, at=at, by=by, said=said)


def count(what: FactKind, lines: Sequence[FactLine], *, day: date) -> None:
    """Keep facts for the statistics, in three statements; nobody's name is in them."""
    if not lines:
        return
    units, resources = {line.unit_id for line in lines}, {line.holding.resource_id for line in lines}
    towns: dict[int, int] = dict(_towns.rows(list(units)))
    subjects: dict[int, list[str]] = {}
    for resource, subject in _subjects.rows(list(resources)):
        subjects.setdefault(resource, []).append(subject)
    LoanFact.objects.bulk_create(
        [
            LoanFact(
                what=what,
                day=day,
                owner_id=line.holding.owner_id,
                unit_id=line.unit_id,
                municipality_id=towns.get(line.unit_id),
                holding=line.holding,
                resource_id=line.holding.resource_id,
                media_type=line.holding.media_type,
                kind=line.holding.kind,
                subjects=subjects.get(line.holding.resource_id, []),
                quantity=line.quantity,
                days=line.days,
                why=line.why or "",
            )
            for line in lines
        ]
    )


def _above(units: Collection[int]) -> QuerySet[Any]:
    rows = Branch.objects.filter(descendant__in=units, ancestor__kind=Kind.MUNICIPALITY)
    return rows.values_list("descendant_id", "ancestor_id")


def _school_subjects(resources: Collection[int]) -> QuerySet[Any]:
    rows = SubjectTerm.objects.filter(scheme=SubjectScheme.SCHOOL, resources__in=resources)
    return rows.order_by("code").values_list("resources", "code")


_towns, _subjects = Prepared(_above), Prepared(_school_subjects)


def check(thing: Model) -> None:
    """Let the model say what is wrong, at the right field, before the database refuses the whole."""
    try:
        thing.full_clean()
    except ValidationError as wrong:
        name, messages = next(iter(wrong.message_dict.items()))
        raise UnableToLend(messages[0], field=None if name == "__all__" else name) from wrong
