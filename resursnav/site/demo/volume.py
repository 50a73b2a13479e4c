"""A county's ten years: as many invented works as one asks for, for trying the house at its full size."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.timezone import localdate

from resursnav.deliver.curriculum.models import CentralContent
from resursnav.deliver.lending.actions import bring_in
from resursnav.deliver.lending.models import Booking
from resursnav.deliver.lending.past import ten_years
from resursnav.deliver.resources.actions.bulk import upsert
from resursnav.deliver.resources.drafts import ResourceDraft, SubjectDraft
from resursnav.deliver.resources.models import Edition, Resource, SubjectTerm
from resursnav.deliver.stock.actions import Wanted, stock_up
from resursnav.deliver.stock.models import PHYSICAL, Item
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.organisations.sweden import MUNICIPALITIES

from .catalogue import FORMS, form_of
from .topics import TOPICS

SOURCE = "demo-volume"
ASPECTS = (
    "vardag", "frågor och svar", "för nyfikna", "fördjupning", "repetition", "i bilder", "samtal", "försök",
    "då och nu", "med egna ord", "på lättläst svenska", "bedömning", "utomhus", "i grupp", "steg för steg", "projekt",
)  # fmt: skip
# A centre has one or two of most and many of a few: four on average, and two works in five are its copies.
COPIES = (1, 2, 1, 3, 1, 5, 1, 2, 20, 4)
COPIES_PER_WORK = 0.4
# 150,000 works, 60,000 copies, 500,000 loans: a county's ten years.
LOANS_PER_WORK = 10 / 3
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


def plant_copies(*, count: int, at: datetime) -> int:
    """Two copies for every five works of the volume, on the shelves of those that one can hold; how many were made."""
    north = Organisation.objects.get(kind=Kind.REGION, code="24")
    wanted, left = [], int(count * COPIES_PER_WORK)
    physical = Edition.objects.filter(resource__source=SOURCE, media_type__in=PHYSICAL).order_by("resource")
    rows = physical.values_list("resource", "media_type", "number")
    for place, (resource, media_type, number) in enumerate(rows.iterator(2000)):
        copies = min(COPIES[place % len(COPIES)], left)
        if not copies:
            break
        wanted.append(Wanted(resource, media_type, number, copies))
        left -= copies
    return stock_up(owner=north, wanted=wanted, name=SOURCE, by=None, at=at)


def plant_loans(*, count: int, at: datetime) -> int:
    """Ten years of loans of the volume's copies, and bookings ahead; nothing where there are some. How many."""
    if Booking.objects.filter(holding__resource__source=SOURCE).exists():
        return 0
    north = Organisation.objects.get(kind=Kind.REGION, code="24")
    items = Item.objects.filter(holding__resource__source=SOURCE).order_by("pk").values_list("pk", "holding_id")
    units = Organisation.objects.at_or_below([north.pk]).filter(kind=Kind.UNIT).open_on(localdate(at)).order_by("pk")
    loans = ten_years(
        list(items), list(units.values_list("pk", flat=True)), int(count * LOANS_PER_WORK), today=localdate(at),
        dice=random.Random(SOURCE),  # noqa: S311  # the same loans each time, and no secret
    )  # fmt: skip
    return bring_in(owner=north, loans=loans, name=SOURCE, by=None, at=at)
