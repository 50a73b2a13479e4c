"""The centre's conditions, and what becomes of the bases for invoices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.keeping.actions import restamp
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.foundation.threads.actions import record
from resursnav.kernel.text import clean

from ..models import RULES, InvoiceBasis, LoanRule
from ..models.conditions import NUMBERS
from .telling import UnableToLend, check


@transaction.atomic
def set_rule(
    *,
    owner: Organisation,
    kind: str,
    prefix: str,
    said: Mapping[str, Any],
    by: Person | None,
    at: datetime,
    rule: LoanRule | None = None,
) -> LoanRule:
    """Conditions for a kind of thing, or for those whose number begins so; what is booked already stands as it is."""
    found = LoanRule.objects.select_for_update(no_key=True).get(pk=rule.pk) if rule else LoanRule(owner=owner)
    before = _snapshot(found) if rule else {}
    found.kind, found.prefix, found.updated_at = kind, " ".join(clean(prefix).split()), at
    for name in (*NUMBERS, "needs_approval"):
        setattr(found, name, said[name])
    check(found)
    found.save()
    record(
        verb="lending.rule_set", thing=found, organisation=owner, by=by, at=at, before=before, after=_snapshot(found)
    )
    restamp(RULES)
    return found


@transaction.atomic
def remove_rule(*, rule: LoanRule, by: Person | None, at: datetime) -> None:
    """The conditions of the kind, or the house's own, count instead."""
    record(verb="lending.rule_removed", thing=rule, organisation=rule.owner_id, by=by, at=at, before=_snapshot(rule))
    LoanRule.objects.filter(pk=rule.pk).delete()
    restamp(RULES)


def _snapshot(rule: LoanRule) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in ("kind", "prefix", *NUMBERS, "needs_approval")}


@transaction.atomic
def settle_invoices(*, rows: Iterable[InvoiceBasis], by: Person | None, at: datetime, dropped_reason: str = "") -> int:
    """They have been invoiced, or with a reason nothing is to be paid; returns how many were open."""
    reason = " ".join(clean(dropped_reason).split())
    if len(reason) > 300:
        raise UnableToLend(_("Skriv skälet med högst 300 tecken."), field="reason")
    done = 0
    for row in InvoiceBasis.objects.open().filter(pk__in=[row.pk for row in rows]).select_for_update(of=("self",)):
        row.settled_at, row.dropped_reason = at, reason
        row.save(update_fields=["settled_at", "dropped_reason"])
        record(verb="lending.invoice_settled", thing=row, organisation=row.owner_id, by=by, at=at, said=reason)
        done += 1
    return done
