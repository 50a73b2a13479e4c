"""The demo's streaming: a term of uses at some schools, codes that are open, full and over. All through the actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from resursnav.deliver.resources.models import Edition
from resursnav.foundation.access import Role
from resursnav.foundation.notices.actions import quietly
from resursnav.foundation.organisations.models import Kind, Organisation, UnitType
from resursnav.foundation.people.models import Assignment
from resursnav.kernel.errors import Unable
from resursnav.landscape.agreements.terms import Way

from . import actions
from .checking import Wish, verdicts
from .models import ClassCode, StreamUse

COUNTIES = ("24", "08")
SCHOOLS = 6
FILMS = 40
USES = 90
NAMES = ("5B", "NO torsdag", "7A, läxa", "Mellanstadiet")
WEEKDAYS = 5
LESSON = timedelta(hours=4)  # ago: what was opened then is closed now


def plant(*, at: datetime) -> int:
    """The uses and codes of each county; nothing where there are some, or where no right allows any yet."""
    if StreamUse.objects.exists() or ClassCode.objects.exists():
        return 0
    return sum(_county(region, at) for region in Organisation.objects.filter(kind=Kind.REGION, code__in=COUNTIES))


def _county(region: Organisation, at: datetime) -> int:
    films = list(
        Edition.objects.filter(resource__owner=region, resource__status="published", media_type="stream")
        .exclude(url="")
        .select_related("resource")
        .order_by("pk")[:FILMS]
    )
    schools = [(place, allowed) for place in _schools(region) if (allowed := _allowed(films, place, at))]
    if not schools:
        return 0
    planted = 0
    for number, day in enumerate(_school_days(at)):
        place, allowed = schools[number * number % len(schools)]
        # Some films are everybody's favourites.
        film = allowed[(number * 7) % len(allowed) if number % 3 else number % min(3, len(allowed))]
        planted += _opened(film, place, day)
    return planted + _codes(region, films, at)


def _schools(region: Organisation) -> list[Organisation]:
    """Schools of several municipalities, those where somebody teaches first."""
    below = Organisation.objects.at_or_below([region.pk]).filter(unit_type=UnitType.SCHOOL)
    taught = Assignment.objects.filter(role=Role.TEACHER, node__in=below).order_by("pk").values_list("node", flat=True)
    found = below.in_bulk()
    first = [found.pop(key) for key in dict.fromkeys(taught) if key in found]
    return [*first[: SCHOOLS // 2], *sorted(found.values(), key=lambda place: place.pk)][:SCHOOLS]


def _allowed(films: list[Edition], place: Organisation, at: datetime, way: Way = Way.STREAM_CLASS) -> list[Edition]:
    answers = verdicts([film.resource for film in films], Wish(place, way, at.date()))
    return [film for film in films if answers[film.resource_id].allowed]


def _school_days(at: datetime) -> Iterator[datetime]:
    """Moments on weekdays through the term, the oldest first; closer together near today."""
    for number in reversed(range(USES)):
        day = at - timedelta(days=1 + number * number // 100, minutes=37 * number % 300)
        if day.weekday() < WEEKDAYS:
            yield day


def _opened(film: Edition, place: Organisation | None, day: datetime, code: ClassCode | None = None) -> int:
    try:
        with quietly():
            actions.start(edition=film, place=place, code=code, by=None, at=day)
    except Unable:  # full that day, which is a fact of its own
        return 0
    return 1


def _codes(region: Organisation, films: list[Edition], at: datetime) -> int:
    """For each of a few teachers a code; one of them has ended, one is full."""
    below = Organisation.objects.at_or_below([region.pk]).filter(unit_type=UnitType.SCHOOL)
    posts = Assignment.objects.filter(role=Role.TEACHER, node__in=below).select_related("person", "node").order_by("pk")
    made = 0
    for number, post in enumerate(posts[: len(NAMES)]):
        allowed = _allowed(films, post.node, at)[number : number + 3]
        if not allowed:
            continue
        home = [film for film in allowed if film in _allowed(films, post.node, at, Way.STREAM_HOME)]
        code = actions.make_code(
            place=post.node, resources=[film.resource for film in home or allowed],
            way="stream_home" if home else "stream_class",
            ends_at=at + timedelta(days=6), most_pupils=2 if number == 1 else 28, name=NAMES[number], by=post.person,
            at=at - timedelta(days=1),
        )  # fmt: skip
        for _pupil in range(2 if number == 1 else 5 + 3 * number):
            actions.let_in(typed=code.digits, by=None, at=at)
            _opened((home or allowed)[0], None, at - LESSON, code)
        if number == 2:
            actions.end_code(code=code, by=post.person, at=at)
        made += 1
    return made
