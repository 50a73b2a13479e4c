"""What rights add to pages further down: the title lists on an agreement's page, "may we use it" on a resource's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from resursnav.deliver.resources.models import Resource
from resursnav.foundation.access import may as may_do
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.landscape.agreements.models import Agreement, WayOfUse
from resursnav.landscape.agreements.rules import SEE as SEE_AGREEMENT
from resursnav.landscape.agreements.terms import Way

from . import may
from .contents import lists_of
from .places import forms_of, places_of
from .rules import EDIT_TITLES


@dataclass(frozen=True, slots=True)
class Answer:
    """One way of use: what it is called, the verdict, and the agreement for those who may see it."""

    way: str
    verdict: may.Verdict
    agreement: Agreement | None


def lines_for(resource: Resource, place: Organisation | None, person: Any, day: date) -> list[Answer]:
    """Every way of use at the place, what is allowed first; in at most three statements."""
    verdicts = may.ask_all([resource], place=place, day=day, forms=forms_of(place))[resource.pk]
    keys = {verdict.agreement_id for verdict in verdicts.values() if verdict.agreement_id}
    seen: dict[int, Agreement] = {}
    if keys and may_do(person, SEE_AGREEMENT):
        seen = Agreement.objects.visible_to(person, SEE_AGREEMENT).in_bulk(keys)
    labels = dict(WayOfUse.choices)
    lines = [Answer(str(labels[way.value]), verdicts[way], seen.get(verdicts[way].agreement_id or 0)) for way in Way]
    return sorted(lines, key=lambda line: not line.verdict.allowed)


def for_resource(resource: Resource, person: Any) -> dict[str, Any]:
    """ "May we use it?" for the person's place; for strangers what holds everywhere.

    A centre asks for no place in particular, so it is only shown the way to ask for one.
    """
    places = places_of(person)
    place = places[0] if places else None
    at_centre = place is not None and place.kind == Kind.REGION
    lines = [] if at_centre else lines_for(resource, place, person, timezone.localdate())
    return {
        "resource": resource,
        "place": place,
        "at_centre": at_centre,
        "places": places,
        "allowed": [line for line in lines if line.verdict.allowed],
        "refused": [line for line in lines if not line.verdict.allowed],
    }


def for_agreement(agreement: Agreement, person: Any) -> dict[str, Any] | None:
    """The agreement's title lists with what stands in them."""
    lists = lists_of(agreement)
    may_edit = may_do(person, EDIT_TITLES, agreement)
    if not lists and not may_edit:
        return None
    return {"lists": lists, "agreement": agreement, "may_edit": may_edit}
