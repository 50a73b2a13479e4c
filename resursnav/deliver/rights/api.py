"""May we, how, until when? In the open interface, for up to a hundred resources at a time."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from resursnav.deliver.resources.models import Edition, Resource
from resursnav.deliver.resources.rules import SEE
from resursnav.foundation.access import may as may_do
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.rest.door import caller_of
from resursnav.foundation.rest.endpoints import READ_ERRORS, endpoint
from resursnav.landscape.agreements import notice
from resursnav.landscape.agreements.models import Agreement, WayOfUse
from resursnav.landscape.agreements.rules import SEE as SEE_AGREEMENT
from resursnav.landscape.agreements.terms import Way

from . import may
from .judging import Basis
from .places import askable, forms_of, place_of
from .rules import ASK

READ = "resources:read"
HIGHEST = 2**63 - 1
router = Router(tags=["rights"])
Key = Annotated[int, Field(ge=1, le=HIGHEST)]

VERDICT: dict[str, Any] = {
    "resource_id": 71,
    "way": "stream_class",
    "allowed": True,
    "reason": "allowed",
    "last_day": "2027-06-30",
    "basis": "agreement",
    "agreement_id": 905,
    "sentence": "Får strömmas i klassrummet i Dorotea till och med 30 juni 2027.",
}


class Asked(Schema):
    """Which resources, in which way, where and when."""

    resource: list[Key] = Field([], max_length=100, description="The resources to ask about; none gives no answers.")
    way: WayOfUse = Field(WayOfUse.STREAM_CLASS, description="What one wants to do with them.")
    place: Key | None = Field(
        None,
        description="The unit or municipality that wants to, in the county where the key's person works. Without it "
        "the person's own place; without a key only the law and open licences are asked.",
    )
    day: date | None = Field(None, description="The day, in Sweden; today unless it is said.")


class VerdictOut(Schema):
    """Whether a resource may be used, and why."""

    model_config = ConfigDict(json_schema_extra={"examples": [VERDICT]})

    resource_id: int
    way: WayOfUse
    allowed: bool
    reason: str = Field(description="A code: allowed, not_yet, ended, terminated, excepted, not_covered, wrong_way ...")
    last_day: date | None = Field(description="The last day on which it is allowed; null until further notice.")
    basis: Basis = Field(description="What the answer rests on: an agreement, an open licence, the law, or nothing.")
    agreement_id: int | None = Field(description="The agreement behind it; null unless the caller may see it.")
    sentence: str = Field(description="The answer in words.")


class VerdictsOut(Schema):
    """The answers, in the order of the question; what the caller may not see is left out."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"place_id": 12, "day": "2026-11-24", "items": [VERDICT]}]}
    )

    place_id: int | None
    day: date
    items: list[VerdictOut]


@router.get("/rights", response={200: VerdictsOut, **READ_ERRORS}, operation_id="list_rights")
@endpoint(ASK, scope=READ)
def list_rights(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Whether resources may be used in a way at a place on a day, why, and until when."""
    person = caller_of(request).person
    day = asked.day or timezone.localdate()
    place = _place(person, asked.place)
    rows = Resource.objects.visible_to(person, SEE).filter(pk__in=asked.resource)
    seen = rows.prefetch_related(Prefetch("editions", Edition.objects.only("resource_id", "media_type"))).in_bulk()
    found = may.ask(list(seen.values()), place=place, way=Way(asked.way), day=day, forms=forms_of(place))
    known: set[int] = set()
    if may_do(person, SEE_AGREEMENT):
        keys = {verdict.agreement_id for verdict in found.values() if verdict.agreement_id}
        visible = Agreement.objects.visible_to(person, SEE_AGREEMENT).filter(pk__in=keys)
        known = set(visible.values_list("pk", flat=True))
    items = [_told(key, asked.way, found[key], known) for key in dict.fromkeys(asked.resource) if key in found]
    return {"place_id": place.pk if place else None, "day": day, "items": items}


def _place(person: Any, key: int | None) -> Organisation | None:
    if key is None:
        return place_of(person)
    found: Organisation | None = askable(person).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _told(key: int, way: WayOfUse, verdict: may.Verdict, known: set[int]) -> dict[str, Any]:
    return {
        "resource_id": key,
        "way": way,
        "allowed": verdict.allowed,
        "reason": verdict.reason,
        "last_day": verdict.until - notice.DAY if verdict.until else None,
        "basis": verdict.basis,
        "agreement_id": verdict.agreement_id if verdict.agreement_id in known else None,
        "sentence": verdict.sentence,
    }
