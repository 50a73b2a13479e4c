"""Streaming in the open interface: class codes are made and ended, and it is read how much is used."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import AfterValidator, ConfigDict, Field

from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.rules import SEE as SEE_RESOURCE
from resursnav.deliver.resources.vocabulary import MediaType
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.rest.door import caller_of
from resursnav.foundation.rest.endpoints import LIST_ERRORS, MAKE_ERRORS, endpoint
from resursnav.foundation.rest.paging import Moment, Paged, Slice, slice_of
from resursnav.kernel.text import clean

from . import actions
from .actions.codes import MOST_PUPILS, MOST_RESOURCES
from .models import ClassCode, CodeWay, StreamUse
from .rules import CHANGE, MAKE, SEE, SEE_USE

READ, WRITE = "streaming:read", "streaming:write"
HIGHEST = 2**63 - 1
router = Router(tags=["streaming"])
Key = Annotated[int, Field(ge=1, le=HIGHEST)]

CODE: dict[str, Any] = {
    "id": 31,
    "digits": "48217730",
    "place_id": 17,
    "name": "5B",
    "way": "stream_class",
    "resource_ids": [71],
    "made_at": "2026-11-20T08:00:00Z",
    "ends_at": "2026-11-20T10:00:00Z",
    "ended_at": None,
    "stopped": False,
    "most_pupils": 30,
    "pupils": 24,
}
USE: dict[str, Any] = {
    "id": 904,
    "day": "2026-11-20",
    "unit_id": 17,
    "municipality_id": 4,
    "resource_id": 71,
    "subject": "GRGRBIO01",
    "media_type": "stream",
    "way": "stream_class",
    "by_code": True,
    "uses": 24,
    "turned_away": 0,
}


class ClassCodeOut(Schema):
    """Eight digits that open some resources for pupils for a while."""

    model_config = ConfigDict(json_schema_extra={"examples": [CODE]})

    id: int
    digits: str
    place_id: int = Field(description="The unit whose pupils it is for; see organisations.")
    name: str | None
    way: CodeWay
    resource_ids: list[int]
    made_at: datetime
    ends_at: datetime = Field(description="When it stops working; never later than the first of the rights ends.")
    ended_at: datetime | None = Field(description="When somebody ended it before that.")
    stopped: bool = Field(description="Whether whoever made it has no assignment with pupils at the unit any longer.")
    most_pupils: int
    pupils: int = Field(description="How many browsers it has let in. Nothing tells whose.")


class ClassCodesOut(Schema):
    """A page of class codes."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [CODE], "next": None}]})

    items: list[ClassCodeOut]
    next: str | None = Field(description="The address of the next page; null when this is the last.")


class ClassCodeIn(Schema):
    """A new class code."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "place_id": 17,
                    "resource_ids": [71],
                    "way": "stream_class",
                    "ends_at": "2026-11-20T10:00:00Z",
                    "most_pupils": 30,
                    "name": "5B",
                }
            ]
        },
    )

    place_id: Key = Field(description="A unit where you work.")
    resource_ids: Annotated[list[Key], Field(min_length=1, max_length=MOST_RESOURCES)]
    way: CodeWay
    ends_at: Moment
    most_pupils: Annotated[int, Field(ge=1, le=MOST_PUPILS)] = 30
    name: Annotated[str, AfterValidator(clean), Field(max_length=80)] = Field("", description="No names of pupils.")


class StreamUseOut(Schema):
    """How often something was opened in a day at a unit."""

    model_config = ConfigDict(json_schema_extra={"examples": [USE]})

    id: int
    day: date
    unit_id: int
    municipality_id: int = Field(description="The municipality that the unit lay in on the day.")
    resource_id: int
    subject: str | None = Field(description="The code of its first school subject, as it was on the day.")
    media_type: MediaType
    way: CodeWay
    by_code: bool = Field(description="Whether pupils opened it by a class code.")
    uses: int
    turned_away: int = Field(description="How often there was the right but no room.")


class StreamUsesOut(Schema):
    """A page of uses."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [USE], "next": None}]})

    items: list[StreamUseOut]
    next: str | None = Field(description="The address of the next page; null when this is the last.")


class Days(Paged):
    """Which days."""

    first: date | None = Field(None, description="The first day.")
    last: date | None = Field(None, description="The last day.")


def _code(code: ClassCode) -> dict[str, Any]:
    same = ("id", "digits", "place_id", "way", "made_at", "ends_at", "ended_at", "most_pupils", "pupils")
    things = [one.resource_id for one in code.opened.all()]
    said = {**{name: getattr(code, name) for name in same}, "name": code.name or None, "resource_ids": things}
    return {**said, "stopped": getattr(code, "stopped", False)}


@router.get("/class-codes", response={200: ClassCodesOut, **LIST_ERRORS}, operation_id="list_class_codes")
@endpoint(SEE, scope=READ)
def list_class_codes(request: HttpRequest, asked: Query[Paged]) -> Slice[Any]:
    """Your class codes, and those of the unit for which you answer."""
    seen = ClassCode.objects.visible_to(caller_of(request).person, SEE)
    seen = seen.noting_stop(timezone.localdate()).prefetch_related("opened")
    found = slice_of(seen, request=request, asked=asked)
    return Slice([_code(code) for code in found.items], found.next)


@router.post("/class-codes", response={201: ClassCodeOut, **MAKE_ERRORS}, operation_id="add_class_code")
@endpoint(MAKE, scope=WRITE)
def add_class_code(request: HttpRequest, response: HttpResponse, sent: ClassCodeIn) -> tuple[int, dict[str, Any]]:
    """Make a class code at a unit where you work, for what its pupils may use."""
    person = caller_of(request).person
    place = Organisation.objects.visible_to(person, MAKE).filter(pk=sent.place_id, kind=Kind.UNIT).first()
    if place is None:
        raise actions.UnableToMake(_("Välj en enhet där du arbetar."), field="place_id")
    found = Resource.objects.visible_to(person, SEE_RESOURCE).published().prefetch_related("editions")
    things = found.in_bulk(sent.resource_ids)
    if missing := [str(key) for key in sent.resource_ids if key not in things]:
        said = _("Det finns ingen sådan resurs: %(keys)s.") % {"keys": ", ".join(missing)}
        raise actions.UnableToMake(said, field="resource_ids")
    made = actions.make_code(
        place=place, resources=[things[key] for key in sent.resource_ids], way=sent.way, ends_at=sent.ends_at,
        most_pupils=sent.most_pupils, name=sent.name, by=person, at=timezone.now(),
    )  # fmt: skip
    return 201, _code(made)


@router.post("/class-codes/{int:id}/end", response={200: ClassCodeOut, **MAKE_ERRORS}, operation_id="end_class_code")
@endpoint(CHANGE, scope=WRITE)
def end_class_code(request: HttpRequest, id: int) -> dict[str, Any]:
    """Let a class code open nothing from now on."""
    person = caller_of(request).person
    # Whoever sees a code may end it: the two rules reach as far.
    seen = ClassCode.objects.visible_to(person, CHANGE).noting_stop(timezone.localdate())
    code = seen.filter(pk=id).first() if id <= HIGHEST else None
    if code is None:
        raise Http404
    ended = actions.end_code(code=code, by=person, at=timezone.now())
    return {**_code(ended), "stopped": getattr(code, "stopped", False)}


@router.get("/stream-uses", response={200: StreamUsesOut, **LIST_ERRORS}, operation_id="list_stream_uses")
@endpoint(SEE_USE, scope=READ)
def list_stream_uses(request: HttpRequest, asked: Query[Days]) -> Slice[Any]:
    """How often things were opened, day by day and unit by unit; nobody is in it."""
    seen = StreamUse.objects.visible_to(caller_of(request).person, SEE_USE)
    seen = seen.between(asked.first or date.min, asked.last or date.max)
    found = slice_of(seen, request=request, asked=asked)
    return Slice([_use(row) for row in found.items], found.next)


def _use(row: StreamUse) -> dict[str, Any]:
    same = ("id", "day", "unit_id", "municipality_id", "resource_id", "media_type", "way", "by_code", "turned_away")
    return {**{name: getattr(row, name) for name in same}, "subject": row.subject or None, "uses": row.number}
