"""Keep those who carry."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.organisations.names import name_key
from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from ..facts import CarrierFacts, values
from ..models import Carrier, Route
from .telling import UnableToTransport, check, recorded


@transaction.atomic
def add_carrier(*, owner: Organisation, facts: CarrierFacts, by: Person | None, at: datetime) -> Carrier:
    """Say that somebody carries for the centre."""
    if owner.kind != Kind.REGION:
        raise UnableToTransport(_("Transporter hör till ett centrum, alltså en region."), field="owner")
    made = Carrier(owner=owner, **values(_cleaned(facts)))
    _keep(made)
    recorded("carrier_added", made, owner.pk, by=by, at=at, after=snapshot(made), plans=False)
    return made


@transaction.atomic
def edit_carrier(*, carrier: Carrier, facts: CarrierFacts, by: Person | None, at: datetime) -> Carrier:
    """Say something else about the carrier; how it goes cannot change under the routes that stand on it."""
    found = Carrier.objects.select_for_update(no_key=True).get(pk=carrier.pk)
    if facts.way != found.way and found.routes.exists():
        raise UnableToTransport(
            _("Det finns turer som går så här. Lägg till en ny transportör och flytta turerna dit."), field="way"
        )
    before = snapshot(found)
    for name, value in values(_cleaned(facts)).items():
        setattr(found, name, value)
    _keep(found)
    if before != (after := snapshot(found)):
        recorded("carrier_edited", found, found.owner_id, by=by, at=at, before=before, after=after, plans=False)
    return found


@transaction.atomic
def remove_carrier(*, carrier: Carrier, by: Person | None, at: datetime) -> None:
    """Take away a carrier that never had a route."""
    found = Carrier.objects.select_for_update().get(pk=carrier.pk)
    if Route.objects.filter(carrier=found).exists():
        raise UnableToTransport(_("Transportören har turer, också sådana som har slutat. Då står den kvar."))
    recorded("carrier_removed", found, found.owner_id, by=by, at=at, before=snapshot(found), plans=False)
    found.delete()


def snapshot(carrier: Carrier) -> dict[str, str]:
    """What the carrier says now, as plain values for the log."""
    said = {name: str(getattr(carrier, name)) for name in ("name", "phone", "email", "note")}
    return {**said, "way": str(carrier.get_way_display())}


def _keep(carrier: Carrier) -> None:
    others = Carrier.objects.filter(owner=carrier.owner_id, name_key=name_key(carrier.name)).exclude(pk=carrier.pk)
    if others.exists():
        raise UnableToTransport(_("Det finns redan en transportör med det namnet."), field="name")
    check(carrier)
    carrier.save()


def _cleaned(facts: CarrierFacts) -> CarrierFacts:
    return replace(
        facts, name=" ".join(clean(facts.name).split()), phone=" ".join(clean(facts.phone).split()),
        note=clean(facts.note),
    )  # fmt: skip
