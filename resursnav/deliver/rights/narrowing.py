"""The search's filter "may be used here": which title lists allow which ways of use, for a place, today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db.models import BooleanField, Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.deliver.resources.models import CollectionItem, Edition, Resource
from resursnav.deliver.resources.vocabulary import Licence
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.search.documents import Gate, Offer
from resursnav.landscape.agreements.models import Agreement, RightPlace, TitleList, UsageRight
from resursnav.landscape.agreements.terms import Way

from . import wording
from .indexing import FACET, LENT_CODE, OPEN_CODE, TEACHING_CODE, agreement_code, list_code
from .judging import LENT_BY_LAW, NEVER_BY_LAW, OPEN, TEACHING
from .models import CollectionTie, SupplierTie, TitleEntry
from .places import forms_of, place_of, town_of, way_up
from .publishers import spellings

NAME = "may"


def offered(person: Any) -> Offer | None:
    """The ways of use to choose among, for somebody who works in a municipality, a school or a library."""
    place = place_of(person)
    if place is None or place.kind == Kind.REGION:
        return None
    said = {"where": wording.where(town_of(person, place))}
    return Offer(
        NAME,
        _("Får användas %(where)s") % said,
        {way.value: wording.first(wording.DONE[way]) for way in Way},
        gates(place, way_up(person, place), timezone.localdate()),
    )


def gates(place: Organisation, path: Sequence[int], day: date) -> dict[str, Gate]:
    """For each way of use what the place may use that way on the day; `path` is the place and all above it.

    In one statement: rights that hold on the day, and those that speak of loans at all.
    """
    allowing: defaultdict[Way, Lists] = defaultdict(Lists)
    regulating = Lists()
    asked = frozenset(forms_of(place))
    for way, titles, agreement, forms, holds in _rights(path, day):
        if holds and (not asked or not forms or asked & set(forms)):
            allowing[Way(way)].add(titles, agreement)
        if way == Way.LOAN:
            regulating.add(titles, agreement)
    found = {}
    for way in Way:
        values = (OPEN_CODE, *((TEACHING_CODE,) if way in TEACHING else ()), *allowing[way].codes())
        by_law: dict[str, Any] = {"besides": LENT_CODE, "unless": regulating.codes()} if way is Way.LOAN else {}
        found[way.value] = Gate(FACET, values, **by_law, ids=partial(allowed, way, allowing[way], regulating))
    return found


def _rights(path: Sequence[int], day: date) -> Iterable[tuple[Any, ...]]:
    """(way, list, agreement, forms, whether it holds here on the day) of what holds, and of all that speak of loans."""
    steps = Case(*(When(organisation=node, then=Value(step)) for step, node in enumerate(path)))
    marks = RightPlace.objects.filter(right=OuterRef("pk"), organisation__in=list(path)).order_by(steps)
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    going = Q(valid_to=None) | Q(valid_to__gt=day)
    holds = begun & going & Q(agreement__in=Agreement.objects.in_force(day).values("pk"), here=True)
    never = Q(valid_to__lte=F("valid_from")) | Q(valid_to__lte=F("agreement__valid_from"))
    concerns = Q(here__isnull=False) | Q(agreement__owner__in=list(path))
    rows: Any = UsageRight.objects.order_by().annotate(here=Subquery(marks.values("included")[:1]))
    rows = rows.annotate(holds=Case(When(holds, then=Value(True)), default=Value(False), output_field=BooleanField()))
    wanted = rows.filter(Q(holds=True) | (Q(way=Way.LOAN) & concerns & ~never))
    return wanted.values_list("way", "titles", "agreement", "school_forms", "holds")  # type: ignore[no-any-return]  # of Any


@dataclass(slots=True)
class Lists:
    """Title lists, and agreements of which all lists are meant."""

    titles: set[int] = field(default_factory=set)
    agreements: set[int] = field(default_factory=set)

    def add(self, titles: int | None, agreement: int) -> None:
        """One list, or (None) all of an agreement."""
        if titles is None:
            self.agreements.add(agreement)
        else:
            self.titles.add(titles)

    def codes(self) -> tuple[str, ...]:
        """As the index knows them."""
        return (*map(list_code, sorted(self.titles)), *map(agreement_code, sorted(self.agreements)))

    def resources(self) -> Q:
        """What stands in any of them, in SQL."""
        lists = (
            TitleList.objects.filter(Q(pk__in=self.titles) | Q(agreement__in=self.agreements)).order_by().values("pk")
        )
        collections = CollectionTie.objects.filter(titles__in=lists).values("collection")
        keys = SupplierTie.objects.filter(titles__in=lists).order_by().values_list("name_key", flat=True)
        return (
            Q(pk__in=TitleEntry.objects.filter(titles__in=lists).order_by().values("resource"))
            | Q(pk__in=CollectionItem.objects.filter(collection__in=collections).order_by().values("resource"))
            | Q(publisher__in=spellings(set(keys)))
        )


def allowed(way: Way, lists: Lists, regulating: Lists) -> QuerySet[Any]:
    """The same in SQL: the keys of the resources that may be used that way."""
    wanted = Q(licence__in=OPEN) | lists.resources()
    if way in TEACHING:
        wanted |= Q(licence=Licence.TEACHING)
    if way is Way.LOAN:
        lent = Edition.objects.filter(media_type__in=LENT_BY_LAW).values("resource")
        never = Edition.objects.filter(media_type__in=NEVER_BY_LAW).values("resource")
        wanted |= Q(pk__in=lent) & ~Q(pk__in=never) & ~regulating.resources()
    return Resource.objects.filter(wanted).order_by().values("pk")
