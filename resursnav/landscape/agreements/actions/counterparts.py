"""Keep the counterparts: whom one has agreements with."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.people.models import Person
from resursnav.foundation.threads.actions import record
from resursnav.kernel.text import clean

from .. import organisation_numbers
from ..facts import CounterpartFacts, values
from ..models import Counterpart
from .telling import UnableToAgree, check

OWNERS = (Kind.REGION, Kind.MUNICIPALITY)


@transaction.atomic
def add_counterpart(*, owner: Organisation, facts: CounterpartFacts, by: Person | None, at: datetime) -> Counterpart:
    """Make a counterpart known to a region or a municipality."""
    if owner.kind not in OWNERS:
        raise UnableToAgree(_("Avtal tecknas av en region eller en kommun."), field="owner")
    made = Counterpart(owner=owner, **values(_cleaned(facts)))
    return _keep(made, "agreements.counterpart_added", {}, by, at)


@transaction.atomic
def edit_counterpart(
    *, counterpart: Counterpart, facts: CounterpartFacts, by: Person | None, at: datetime
) -> Counterpart:
    """Say something else about the counterpart."""
    found = Counterpart.objects.select_for_update(no_key=True).get(pk=counterpart.pk)
    before = {name: getattr(found, name) for name in values(facts)}
    for name, value in values(_cleaned(facts)).items():
        setattr(found, name, value)
    return _keep(found, "agreements.counterpart_edited", before, by, at)


def _cleaned(facts: CounterpartFacts) -> CounterpartFacts:
    number = organisation_numbers.bare(facts.number)
    if number and not organisation_numbers.is_valid(number):
        raise UnableToAgree(
            _("Organisationsnumret stämmer inte. Kontrollera siffrorna; det ser ut som 555555-5555."), field="number"
        )
    return replace(facts, name=" ".join(clean(facts.name).split()), number=number, note=clean(facts.note))


def _keep(
    counterpart: Counterpart, verb: str, before: dict[str, object], by: Person | None, at: datetime
) -> Counterpart:
    others = Counterpart.objects.filter(owner=counterpart.owner_id).exclude(pk=counterpart.pk)
    if others.named(counterpart.name).exists():
        raise UnableToAgree(_("Det finns redan en motpart med det namnet."), field="name")
    check(counterpart)
    counterpart.save()
    after = {name: getattr(counterpart, name) for name in ("name", "number", "email", "phone", "website", "note")}
    if before != after:
        record(
            verb=verb, thing=counterpart, organisation=counterpart.owner_id, by=by, at=at, before=before, after=after
        )
    return counterpart
