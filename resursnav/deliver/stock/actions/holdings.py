"""Open a holding and say something else about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.vocabulary import MediaType
from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from ..facts import HoldingFacts, values
from ..models import PHYSICAL, USUAL_KIND, Holding, LoanKind
from .telling import UnableToStock, check, held, recorded


@transaction.atomic
def open_holding(*, resource: Resource, facts: HoldingFacts, by: Person | None, at: datetime) -> Holding:
    """Begin to have the resource on the shelf in one form; the centre that answers for the resource owns it."""
    facts = _cleaned(facts)
    if not resource.editions.filter(media_type=facts.media_type).exists():
        raise UnableToStock(
            _("Resursen finns inte i den formen. Lägg först till utgåvan på resursens sida."), field="media_type"
        )
    holding = Holding(owner=resource.owner, resource=resource, updated_at=at, **values(facts))
    check(holding)
    holding.save()
    recorded("opened", holding, by=by, at=at, after=snapshot(holding))
    return holding


@transaction.atomic
def edit_holding(
    *, holding: Holding, facts: HoldingFacts, by: Person | None, at: datetime, seen_at: datetime | None = None
) -> Holding:
    """Say something else about the holding; its form is what it is."""
    found, facts = held(holding, seen_at), _cleaned(facts)
    if facts.media_type != found.media_type:
        raise UnableToStock(
            _("Ett bestånd byter inte form. Lägg upp ett nytt för den andra formen."), field="media_type"
        )
    before = snapshot(found)
    for name, value in values(facts).items():
        setattr(found, name, value)
    found.updated_at = at
    check(found)
    found.save()
    if before != snapshot(found):
        recorded("edited", found, by=by, at=at, before=before, after=snapshot(found))
    return found


def snapshot(holding: Holding) -> dict[str, Any]:
    """What is said of the holding now, as plain values for the log."""
    said = {name: getattr(holding, name) for name in ("name", "number", "bookable", "note")}
    return {**said, "kind": str(holding.get_kind_display()), "media_type": str(holding.get_media_type_display())}


def _cleaned(facts: HoldingFacts) -> HoldingFacts:
    if facts.media_type not in PHYSICAL:
        raise UnableToStock(_("Välj en form som kan stå på en hylla."), field="media_type")
    return replace(
        facts,
        name=" ".join(clean(facts.name).split()),
        number=" ".join(clean(facts.number).split()),
        note=clean(facts.note),
        kind=facts.kind or USUAL_KIND.get(MediaType(facts.media_type), LoanKind.MEDIA),
    )
