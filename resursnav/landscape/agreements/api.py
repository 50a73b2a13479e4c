"""Agreements in the open interface: those that the key's person may see, with what they give the right to."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from resursnav.foundation.rest.door import caller_of
from resursnav.foundation.rest.endpoints import LIST_ERRORS, READ_ERRORS, endpoint
from resursnav.foundation.rest.paging import Paged, Slice, slice_of
from resursnav.foundation.rest.versions import stamp

from . import notice, reading
from .models import Agreement, UsageRight, WayOfUse, WhoUses
from .rules import SEE

READ = "agreements:read"
HIGHEST = 2**63 - 1
router = Router(tags=["agreements"])
Key = Annotated[int, Field(ge=1, le=HIGHEST)]

AGREEMENT: dict[str, Any] = {
    "id": 905,
    "title": "Skolfilm för hela länet",
    "number": "VB 2024-011",
    "owner_id": 2,
    "counterpart": "Norrfilm AB",
    "first_day": "2025-01-01",
    "last_day": "2027-06-30",
    "extends": False,
    "notice_by": "2026-12-31",
    "terminated_day": None,
    "price": "486000.00",
    "updated_at": "2026-11-20T08:15:00Z",
    "page": "https://example.org/agreements/905/",
}
RIGHT: dict[str, Any] = {
    "id": 12,
    "way": "stream_class",
    "title_list": "Klassiker",
    "school_forms": ["GR"],
    "audience": ["pupils"],
    "first_day": "2025-01-01",
    "last_day": "2027-06-30",
    "most_users": 30,
    "most_uses": None,
    "places": [{"organisation_id": 4, "included": True}],
}


class Filters(Paged):
    """Which agreements."""

    in_force: date | None = Field(None, description="Only those that hold on this day.")
    owner: Key | None = Field(None, description="Only those signed by this region or municipality.")


class PlaceOut(Schema):
    """A mark in the tree: the right holds here and below, or it does not. The nearest mark upwards decides."""

    organisation_id: int
    included: bool


class RightOut(Schema):
    """One way of use that an agreement allows."""

    model_config = ConfigDict(json_schema_extra={"examples": [RIGHT]})

    id: int
    way: WayOfUse
    title_list: str | None = Field(description="The titles that it is for; null for all of the agreement.")
    school_forms: list[str] = Field(description="Empty for all.")
    audience: list[WhoUses] = Field(description="Empty for everybody.")
    first_day: date
    last_day: date | None = Field(description="Null until further notice.")
    most_users: int | None = Field(description="At the same time.")
    most_uses: int | None = Field(description="During the period.")
    places: list[PlaceOut]


class AgreementOut(Schema):
    """An agreement, as in a list."""

    model_config = ConfigDict(json_schema_extra={"examples": [AGREEMENT]})

    id: int
    title: str
    number: str | None
    owner_id: int = Field(description="Who has signed it; see organisations.")
    counterpart: str
    first_day: date
    last_day: date | None = Field(description="Of the period that counts today; null until further notice.")
    extends: bool = Field(description="Whether it goes on by itself unless somebody gives notice.")
    notice_by: date | None = Field(description="The last day for notice.")
    terminated_day: date | None
    price: Decimal | None = Field(description="Kronor a year; null unless the caller may know it.")
    updated_at: datetime
    page: str


class AgreementsOut(Schema):
    """A page of agreements."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [AGREEMENT], "next": None}]})

    items: list[AgreementOut]
    next: str | None


class AgreementWholeOut(AgreementOut):
    """An agreement with its rights."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**AGREEMENT, "about": None, "rights": [RIGHT]}]})

    about: str | None
    rights: list[RightOut]


@router.get("/agreements", response={200: AgreementsOut, **LIST_ERRORS}, operation_id="list_agreements")
@endpoint(SEE, scope=READ)
def list_agreements(request: HttpRequest, asked: Query[Filters]) -> Slice[Any]:
    """The agreements that the key's person may see, in pages."""
    person = caller_of(request).person
    rows = Agreement.objects.visible_to(person, SEE)
    if asked.in_force is not None:
        rows = rows.in_force(asked.in_force)
    if asked.owner is not None:
        rows = rows.filter(owner=asked.owner)
    found = slice_of(rows, request=request, asked=asked)
    priced = reading.priced(list(found.items), person)
    return Slice([_told(request, one, one.pk in priced) for one in found.items], found.next)


@router.get("/agreements/{int:id}", response={200: AgreementWholeOut, **READ_ERRORS}, operation_id="show_agreement")
@endpoint(SEE, scope=READ)
def show_agreement(request: HttpRequest, response: HttpResponse, id: int) -> dict[str, Any]:
    """One agreement with what it gives the right to, and where."""
    person = caller_of(request).person
    agreement = Agreement.objects.visible_to(person, SEE).filter(pk=id).first() if id <= HIGHEST else None
    if agreement is None:
        raise Http404
    response.headers["ETag"] = stamp(agreement.updated_at)
    told = _told(request, agreement, bool(reading.priced([agreement], person)))
    rights = reading.with_places(UsageRight.objects.filter(agreement=agreement))
    return {**told, "about": agreement.about or None, "rights": [_right(right) for right in rights]}


def _told(request: HttpRequest, agreement: Agreement, priced: bool) -> dict[str, Any]:
    today = timezone.localdate()
    end = agreement.end_on(today)
    return {
        **{name: getattr(agreement, name) for name in ("title", "owner_id", "extends", "notice_by", "updated_at")},
        "id": agreement.pk,
        "number": agreement.number or None,
        "counterpart": agreement.counterpart.name,
        "first_day": agreement.valid_from,
        "last_day": end - notice.DAY if end else None,
        "terminated_day": agreement.terminated_date,
        "price": agreement.price_on(today) if priced else None,
        "page": request.build_absolute_uri(agreement.get_absolute_url()),
    }


def _right(right: UsageRight) -> dict[str, Any]:
    start, end = right.period(timezone.localdate())
    return {
        "id": right.pk,
        "way": right.way,
        "title_list": right.titles.name if right.titles else None,
        "school_forms": right.school_forms,
        "audience": right.audience,
        "first_day": start,
        "last_day": end - notice.DAY if end else None,
        "most_users": right.most_users,
        "most_uses": right.most_uses,
        "places": [{"organisation_id": mark.organisation_id, "included": mark.included} for mark in right.places.all()],
    }
