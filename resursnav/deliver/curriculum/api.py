"""The curriculum in the open interface: subjects, and the points of a subject as they hold today."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import ConfigDict, Field

from resursnav.foundation.rest.door import caller_of
from resursnav.foundation.rest.endpoints import LIST_ERRORS, READ_ERRORS, endpoint
from resursnav.foundation.rest.paging import Paged, Slice, slice_of

from .models import Placement, Subject, Version
from .rules import SEE

# What everybody may read in the catalogue's own scope: a program that reads resources needs the points they cover.
SCOPE = "resources:read"
router = Router(tags=["curriculum"])

SUBJECT: dict[str, Any] = {"code": "GRGRBIO01", "name": "Biologi"}


class SubjectOut(Schema):
    """A school subject."""

    model_config = ConfigDict(json_schema_extra={"examples": [SUBJECT]})

    code: str = Field(description="The national code of the subject.")
    name: str


class SubjectsOut(Schema):
    """A page of subjects."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [SUBJECT], "next": None}]})

    items: list[SubjectOut]
    next: str | None = Field(description="The address of the next page; null when this is the last.")


class PointOut(Schema):
    """A point that teaching shall cover."""

    key: str = Field(description="Our own number; the same in every version that says the same.")
    heading: str | None
    text: str


class StageOut(Schema):
    """A stretch of school years."""

    code: str = Field(description="Such as `4-6`.")
    first_year: int
    last_year: int
    points: list[PointOut]


class SubjectWholeOut(SubjectOut):
    """A subject with the points of the syllabus that holds today."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **SUBJECT,
                    "curriculum": "Lgr22",
                    "version": 1,
                    "valid_from": "2022-07-01",
                    "valid_to": None,
                    "stages": [
                        {
                            "code": "4-6",
                            "first_year": 4,
                            "last_year": 6,
                            "points": [{"key": "grgrbio01-0007", "heading": "Natur och miljö", "text": "Exempel."}],
                        }
                    ],
                }
            ]
        }
    )

    curriculum: str | None = Field(description="The curriculum; null when no syllabus holds today.")
    version: int | None
    valid_from: date | None
    valid_to: date | None = Field(description="The day after the last one.")
    stages: list[StageOut]


@router.get("/subjects", response={200: SubjectsOut, **LIST_ERRORS}, operation_id="list_subjects")
@endpoint(SEE, scope=SCOPE)
def list_subjects(request: HttpRequest, asked: Query[Paged]) -> Slice[Subject]:
    """The subjects of the curriculum, in pages."""
    return slice_of(Subject.objects.visible_to(caller_of(request).person, SEE), request=request, asked=asked)


@router.get("/subjects/{code}", response={200: SubjectWholeOut, **READ_ERRORS}, operation_id="show_subject")
@endpoint(SEE, scope=SCOPE)
def show_subject(request: HttpRequest, code: Annotated[str, Path(max_length=20, pattern="^[A-Za-z0-9]+$")]) -> Any:
    """A subject with its points, stage by stage, as they hold today."""
    subject = Subject.objects.visible_to(caller_of(request).person, SEE).filter(code=code).first()
    if subject is None:
        raise Http404
    placed = Placement.objects.select_related("content").order_by("position")
    version = (
        Version.objects.valid_on(timezone.localdate())
        .filter(subject=subject)
        .select_related("curriculum")
        .prefetch_related("stages", Prefetch("stages__placements", placed))
        .order_by("-number")
        .first()
    )
    told = {"code": subject.code, "name": subject.name}
    if version is None:
        return {**told, "curriculum": None, "version": None, "valid_from": None, "valid_to": None, "stages": []}
    return {
        **told,
        "curriculum": version.curriculum.code,
        "version": version.number,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "stages": [
            {
                "code": stage.code,
                "first_year": stage.first_year,
                "last_year": stage.last_year,
                "points": [
                    {"key": p.content.key, "heading": p.content.heading or None, "text": p.content.text}
                    for p in stage.placements.all()
                ],
            }
            for stage in sorted(version.stages.all(), key=lambda stage: stage.position)
        ],
    }
