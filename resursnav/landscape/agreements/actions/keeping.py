"""Register an agreement, change it, extend it and end it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.foundation.threads.actions import plant, rename
from resursnav.kernel.text import clean

from .. import notice
from ..facts import AgreementFacts, CounterpartFacts, values
from ..models import Agreement, PastPeriod, PriceRule, Renewal
from .counterparts import OWNERS, add_counterpart
from .telling import UnableToAgree, check, held, recorded

KIND = "agreement"
FIRST_YEAR, LAST_YEAR = 1950, 2150
MOST_MONTHS = 240
COLUMNS = tuple(one for one in AgreementFacts.__dataclass_fields__ if one != "counterpart")


@transaction.atomic
def register(*, owner: Organisation, facts: AgreementFacts, by: Person | None, at: datetime) -> Agreement:
    """Write down an agreement of a region or a municipality; its story begins here."""
    if owner.kind not in OWNERS:
        raise UnableToAgree(_("Avtal tecknas av en region eller en kommun."), field="owner")
    facts = _cleaned(facts, owner, by, at)
    node = plant(kind=KIND, title=facts.title, organisation=owner, by=by, at=at)
    agreement = Agreement(node=node, owner=owner, updated_at=at, **values(facts))
    _keep(agreement)
    recorded("registered", agreement, by=by, at=at, after=snapshot(agreement))
    return agreement


@transaction.atomic
def edit(
    *, agreement: Agreement, facts: AgreementFacts, by: Person | None, at: datetime, seen_at: datetime | None = None
) -> Agreement:
    """Say something else about the agreement. `seen_at` is its updated_at when the form was opened.

    Raises Overtaken when somebody else saved in between, so that nobody's work is written over unseen.
    """
    found = held(agreement, seen_at)
    before = snapshot(found)
    for name, value in values(_cleaned(facts, found.owner, by, at)).items():
        setattr(found, name, value)
    if found.terminated_date and found.valid_to is None:
        raise UnableToAgree(_("Avtalet är uppsagt och måste ha en sista dag."), field="valid_to")
    found.updated_at = at
    _keep(found)
    if found.title != before["title"]:
        rename(node=found.node, title=found.title, by=by, at=at)
    after = snapshot(found)
    if after != before:
        recorded("edited", found, by=by, at=at, before=before, after=after)
    return found


@transaction.atomic
def extend(
    *,
    agreement: Agreement,
    valid_to: date | None,
    by: Person | None,
    at: datetime,
    price: Decimal | None = None,
    seen_at: datetime | None = None,
) -> Agreement:
    """Let a new period follow on the one that is; `valid_to` is the day after its last, None until further notice.

    The period that was stays readable with its price; without `price` the same holds on.
    """
    found = held(agreement, seen_at)
    if found.terminated_date is not None:
        raise UnableToAgree(_("Avtalet är uppsagt. Ta tillbaka uppsägningen om det ska fortsätta."))
    if found.valid_to is None:
        raise UnableToAgree(_("Avtalet gäller tills vidare och har ingen period att förlänga."))
    if valid_to is not None and valid_to <= found.valid_to:
        raise UnableToAgree(_("Den nya sista dagen måste komma efter den som gäller nu."), field="valid_to")
    return _extend(found, valid_to, price, by, at)


@transaction.atomic
def roll_over(*, agreement: Agreement, day: date, by: Person | None, at: datetime) -> Agreement:
    """Let an agreement that extends itself go into the period that the day lies in; nothing when it already has."""
    found = held(agreement, None)
    while found.extends and found.valid_to is not None and found.renewal_months and found.valid_to <= day:
        found = _extend(found, notice.add_months(found.valid_to, found.renewal_months), None, by, at)
    return found


@transaction.atomic
def terminate(
    *,
    agreement: Agreement,
    reason: str,
    by: Person | None,
    at: datetime,
    given: date | None = None,
    ends: date | None = None,
) -> Agreement:
    """Give notice, with the reason; `ends` is the day after the last one, reckoned from the agreement without it."""
    found, reason = held(agreement, None), clean(reason)
    given = given or localdate(at)
    if found.terminated_date is not None:
        raise UnableToAgree(_("Avtalet är redan uppsagt."))
    if not reason:
        raise UnableToAgree(_("Skriv varför avtalet sägs upp."), field="reason")
    if given > localdate(at):
        raise UnableToAgree(_("Dagen har inte varit än. Skriv den dag då uppsägningen skickades."), field="given")
    ends = ends or notice.end_of_notice(found.deed(), given, found.notice_by)
    if ends <= found.valid_from:
        raise UnableToAgree(_("Avtalet kan inte upphöra innan det har börjat gälla."), field="ends")
    before = snapshot(found)
    found.terminated_date, found.terminated_reason, found.valid_to, found.updated_at = given, reason, ends, at
    _keep(found)
    recorded("terminated", found, by=by, at=at, before=before, after=snapshot(found), said=reason)
    return found


@transaction.atomic
def resume(
    *, agreement: Agreement, reason: str, by: Person | None, at: datetime, valid_to: date | None = None
) -> Agreement:
    """Take a notice back, when both sides want to go on; `valid_to` is the day after the last one from now on."""
    found, reason = held(agreement, None), clean(reason)
    if found.terminated_date is None:
        raise UnableToAgree(_("Avtalet är inte uppsagt."))
    if not reason:
        raise UnableToAgree(_("Skriv vad ni har kommit överens om."), field="reason")
    before = snapshot(found)
    found.terminated_date, found.terminated_reason, found.valid_to, found.updated_at = None, "", valid_to, at
    _keep(found)
    recorded("resumed", found, by=by, at=at, before=before, after=snapshot(found), said=reason)
    return found


def snapshot(agreement: Agreement) -> dict[str, Any]:
    """What the agreement says now, as plain values for the log."""
    said = {name: getattr(agreement, name) for name in (*COLUMNS, "terminated_date")}
    return {**said, "counterpart": agreement.counterpart.name}


def _extend(
    agreement: Agreement, valid_to: date | None, price: Decimal | None, by: Person | None, at: datetime
) -> Agreement:
    before, ended = snapshot(agreement), agreement.valid_to
    if ended is None:  # pragma: no cover  # both callers have asked
        return agreement
    PastPeriod.objects.create(
        agreement=agreement,
        valid_from=_began(agreement),
        valid_to=ended,
        price=agreement.price_on(ended - notice.DAY),
        extended_at=at,
    )
    if price is not None:
        agreement.price, agreement.price_date = price, ended if agreement.price_date else None
    if agreement.notice_date is not None:
        # What was agreed for one period says nothing of the next, unless that one comes by itself.
        by_itself = agreement.renewal_months if agreement.extends else None
        agreement.notice_date = notice.add_months(agreement.notice_date, by_itself) if by_itself else None
    agreement.valid_to, agreement.updated_at = valid_to, at
    if valid_to is None:
        agreement.renewal, agreement.renewal_months = Renewal.ENDS, None
    _keep(agreement)
    recorded("extended", agreement, by=by, at=at, before=before, after=snapshot(agreement))
    return agreement


def _began(agreement: Agreement) -> date:
    """When the period that is now began: where the last one ended."""
    last = PastPeriod.objects.filter(agreement=agreement).order_by("-valid_to").first()
    return last.valid_to if last else agreement.valid_from


def _cleaned(facts: AgreementFacts, owner: Organisation, by: Person | None, at: datetime) -> AgreementFacts:
    """Tidy texts, and nothing kept that the choices make meaningless."""
    counterpart = facts.counterpart
    if isinstance(counterpart, str):
        counterpart = add_counterpart(owner=owner, facts=CounterpartFacts(counterpart), by=by, at=at)
    if counterpart.owner_id != owner.pk:
        raise UnableToAgree(_("Motparten hör till en annan organisation."), field="counterpart")
    follows = facts.price_rule != PriceRule.FIXED
    return replace(
        facts,
        counterpart=counterpart,
        title=" ".join(clean(facts.title).split()),
        number=" ".join(clean(facts.number).split()),
        about=clean(facts.about),
        note=clean(facts.note),
        renewal_months=facts.renewal_months if facts.renewal == Renewal.EXTENDS else None,
        price_percent=facts.price_percent if facts.price_rule == PriceRule.PERCENT else None,
        price_index=clean(facts.price_index) if facts.price_rule == PriceRule.INDEX else "",
        price_date=facts.price_date if follows else None,
    )


def _keep(agreement: Agreement) -> None:
    """Reckon the last day for notice, check and save; who ends an agreement has no more notice to give."""
    _within_reason(agreement)
    reckoned = agreement.notice_date or notice.notice_date(agreement.valid_to, agreement.notice_months)
    agreement.notice_by = None if agreement.terminated_date else reckoned
    check(agreement)
    agreement.save()


def _within_reason(agreement: Agreement) -> None:
    """Refuse what is a slip of the finger, and what no calendar could reckon with."""
    for name in ("valid_from", "valid_to", "notice_date", "price_date"):
        day = getattr(agreement, name)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise UnableToAgree(
                _("Skriv ett år mellan %(first)s och %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}, field=name
            )
    for name in ("notice_months", "renewal_months"):
        if (getattr(agreement, name) or 0) > MOST_MONTHS:
            raise UnableToAgree(_("Högst %(most)s månader.") % {"most": MOST_MONTHS}, field=name)
