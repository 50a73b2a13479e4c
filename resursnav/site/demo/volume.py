"""A county's ten years: as many invented works as one asks for, for trying the house at its full size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from resursnav.deliver.curriculum.models import CentralContent
from resursnav.deliver.resources.actions.bulk import upsert
from resursnav.deliver.resources.drafts import ResourceDraft, SubjectDraft
from resursnav.deliver.resources.models import Resource, SubjectTerm
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.organisations.sweden import MUNICIPALITIES

from .catalogue import FORMS, form_of
from .topics import TOPICS

SOURCE = "demo-volume"
ASPECTS = (
    "vardag", "frågor och svar", "för nyfikna", "fördjupning", "repetition", "i bilder", "samtal", "försök",
    "då och nu", "med egna ord", "på lättläst svenska", "bedömning", "utomhus", "i grupp", "steg för steg", "projekt",
)  # fmt: skip
PLACES = sorted(MUNICIPALITIES.values())


def volume(count: int) -> Iterator[ResourceDraft]:
    """That many works, no two alike, the same each time: topic by form by aspect by place."""
    labels = dict(SubjectTerm.objects.filter(scheme="school").values_list("code", "label"))
    points = points_by_subject()
    for number in range(count):
        rest, place = divmod(number, len(TOPICS))
        rest, turn = divmod(rest, len(FORMS))
        town, aspect = divmod(rest, len(ASPECTS))
        base = form_of(TOPICS[place], place, turn)
        school, own = base.subjects
        where = PLACES[(town * 7 + place) % len(PLACES)]
        yield replace(
            base,
            source=SOURCE,
            source_id=f"{SOURCE}-{number}",
            title=f"{base.title}, {ASPECTS[aspect]}",
            subtitle=f"Från {where}, del {town // len(PLACES) + 1}",
            description=f"{base.description} Gjord i {where}: {ASPECTS[aspect]}.",
            own_number=f"V-{number:06d}",
            editions=(replace(base.editions[0], number=f"V-{number:06d}"),),
            subjects=(SubjectDraft("school", school.code, labels[school.code]), own),
            extra={"points": taught(points.get(school.code, ()), number)},
            year=1998 + (number * 7 + town) % 28,
            line=number + 1,
        )


def points_by_subject() -> dict[str, list[str]]:
    """The numbers of what teaching shall cover, by the subject's three letters."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, code in CentralContent.objects.order_by("pk").values_list("key", "subject__code"):
        found[code[4:7]].append(key)
    return found


def taught(points: Sequence[str], number: int) -> tuple[str, ...]:
    """Every third work is tied to one of its subject's points; every fifth of the points gets none."""
    few = [point for place, point in enumerate(points) if place % 5 != 4]
    return (few[number // 3 % len(few)],) if few and number % 3 == 0 else ()


def plant_volume(*, count: int, at: datetime) -> int:
    """Make the volume's works that are not there yet; how many that were."""
    there = Resource.objects.filter(source=SOURCE).count()
    if there >= count:
        return 0
    north = Organisation.objects.get(kind=Kind.REGION, code="24")
    return upsert(drafts=volume(count), owner=north, source=SOURCE, by=None, at=at).new
