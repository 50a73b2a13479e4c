"""The curriculum with the catalogue laid over it: which points have resources, and which have none.

What was tied to a point of an earlier syllabus counts for the point that continues it, and says so: a reform makes
nobody tie everything anew, and a gap is no gap while what stood there before still helps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from resursnav.deliver.curriculum.lineage import Lineage
from resursnav.deliver.curriculum.models import (
    CentralContent,
    Criterion,
    Placement,
    Stage,
    Subject,
    Version,
    years,
)

from .models import Mapping, Resource
from .models.resource import ResourceQuerySet
from .rules import SEE, WORK
from .vocabulary import Status

NAMED = 3


@dataclass(frozen=True)
class Named:
    """A resource by its title; `earlier` when it is tied only to what the point continues."""

    pk: int
    title: str
    languages: list[str]
    earlier: bool = False


@dataclass(frozen=True)
class Covered:
    """A point with how many resources it has, how many of them by an earlier syllabus only, and the first of them."""

    point: CentralContent
    count: int = 0
    earlier: int = 0
    resources: list[Named] = field(default_factory=list)
    # The keys of what the point continues: old links lead to them.
    older_keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class StageView:
    """A stage's points under their headings, in the syllabus's order."""

    stage: Stage
    headings: list[tuple[str, list[Covered]]]
    criteria: list[Criterion] = field(default_factory=list)

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
    """A subject in the list of subjects, with the syllabus that holds."""

    subject: Subject
    version: Version
    stages: list[Stage]
    points: int
    covered: int

    @property
    def missing(self) -> int:
        """How many points have none."""
        return self.points - self.covered


@dataclass(frozen=True)
class Syllabus:
    """A subject as one reads it: the version that holds (or the newest), its stages, and every version there is."""

    subject: Subject
    version: Version
    versions: list[tuple[Version, list[Stage]]]

    @property
    def stages(self) -> list[Stage]:
        """The stages of the version."""
        return next(stages for version, stages in self.versions if version == self.version)


@dataclass(frozen=True)
class Gap:
    """A point that no resource helps with."""

    point: CentralContent
    stage: str


@dataclass(frozen=True)
class Outdated:
    """A resource that is tied to earlier syllabuses only: its ties, each with the points that hold now instead."""

    resource: Resource
    ties: list[tuple[Mapping, list[CentralContent]]]


def subjects(person: Any, day: date) -> list[SubjectView]:
    """Every subject that holds on the day, with how much of it has resources; in four statements."""
    valid = Version.objects.valid_on(day)
    stages: defaultdict[int, list[Stage]] = defaultdict(list)
    held = Stage.objects.filter(version__in=valid).order_by("-version__number", "position")
    for stage in held.select_related("version__subject", "version__curriculum"):
        stages[stage.version.subject_id].append(stage)
    points: defaultdict[int, set[int]] = defaultdict(set)
    placed = Placement.objects.filter(stage__version__in=valid).order_by()
    for subject, point in placed.values_list("stage__version__subject", "content"):
        points[subject].add(point)
    helped = _helped(person)
    newest = sorted((of[0].version for of in stages.values()), key=lambda version: version.subject.name)
    return [
        SubjectView(
            version.subject,
            version,
            [stage for stage in stages[version.subject_id] if stage.version_id == version.pk],
            len(points[version.subject_id]),
            len(points[version.subject_id] & helped),
        )
        for version in newest
    ]


def syllabus(code: str, day: date) -> Syllabus | None:
    """The subject with its versions and their stages, in one statement; None when it has no syllabus."""
    rows = Stage.objects.filter(version__subject__code=code).select_related("version__subject", "version__curriculum")
    found: dict[Version, list[Stage]] = {}
    for stage in rows.order_by("-version__number", "position"):
        found.setdefault(stage.version, []).append(stage)
    if not found:
        return None
    shown = next((version for version in found if version.is_valid(day)), next(iter(found)))
    return Syllabus(shown.subject, shown, list(found.items()))


def stages(read: Syllabus, person: Any, *, stage: str = "", only_gaps: bool = False) -> list[StageView]:
    """The stages (or the one) of the syllabus with the resources for each point; in at most five statements."""
    wanted = [one for one in read.stages if stage in ("", one.code)]
    placed = list(Placement.objects.filter(stage__in=wanted).select_related("content").order_by("position"))
    # With one version there is nothing to continue.
    kin = CentralContent.objects.filter(subject=read.subject) if len(read.versions) > 1 else None
    covered = _coverage([place.content for place in placed], person, kin)
    found: dict[int, dict[str, list[Covered]]] = {one.pk: {} for one in wanted}
    for place in placed:
        point = covered[place.content_id]
        if not (only_gaps and point.count):
            found[place.stage_id].setdefault(place.content.heading, []).append(point)
    criteria: defaultdict[int, list[Criterion]] = defaultdict(list)
    for criterion in Criterion.objects.filter(stage__in=wanted) if stage and not only_gaps else ():
        criteria[criterion.stage_id].append(criterion)
    return [
        StageView(one, list(found[one.pk].items()), criteria[one.pk])
        for one in wanted
        if found[one.pk] or not only_gaps
    ]


def layout(subject: Subject, day: date) -> list[StageView]:
    """The subject's stages as they hold on the day, without asking for resources; in one statement."""
    valid = Version.objects.valid_on(day).filter(subject=subject)
    found: dict[Stage, dict[str, list[Covered]]] = {}
    placed = Placement.objects.filter(stage__version__in=valid).select_related("stage", "content")
    for place in placed.order_by("stage__position", "stage", "position"):
        found.setdefault(place.stage, {}).setdefault(place.content.heading, []).append(Covered(place.content))
    return [StageView(stage, list(headings.items())) for stage, headings in found.items()]


def gaps(person: Any, day: date, *, subject: str = "", stage: str = "") -> list[Gap]:
    """Points that hold and have no resource that the person may see, in the order of subjects and stages.

    In three statements. What helped with a point that this one continues counts.
    """
    placed = Placement.objects.filter(stage__version__in=Version.objects.valid_on(day))
    if subject:
        placed = placed.filter(stage__version__subject__code=subject)
    if stage:
        placed = placed.filter(stage__code=stage)
    helped = _helped(person)
    ordered = placed.order_by("content__subject__name", "stage__position", "position")
    return [
        Gap(place.content, years(place.stage.code))
        for place in ordered.select_related("content__subject", "stage")
        if place.content_id not in helped
    ]


def outdated(person: Any, day: date) -> ResourceQuerySet:
    """The centre's published resources that are tied to points, but to none that holds on the day."""
    held = CentralContent.objects.valid_on(day).values("pk")
    # From the few points that no longer hold to their resources, and not from every resource to its points.
    past = Mapping.objects.filter(point__in=CentralContent.objects.exclude(pk__in=held).values("pk"))
    present = Mapping.objects.filter(resource=OuterRef("pk"), point__in=held)
    mine = Resource.objects.visible_to(person, WORK).filter(status=Status.PUBLISHED)
    return mine.filter(~Exists(present), pk__in=past.values("resource"))


def told(found: Sequence[Resource], day: date) -> list[Outdated]:
    """What each of the resources is tied to, and what continues that; in two statements for all of them."""
    rows = list(Mapping.objects.filter(resource__in=found).with_point().with_standing(day).order_by("pk"))
    on = heirs(rows, day)
    ties: defaultdict[int, list[tuple[Mapping, list[CentralContent]]]] = defaultdict(list)
    for mapping in rows:
        ties[mapping.resource_id].append((mapping, on.get(mapping.point_id, [])))
    return [Outdated(resource, ties[resource.pk]) for resource in found]


def heirs(mappings: Iterable[Mapping], day: date) -> dict[int, list[CentralContent]]:
    """For each tied point that holds no longer: the points that hold now and continue it.

    The mappings come from `with_standing`. One statement, and none while every point holds.
    """
    gone = [mapping.point for mapping in mappings if not mapping.holds]
    if not gone:
        return {}
    kin = CentralContent.objects.filter(subject__in={point.subject_id for point in gone}).labelled()
    here = Placement.objects.filter(content=OuterRef("pk"), stage__version__in=Version.objects.valid_on(day))
    known: dict[int, Any] = {point.pk: point for point in kin.annotate(holds=Exists(here))}
    lineage = Lineage({point.pk: point.continues_id for point in known.values() if point.continues_id is not None})
    return {
        point.pk: [known[key] for key in lineage.newer(point.pk) if key in known and known[key].holds] for point in gone
    }


def _mapped(person: Any) -> QuerySet[Mapping]:
    """Mappings of what is on the shelf and what the person may see."""
    shelf = Resource.objects.visible_to(person, SEE).filter(status=Status.PUBLISHED)
    # EXISTS looks each one up; IN would have SQLite write down the whole catalogue first.
    return Mapping.objects.filter(Exists(shelf.filter(pk=OuterRef("resource")))).order_by()


def _helped(person: Any) -> set[int]:
    """The points that some resource helps with, their own or by what they continue; in two statements."""
    tied = set(_mapped(person).values_list("point", flat=True).distinct())
    lineage = CentralContent.objects.lineage()
    return tied.union(*(lineage.newer(point) for point in tied))


def _coverage(points: Sequence[CentralContent], person: Any, kin: Any) -> dict[int, Covered]:
    """What each point has: its own resources first, then those of what it continues, the newest first in each."""
    rows = list(kin.order_by().values_list("pk", "key", "continues")) if kin is not None else []
    keys = {pk: key for pk, key, _older in rows}
    lineage = Lineage({pk: older for pk, _key, older in rows if older is not None})
    totals, first = _newest(lineage.whole(point.pk for point in points), person)
    carried = [point.pk for point in points if any(older in totals for older in lineage.older(point.pk))]
    # A resource may be tied to the old point and to the new: only where something is carried over is each asked for.
    tied = _tied(lineage.whole(carried), person) if carried else {}
    found = {}
    for point in points:
        older = lineage.older(point.pk)
        more = set().union(*(tied.get(one, ()) for one in older)) - tied.get(point.pk, set())
        before = {row.pk: (at, row) for one in older for at, row in first[one] if row.pk in more}
        earlier = [replace(row, earlier=True) for _at, row in sorted(before.values(), key=lambda pair: pair[0])[::-1]]
        found[point.pk] = Covered(
            point,
            totals.get(point.pk, 0) + len(more),
            len(more),
            [*(row for _at, row in first[point.pk]), *earlier][:NAMED],
            tuple(keys[one] for one in older if one in keys),
        )
    return found


def _newest(points: Iterable[int], person: Any) -> tuple[dict[int, int], defaultdict[int, list[tuple[Any, Named]]]]:
    """How many resources each point has, and the newest few of them with the day they came; in one statement."""
    order = (F("resource__published_at").desc(), F("pk").desc())
    rows = (
        _mapped(person)
        .filter(point__in=list(points))
        .annotate(
            place=Window(RowNumber(), partition_by=F("point"), order_by=order),
            total=Window(Count("pk"), partition_by=F("point")),
        )
        .filter(place__lte=NAMED)
        .values_list(
            "point", "place", "total", "resource", "resource__title", "resource__languages", "resource__published_at"
        )
    )
    totals: dict[int, int] = {}
    first: defaultdict[int, list[tuple[Any, Named]]] = defaultdict(list)
    for point, _place, total, pk, title, spoken, at in sorted(rows, key=lambda row: row[:2]):
        totals[point] = total
        first[point].append((at, Named(pk, title, spoken)))
    return totals, first


def _tied(points: Iterable[int], person: Any) -> defaultdict[int, set[int]]:
    """Every resource of each of the points."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for point, resource in _mapped(person).filter(point__in=list(points)).values_list("point", "resource"):
        found[point].add(resource)
    return found
