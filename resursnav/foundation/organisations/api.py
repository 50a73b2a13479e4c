"""Organisations in the open interface: the tree as lists and as single nodes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from resursnav.foundation.rest.door import caller_of
from resursnav.foundation.rest.endpoints import LIST_ERRORS, READ_ERRORS, endpoint
from resursnav.foundation.rest.paging import Moment, Paged, Slice, slice_of

from .models import HistoryEntry, Kind, Organisation, UnitType
from .rules import SEE

SCOPE = "organisations:read"
HIGHEST = 2**63 - 1
router = Router(tags=["organisations"])

EXAMPLE: dict[str, Any] = {
    "id": 412,
    "kind": "unit",
    "unit_type": "school",
    "name": "Bergvattenskolan",
    "code": "85634702",
    "sigel": None,
    "parent_id": 31,
    "merged_into_id": None,
    "street": "Storgatan 1",
    "postcode": "917 31",
    "town": "Dorotea",
    "email": None,
    "phone": None,
    "website": None,
    "latitude": 64.2606,
    "longitude": 16.4106,
    "valid_from": "1978-08-01",
    "valid_to": None,
    "page": "https://example.org/organisations/412/",
}


class OrganisationOut(Schema):
    """A region, municipality, department or unit: one node of the tree."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: int = Field(description="Our own number; it stays the same when the node is renamed or moved.")
    kind: Kind = Field(description="The level in the tree.")
    unit_type: UnitType | None = Field(description="What a unit is; null above the units.")
    name: str
    code: str | None = Field(description="County code, municipality code or school unit code, as text.")
    sigel: str | None = Field(description="The library's sigel in Libris.")
    parent_id: int | None = Field(description="The node above; null for a region.")
    merged_into_id: int | None = Field(description="The node that this one went up in.")
    street: str | None
    postcode: str | None
    town: str | None
    email: str | None
    phone: str | None
    website: str | None
    latitude: float | None = Field(description="Degrees north (WGS 84).")
    longitude: float | None = Field(description="Degrees east (WGS 84).")
    valid_from: date | None = Field(description="The first day; null when it is not known.")
    valid_to: date | None = Field(description="The day after the last one; null while the node is open.")
    page: str = Field(description="The page for people.")


class Step(Schema):
    """One node on the way down from the region."""

    id: int
    kind: Kind
    name: str


class OrganisationWholeOut(OrganisationOut):
    """A node with the way down to it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{**EXAMPLE, "path": [{"id": 2, "kind": "region", "name": "Region Västerbotten"}]}]
        }
    )

    path: list[Step] = Field(description="The nodes above, from the region down, without the node itself.")


class OrganisationsOut(Schema):
    """A page of organisations."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [EXAMPLE], "next": None}]})

    items: list[OrganisationOut]
    next: str | None = Field(description="The address of the next page; null when this is the last.")


class Filters(Paged):
    """Which organisations are wanted; several filters must all hold."""

    kind: Kind | None = Field(None, description="Only this level.")
    unit_type: UnitType | None = Field(None, description="Only this type of unit.")
    parent: int | None = Field(None, ge=1, le=HIGHEST, description="Only those right below this node.")
    below: int | None = Field(None, ge=1, le=HIGHEST, description="Only this node and everything below it.")
    code: str | None = Field(None, max_length=8, pattern=r"^\d+$", description="Only the one with exactly this code.")
    q: str | None = Field(None, max_length=200, description="Words of the name, or the beginning of the code.")
    changed_since: Moment | None = Field(None, description="Only those opened, changed or closed since this moment.")
    closed: bool = Field(False, description="Also those that are closed.")


def wanted(rows: QuerySet[Organisation], asked: Filters, today: date) -> QuerySet[Organisation]:
    """The rows that all filters let through."""
    same = {"kind": asked.kind, "unit_type": asked.unit_type, "parent": asked.parent, "code": asked.code}
    rows = rows.filter(**{name: value for name, value in same.items() if value is not None})
    if asked.below is not None:
        rows = rows.filter(branches_above__ancestor=asked.below)
    if asked.q:
        rows = rows.filter(pk__in=Organisation.objects.matching(asked.q.replace("\x00", "")).values("pk"))
    if asked.changed_since is not None:
        changed = HistoryEntry.objects.filter(recorded_at__gte=asked.changed_since)
        rows = rows.filter(pk__in=changed.values("organisation"))
    if not asked.closed:
        rows = rows.filter(pk__in=Organisation.objects.not_closed_on(today).values("pk"))
    return rows


def told(request: HttpRequest, node: Organisation) -> dict[str, Any]:
    """The node as the interface tells it: null for what is empty."""
    same = ("id", "kind", "name", "parent_id", "merged_into_id", "latitude", "longitude", "valid_from", "valid_to")
    empty = ("unit_type", "code", "sigel", "street", "postcode", "town", "email", "phone", "website")
    page = request.build_absolute_uri(reverse("organisations:show", args=[node.pk]))
    return {
        **{name: getattr(node, name) for name in same},
        **{name: getattr(node, name) or None for name in empty},
        "page": page,
    }


@router.get("/organisations", response={200: OrganisationsOut, **LIST_ERRORS}, operation_id="list_organisations")
@endpoint(SEE, scope=SCOPE)
def list_organisations(request: HttpRequest, asked: Query[Filters]) -> Slice[Any]:
    """The tree as a list in pages: regions, municipalities, departments and units, filtered as you wish."""
    rows = Organisation.objects.visible_to(caller_of(request).person, SEE)
    found = slice_of(wanted(rows, asked, timezone.localdate()), request=request, asked=asked)
    return Slice([told(request, node) for node in found.items], found.next)


@router.get(
    "/organisations/{int:id}", response={200: OrganisationWholeOut, **READ_ERRORS}, operation_id="show_organisation"
)
@endpoint(SEE, scope=SCOPE)
def show_organisation(request: HttpRequest, id: int) -> dict[str, Any]:
    """One node with the way down to it. A closed node is still there, with its last day."""
    seen = Organisation.objects.visible_to(caller_of(request).person, SEE)
    node = seen.filter(pk=id).first() if id <= HIGHEST else None
    if node is None:
        raise Http404
    path = seen.path_to(node.pk).exclude(pk=node.pk)
    return {**told(request, node), "path": [{"id": n.pk, "kind": n.kind, "name": n.name} for n in path]}
