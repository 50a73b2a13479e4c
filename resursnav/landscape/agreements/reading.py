"""Reads rights with their places, and makes of them what the arithmetic and the pages need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Subquery, prefetch_related_objects

from resursnav.foundation.access import which
from resursnav.foundation.organisations.models import Branch, Organisation

from . import terms, wording
from .models import Agreement, CostShare, RightPlace, UsageRight, UsageRightQuerySet
from .rules import SEE_PRICE, SEE_SHARE
from .shares import Key, Unshareable, shares

Marks = Sequence[tuple[str, bool, bool]]


@dataclass(frozen=True, slots=True)
class ToldRight:
    """A right as its page shows it: in a sentence, with its limits and how it stands."""

    right: UsageRight
    sentence: str
    limits: list[str]
    ended: bool


@dataclass(frozen=True, slots=True)
class Payer:
    """Somebody who pays: the weight, the part in kronor and in percent of the whole."""

    share: CostShare
    kronor: Decimal | None
    percent: Decimal | None


def with_places(rights: UsageRightQuerySet) -> UsageRightQuerySet:
    """The rights with all that a sentence or an answer needs, in two statements."""
    return rights.prefetch_related(_places())


def fill_in(rights: Sequence[UsageRight]) -> None:
    """Read the places of rights that are there already, in one statement."""
    prefetch_related_objects(list(rights), _places())


def of_agreement(agreement: Agreement) -> list[UsageRight]:
    """The agreement's rights with their places, in one statement: a row for each place, one for a right with none."""
    rows: Any = agreement.rights.annotate(
        place=F("places__pk"),
        place_at=F("places__organisation"),
        place_name=F("places__organisation__name"),
        place_included=F("places__included"),
        place_inside=Exists(_around("pk", "places__organisation")),
    )
    found: dict[int, UsageRight] = {}
    places: defaultdict[int, list[RightPlace]] = defaultdict(list)
    for row in rows.order_by("pk", "-places__included", "places__organisation__name_key"):
        right = found.setdefault(row.pk, row)
        if row.place is not None:
            node = Organisation(pk=row.place_at, name=row.place_name)
            mark: Any = RightPlace(pk=row.place, right=right, organisation=node, included=row.place_included)
            mark.inside = row.place_inside
            places[right.pk].append(mark)
    for right in found.values():
        kept: Any = right.places.all()
        kept._result_cache, kept._prefetch_done = places[right.pk], True
        right.__dict__.setdefault("_prefetched_objects_cache", {})["places"] = kept
    return list(found.values())


def _around(right: str, organisation: str) -> Any:
    """Exceptions of the right that the organisation lies below."""
    return RightPlace.objects.filter(
        right=OuterRef(right), included=False, organisation__branches_below__descendant=OuterRef(organisation)
    )


def _places() -> Any:
    """Each right's places; `inside` says that one lies below an exception of the same right."""
    around = _around("right", "organisation")
    return Prefetch("places", RightPlace.objects.select_related("organisation").annotate(inside=Exists(around)))


def at(place: Organisation, rights: UsageRightQuerySet) -> list[UsageRight]:
    """Those of the rights whose nearest mark, seen from the place, includes it; in one statement."""
    up = "organisation__branches_below"
    marks = RightPlace.objects.filter(**{"right": OuterRef("pk"), f"{up}__descendant": place}).order_by(f"{up}__depth")
    return list(rights.annotate(here=Subquery(marks.values("included")[:1])).filter(here=True))


def as_terms(rights: Iterable[UsageRight], day: date) -> list[terms.Right]:
    """The rights for `terms.answer`; they need their places fetched along."""
    known = {right.pk: right for right in rights}
    marks = {pk: {mark.organisation_id: mark.included for mark in right.places.all()} for pk, right in known.items()}
    return [replace(one, marks=marks[one.id]) for one in periods(known.values(), day)]


def periods(rights: Iterable[UsageRight], day: date) -> list[terms.Right]:
    """The rights as data without their places; what has no day to hold on is left out."""
    found = []
    for right in rights:
        start, end = right.period(day)
        if end is not None and end <= start:
            continue
        found.append(
            terms.Right(
                id=right.pk,
                agreement=right.agreement_id,
                way=terms.Way(right.way),
                start=start,
                end=end,
                marks={},
                forms=frozenset(right.school_forms),
                audience=frozenset(terms.Audience(code) for code in right.audience),
                terminated=right.agreement.terminated_date is not None,
            )
        )
    return found


def way_up(place: Organisation) -> list[int]:
    """The place and all above it, the nearest first: what `terms.answer` calls the path."""
    return list(Branch.objects.filter(descendant=place).order_by("depth").values_list("ancestor", flat=True))


def told(rights: Sequence[UsageRight], day: date) -> list[ToldRight]:
    """Each right in words, those that have ended last; they need their places fetched along."""
    lines = []
    for right in rights:
        places: list[Any] = list(right.places.all())
        named = [(mark.organisation.name, mark.included, mark.inside) for mark in places]
        _start, end = right.period(day)
        ended = end is not None and end <= day
        lines.append(ToldRight(right, wording.sentence(right, named, day), wording.limits(right), ended))
    return sorted(lines, key=lambda line: (line.ended, line.right.pk))


def payers(agreement: Agreement, person: Any, day: date) -> list[Payer]:
    """The shares that the person may see, in kronor: all of them are needed to reckon one."""
    mine = CostShare.objects.visible_to(person, SEE_SHARE).filter(pk=OuterRef("pk"))
    rows: list[Any] = list(agreement.shares.select_related("organisation").annotate(seen=Exists(mine)))
    price = agreement.price_on(day)
    parts: list[Decimal] | None = None
    if rows and price is not None and agreement.share_key:
        try:
            parts = shares(price, Key(agreement.share_key), [row.weight for row in rows])
        except Unshareable:  # the price has been changed since the fixed amounts were written
            parts = None
    return [
        Payer(row, parts[n] if parts else None, 100 * parts[n] / price if parts and price else None)
        for n, row in enumerate(rows)
        if row.seen
    ]


def priced(agreements: Sequence[Agreement], person: Any) -> set[int]:
    """The keys of those whose price the person may see, in two statements."""
    keys = which(person, SEE_PRICE, agreements)
    if len(keys) < len(agreements):
        paid = CostShare.objects.filter(agreement__in=[one.pk for one in agreements]).visible_to(person, SEE_SHARE)
        keys |= set(paid.values_list("agreement", flat=True))
    return keys
