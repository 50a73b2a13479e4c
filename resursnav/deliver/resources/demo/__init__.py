"""The catalogue's own part of the demo: hand-written shelves, collections, covers that were drawn, and points."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from PIL import Image, ImageDraw

from resursnav.deliver.curriculum.models import CentralContent
from resursnav.foundation.organisations.models import Kind, Organisation

from .. import actions
from ..actions.bulk import upsert
from ..drafts import EditionDraft, ResourceDraft, SubjectDraft, fitted
from ..drawn import hue_of
from ..forms.fields import Duration
from ..models import Resource, SubjectTerm
from .shelves import COLLECTIONS, SHELVES

SOURCE = "demo-shelves"
REGION = "24"
COVERED = 12
WEEKS = 6
ONLINE = {"stream", "web", "app", "podcast"}
COLOURS = ("#0f4c45", "#1f5f8b", "#9a6a16", "#a3243b", "#3d6b35", "#4c5854")
SKIES = ("#d5e6e1", "#dbe8f2", "#fbe6c3", "#f5dcdf", "#e2edde", "#ece6dc")


def drafts() -> Iterator[ResourceDraft]:
    """Every work on the shelves, the same each time."""
    labels = dict(SubjectTerm.objects.school().values_list("code", "label"))
    number = 0
    for shelf in SHELVES.values():
        for line in filter(None, shelf.splitlines()):
            number += 1
            draft, _problems = fitted(_read(line, number, labels))
            yield draft


def _read(line: str, number: int, labels: dict[str, str]) -> ResourceDraft:
    media, title, grades, subjects, themes, languages, description, amount = line.split("|")
    first, last = (int(grade) for grade in grades.split())
    spoken = tuple(languages.split())
    timed = Duration(required=False).clean(amount) if amount[:1].isdigit() and ":" in amount else None
    editions = tuple(
        EditionDraft(
            media_type=form,
            number=f"MC {number:03d}{'AB'[place]}",
            url=f"https://media.example.org/mc-{number:03d}{'ab'[place]}" if form in ONLINE else "",
            languages=spoken if form != "guide" else ("sv",),
            subtitles=("sv",) if form == "stream" else (),
            audio_description=form == "stream" and number % 4 == 0,
            duration_s=timed if not place else None,
            extent="" if timed or place else amount,
        )
        for place, form in enumerate(media.split())
    )
    forms = [code for code, wanted in (("FSK", first < 0), ("GR", last > 0), ("GY", last > 9)) if wanted]
    return ResourceDraft(
        source=SOURCE,
        source_id=f"{number:03d}",
        title=title,
        description=description,
        own_number=f"MC {number:03d}",
        publisher=("Mediecentrum Norr", "Björkfilm Utbildning", "Tallkotten Förlag", "Polstjärnan Media")[number % 4],
        year=2015 + number * 7 % 12,
        languages=spoken,
        editions=editions,
        subjects=tuple(
            [SubjectDraft("school", code, labels[code]) for code in subjects.split()]
            + [SubjectDraft("topic", theme.casefold(), theme) for theme in themes.split(", ")]
        ),
        school_forms=tuple(forms),
        grade_from=first,
        grade_to=last,
        licence="CC-BY-SA" if "web" in media else "AGREEMENT" if "stream" in media else "TEACHING",
        accessibility=("captions",) if "stream" in media else ("transcript",) if "podcast" in media else (),
    )


@transaction.atomic
def plant(*, at: datetime) -> int:
    """The shelves of the northern county's centre; nothing where they stand already, or where there is no county."""
    owner = Organisation.objects.filter(kind=Kind.REGION, code=REGION).first()
    if owner is None or Resource.objects.filter(source=SOURCE).exists():
        return 0
    works = list(drafts())
    for turn in range(WEEKS):  # a shelf grows week by week, so that what is new is of many kinds
        upsert(drafts=works[turn::WEEKS], owner=owner, source=SOURCE, by=None, at=at - timedelta(weeks=turn, days=3))
    made = {row.title: row for row in Resource.objects.filter(source=SOURCE, owner=owner)}
    for number, (title, lead, text, chosen) in enumerate(COLLECTIONS):
        day = at - timedelta(days=5 + 11 * number)
        collection = actions.create_collection(
            owner=owner, title=title, lead=lead, text=text, visibility="public", by=None, at=day
        )
        items = [(made[name].pk, why) for name, why in chosen]
        actions.set_items(collection=collection, items=items, by=None, at=day)
        actions.publish_collection(collection=collection, by=None, at=day)
    _points(list(made.values()), at)
    for row in list(made.values())[::11][:COVERED]:
        actions.set_cover(resource=row, data=_poster(row.pk), alt=f"Tecknad affisch till ”{row.title}”", by=None, at=at)
    return len(works)


def _points(made: list[Resource], at: datetime) -> None:
    """Tie each third work to a point of its first subject, at its own years, where the curriculum has one."""
    by_letters: dict[str, list[CentralContent]] = {}
    for point in CentralContent.objects.labelled().order_by("pk"):
        by_letters.setdefault(point.subject.code[4:7], []).append(point)
    for place, row in enumerate(made):
        letters = next((term.code for term in row.subjects.all() if term.scheme == "school"), "")
        fitting = [p for p in by_letters.get(letters, []) if _at_years(p.stage_code, row)]
        if fitting and place % 3 == 0:
            actions.map_to_point(resource=row, point=fitting[place % len(fitting)], by=None, at=at)


def _at_years(stage: str, row: Resource) -> bool:
    first, _dash, last = stage.rstrip("bcdefgh").partition("-")
    low, high = row.grade_from, row.grade_to
    return low is not None and high is not None and low <= int(last or first) and int(first) <= high


def _poster(seed: int) -> bytes:
    """A poster of a few shapes, so that the demo also shows covers that somebody uploaded."""
    hue = hue_of(str(seed))
    picture = Image.new("RGB", (480, 600), SKIES[hue])
    draw = ImageDraw.Draw(picture)
    draw.ellipse((90, 90, 390, 390), fill="white")
    for step in range(4):
        top = 330 + 65 * step
        draw.polygon(
            [(0, top + 60), (160, top), (330, top + 70), (480, top + 10), (480, 600), (0, 600)],
            COLOURS[(hue + step) % 6],
        )
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
