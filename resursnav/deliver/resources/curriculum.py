"""The curriculum with the catalogue laid over it: which points have resources, and which have none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from resursnav.deliver.curriculum.models import CentralContent, Placement, Stage, Subject, Version, years

from .models import Mapping, Resource
from .rules import SEE
from .vocabulary import Status

NAMED = 3


@dataclass(frozen=True)
class Covered:
    """A point with how many resources it has, and the first of them."""

    point: CentralContent
    count: int
    resources: list[Resource] = field(default_factory=list)


@dataclass(frozen=True)
class StageView:
    """A stage's points under their headings, in the syllabus's order."""

    stage: Stage
    headings: list[tuple[str, list[Covered]]]

    @property
    def label(self) -> str:
        """ "Årskurs 4–6"."""
        said = years(self.stage.code)
        return said[:1].upper() + said[1:]

    @property
    def points(self) -> int:
        """How many points the stage has."""
        return sum(len(points) for _heading, points in self.headings)

    @property
    def covered(self) -> int:
        """How many of them have a resource."""
        return sum(1 for _heading, points in self.headings for point in points if point.count)


@dataclass(frozen=True)
class SubjectView:
    """A subject in the list of subjects."""

    subject: Subject
    points: int
    covered: int

    @property
    def missing(self) -> int:
        """How many points have none."""
        return self.points - self.covered


@dataclass(frozen=True)
class Gap:
    """A point that no resource helps with."""

    point: CentralContent
    stage: str


def subjects(person: Any, day: date) -> list[SubjectView]:
    """Every subject that holds on the day, with how much of it has resources; in three statements."""
    placed = Placement.objects.filter(stage__version__in=Version.objects.valid_on(day))
    points = dict(placed.values_list("stage__version__subject").annotate(n=Count("content", distinct=True)))
    helped = placed.filter(content__in=_mapped(person).values("point"))
    covered = dict(helped.values_list("stage__version__subject").annotate(n=Count("content", distinct=True)))
    found = Subject.objects.filter(pk__in=points).order_by("name")
    return [SubjectView(subject, points[subject.pk], covered.get(subject.pk, 0)) for subject in found]


def stages(subject: Subject, person: Any, day: date, *, only_gaps: bool = False) -> list[StageView]:
    """The subject's stages as they hold on the day; in at most five statements."""
    placed = list(
        Placement.objects.filter(stage__version__in=Version.objects.valid_on(day), stage__version__subject=subject)
        .select_related("stage", "content")
        .order_by("stage__position", "stage", "position")
    )
    counts, first = _resources_of({place.content_id for place in placed}, person)
    found: dict[int, tuple[Stage, dict[str, list[Covered]]]] = {}
    for place in placed:
        point = place.content
        if only_gaps and counts.get(point.pk):
            continue
        _stage, headings = found.setdefault(place.stage_id, (place.stage, {}))
        headings.setdefault(point.heading, []).append(Covered(point, counts.get(point.pk, 0), first[point.pk]))
    return [StageView(stage, list(headings.items())) for stage, headings in found.values()]


def gaps(person: Any, day: date, *, subject: str = "", stage: str = "") -> list[Gap]:
    """Points without a resource that the person may see, in the order of subjects and stages; in one statement."""
    placed = Placement.objects.filter(stage__version__in=Version.objects.valid_on(day))
    if subject:
        placed = placed.filter(stage__version__subject__code=subject)
    if stage:
        placed = placed.filter(stage__code=stage)
    empty = placed.exclude(content__in=_mapped(person).values("point")).select_related("content__subject", "stage")
    ordered = empty.order_by("content__subject__name", "stage__position", "position")
    return [Gap(place.content, years(place.stage.code)) for place in ordered]


def _mapped(person: Any) -> Any:
    """Mappings of what is on the shelf and what the person may see."""
    shelf = Resource.objects.visible_to(person, SEE).filter(status=Status.PUBLISHED)
    return Mapping.objects.filter(resource__in=shelf.values("pk"))


def _resources_of(points: Iterable[int], person: Any) -> tuple[dict[int, int], defaultdict[int, list[Resource]]]:
    """How many resources each point has, and the newest few of them."""
    mapped = _mapped(person).filter(point__in=list(points))
    counts = dict(mapped.order_by().values_list("point").annotate(n=Count("pk")))
    place = Window(RowNumber(), partition_by=F("point"), order_by=(F("resource__published_at").desc(), F("pk").desc()))
    newest = mapped.order_by().annotate(place=place).filter(place__lte=NAMED).values_list("point", "resource", "place")
    pairs = sorted(newest, key=lambda row: (row[0], row[2]))
    named = Resource.objects.only("pk", "title", "languages").in_bulk([resource for _point, resource, _place in pairs])
    first: defaultdict[int, list[Resource]] = defaultdict(list)
    for point, resource, _place in pairs:
        first[point].append(named[resource])
    return counts, first
