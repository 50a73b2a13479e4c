"""Take syllabuses in, and say which point a rewritten one continues."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.people.models import Person
from resursnav.foundation.search.swedish import analyse
from resursnav.foundation.threads import verbs
from resursnav.foundation.threads.actions import Thing, record
from resursnav.kernel.errors import Unable

from .models import CentralContent, Criterion, Curriculum, Placement, Stage, Subject, Version
from .syllabus import Point, ReadStage, Syllabus

READ = verbs.declare(
    "curriculum.read",
    gettext_lazy("{who} läste in kursplaner: {what}"),
    {
        "subjects": gettext_lazy("ämnen"),
        "new_points": gettext_lazy("nya punkter"),
        "gone_points": gettext_lazy("borttagna punkter"),
    },
)
CONTINUED = verbs.declare("curriculum.continued", gettext_lazy("{who} kopplade {what} till en äldre punkt"))


class UnableToTakeIn(Unable):
    """The syllabuses cannot be taken in; nothing was changed."""


class UnableToContinue(Unable):
    """The two points cannot follow each other."""


@dataclass
class Report:
    """What taking in did: `changes` is 0 when everything was here already."""

    subjects: int = 0
    points: int = 0
    new_subjects: int = 0
    new_versions: int = 0
    new_points: int = 0
    gone_points: int = 0
    continued: int = 0
    changed: int = 0

    @property
    def changes(self) -> int:
        """How many things were made, altered or taken out."""
        return (
            self.new_subjects + self.new_versions + self.new_points + self.gone_points + self.continued + self.changed
        )


@transaction.atomic
def take_in(*, syllabuses: Sequence[Syllabus], by: Person | None, at: datetime, is_example: bool = False) -> Report:
    """Take in all the syllabuses or none. What is here already stays as it is, with the same ids.

    A version is known by its subject and number. When a newer one comes, the one before it ends where the new one
    begins. A point that says the same in both is the same point; one that only moved to another heading or stage
    continues the old one. Points that no version contains any more are kept, for whatever is tied to them.
    """
    codes = [(one.code, one.number) for one in syllabuses]
    if not syllabuses:
        raise UnableToTakeIn(_("Det fanns inga kursplaner att läsa in."))
    twice = next((code for code, number in codes if codes.count((code, number)) > 1), None)
    if twice is not None:
        raise UnableToTakeIn(_("Ämnet {code} finns två gånger i det som skulle läsas in.").format(code=twice))
    report = Report()
    for syllabus in sorted(syllabuses, key=lambda one: (one.code, one.number)):
        _take_in_one(syllabus, report, is_example, at)
    if report.changes:
        record(
            verb=READ.code,
            thing=Thing("curriculum.version", _title(syllabuses)),
            organisation=_place(by),
            by=by,
            at=at,
            after={"subjects": report.subjects, "new_points": report.new_points, "gone_points": report.gone_points},
        )
    return report


@transaction.atomic
def say_continues(
    *, content: CentralContent, older: CentralContent | None, by: Person | None, at: datetime
) -> CentralContent:
    """Say that a rewritten point carries an older one on, so that what was tied to that one is found from this.

    Without an older one, take back what was said.
    """
    if older is not None and content.subject_id != older.subject_id:
        raise UnableToContinue(_("Punkterna hör till olika ämnen."), field="older")
    step = older
    while step is not None:
        if step.pk == content.pk:
            raise UnableToContinue(_("Punkten kan inte fortsätta sig själv."), field="older")
        step = step.continues
    before = content.continues.key if content.continues else ""
    content.continues = older
    content.save(update_fields=["continues"])
    record(
        verb=CONTINUED.code,
        thing=content,
        organisation=_place(by),
        by=by,
        at=at,
        before={"continues": before},
        after={"continues": older.key if older else ""},
    )
    return content


def _place(by: Person | None) -> int | None:
    posts = by.standing() if by is not None else []
    return posts[0].node_id if posts else None


def _title(syllabuses: Iterable[Syllabus]) -> str:
    return ", ".join(sorted({one.name for one in syllabuses}))


def _take_in_one(syllabus: Syllabus, report: Report, is_example: bool, at: datetime) -> None:
    curriculum, _made = Curriculum.objects.get_or_create(
        code=syllabus.curriculum, defaults={"name": syllabus.curriculum_name}
    )
    curriculum = Curriculum.objects.select_for_update().get(pk=curriculum.pk)  # one reading at a time
    known = Version.objects.filter(subject__code=syllabus.code)
    if is_example and known.filter(is_example=False).exists():
        return  # the real text is here, so nothing is to be shown in its place
    if not is_example:
        known.filter(is_example=True).delete()  # what was there for show gives way
    subject, made = Subject.objects.get_or_create(code=syllabus.code, defaults={"name": syllabus.name})
    report.subjects, report.points = report.subjects + 1, report.points + syllabus.points
    report.new_subjects += made
    if subject.name != syllabus.name:
        subject.name = syllabus.name
        subject.save(update_fields=["name"])
        report.changed += 1
    version = _version(syllabus, subject, curriculum, is_example, report, at)
    before = {placed.content_id for placed in Placement.objects.filter(stage__version=version)}
    contents = _contents(syllabus, subject, version, report)
    _stages(syllabus.stages, version, contents, report)
    after = {content.pk for content in contents.values()}
    report.gone_points += len(before - after)


def _version(
    syllabus: Syllabus, subject: Subject, curriculum: Curriculum, is_example: bool, report: Report, at: datetime
) -> Version:
    """The version's row; the same start under another number is this one read anew."""
    rows = list(Version.objects.filter(subject=subject).order_by("number"))
    row = next((one for one in rows if one.number == syllabus.number), None) or next(
        (one for one in rows if one.valid_from == syllabus.valid_from and one.curriculum_id == curriculum.pk), None
    )
    _end_the_one_before(syllabus, [one for one in rows if one != row])
    wanted: dict[str, Any] = {
        "number": syllabus.number,
        "curriculum": curriculum,
        "valid_from": syllabus.valid_from,
        "purpose": syllabus.purpose,
        "source": syllabus.source,
    }
    if row is None or syllabus.valid_to is not None:
        wanted["valid_to"] = syllabus.valid_to or _next_start(syllabus, rows)
    if row is None:
        report.new_versions += 1
        return Version.objects.create(subject=subject, read_at=at, is_example=is_example, **wanted)
    different = [name for name, value in wanted.items() if getattr(row, name) != value]
    if different:
        for name in different:
            setattr(row, name, wanted[name])
        row.read_at = at
        row.save()
        report.changed += 1
    return row


def _next_start(syllabus: Syllabus, rows: Iterable[Version]) -> date | None:
    """Where a version that is read after its successor ends."""
    if syllabus.valid_from is None:
        return None
    starts = [one.valid_from for one in rows if one.valid_from and one.valid_from > syllabus.valid_from]
    return min(starts, default=None)


def _end_the_one_before(syllabus: Syllabus, others: Iterable[Version]) -> None:
    starts = syllabus.valid_from
    if starts is None:
        return
    for one in others:
        begins_before = one.valid_from is None or one.valid_from < starts
        if begins_before and (one.valid_to is None or one.valid_to > starts):
            one.valid_to = starts
            one.save(update_fields=["valid_to"])


def _contents(syllabus: Syllabus, subject: Subject, version: Version, report: Report) -> dict[str, CentralContent]:
    """The rows of all the points by key: those that are here already, and new ones."""
    wanted = {point.key: (stage, point) for stage in syllabus.stages for point in stage.points}
    here = {one.key: one for one in CentralContent.objects.filter(subject=subject)}
    new = [
        CentralContent(
            key=key,
            subject=subject,
            stage_code=stage.code,
            heading=point.heading[:300],
            text=point.text,
            terms=_terms(subject, point),
        )
        for key, (stage, point) in wanted.items()
        if key not in here
    ]
    if not Version.objects.filter(subject=subject, valid_from__gt=version.valid_from or date.min).exists():
        _carry_on(new, here, wanted)
    report.continued += sum(1 for one in new if one.continues is not None)
    report.new_points += len(new)
    made = CentralContent.objects.bulk_create(new)
    return {key: one for key, one in here.items() if key in wanted} | {one.key: one for one in made}


def _carry_on(new: list[CentralContent], here: dict[str, CentralContent], wanted: Iterable[str]) -> None:
    """A new point with the words of one that is left out is that one, moved; when two could be meant, neither is."""
    left: dict[str, list[CentralContent]] = {}
    for key, old in here.items():
        if key not in set(wanted):
            left.setdefault(old.text, []).append(old)
    for point in new:
        candidates = left.get(point.text, [])
        if len(candidates) == 1:
            point.continues = candidates[0]


def _terms(subject: Subject, point: Point) -> str:
    return f" {' '.join(dict.fromkeys(analyse(f'{subject.name} {point.heading} {point.text}')))} "


def _stages(wanted: Sequence[ReadStage], version: Version, contents: dict[str, CentralContent], report: Report) -> None:
    rows = {one.code: one for one in Stage.objects.filter(version=version)}
    gone = [row.pk for code, row in rows.items() if code not in {stage.code for stage in wanted}]
    if gone:
        Stage.objects.filter(pk__in=gone).delete()
        report.changed += len(gone)
    for position, stage in enumerate(wanted, start=1):
        facts = {"first_year": stage.first_year, "last_year": stage.last_year, "position": position}
        row = rows.get(stage.code)
        if row is None:
            row = Stage.objects.create(version=version, code=stage.code, **facts)
        elif any(getattr(row, name) != value for name, value in facts.items()):
            Stage.objects.filter(pk=row.pk).update(**facts)
            report.changed += 1
        _place_points(row, [contents[point.key] for point in stage.points], report)
        _write_criteria(row, stage, report)


def _place_points(stage: Stage, contents: list[CentralContent], report: Report) -> None:
    placed = list(Placement.objects.filter(stage=stage).order_by("position").values_list("content", flat=True))
    if placed == [content.pk for content in contents]:
        return
    report.changed += bool(placed)
    Placement.objects.filter(stage=stage).delete()
    Placement.objects.bulk_create(
        Placement(stage=stage, content=content, position=position) for position, content in enumerate(contents, start=1)
    )


def _write_criteria(stage: Stage, read: ReadStage, report: Report) -> None:
    known = list(
        Criterion.objects.filter(stage=stage).order_by("position").values_list("grade_step", "heading", "text")
    )
    wanted = [(one.grade_step, one.heading[:300], one.text) for one in read.criteria]
    if known == wanted:
        return
    report.changed += bool(known)
    Criterion.objects.filter(stage=stage).delete()
    Criterion.objects.bulk_create(
        Criterion(stage=stage, grade_step=grade, heading=heading, text=text, position=position)
        for position, (grade, heading, text) in enumerate(wanted, start=1)
    )
