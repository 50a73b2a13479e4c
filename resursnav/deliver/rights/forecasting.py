"""What disappears for whom: the run-out forecast, an agreement that is not renewed, titles that leave a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from resursnav.foundation.organisations.models import Branch, Kind, Organisation
from resursnav.kernel.manifest import Manifest, load
from resursnav.landscape.agreements import notice, reading
from resursnav.landscape.agreements.models import Agreement, Renewal, TitleList, UsageRight
from resursnav.landscape.agreements.terms import Right, Way

from .contents import members
from .losing import Loss, allowed, losses, reach_of
from .rules import FORECAST
from .ties import right_of

YEAR = timedelta(days=365)


@dataclass(slots=True)
class World:
    """Rights with all their places, the title lists that they are for, and the places they are seen from."""

    rights: dict[int, tuple[Right, int | None]] = field(default_factory=dict)
    titles: dict[int, frozenset[int]] = field(default_factory=dict)  # resource -> its lists
    agreements: dict[int, int] = field(default_factory=dict)  # list -> its agreement
    reach: dict[int, frozenset[int]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    def signatures(self) -> dict[frozenset[int], list[int]]:
        """The resources by the lists that they stand in: those that stand in the same are judged together."""
        found: defaultdict[frozenset[int], list[int]] = defaultdict(list)
        for resource, lists in self.titles.items():
            found[lists].append(resource)
        return found

    def by_list(self) -> tuple[dict[int, list[Right]], dict[int, list[Right]]]:
        """The rights by title list, and those for all of an agreement by agreement."""
        own: defaultdict[int, list[Right]] = defaultdict(list)
        whole: defaultdict[int, list[Right]] = defaultdict(list)
        for right, titles in self.rights.values():
            (whole[right.agreement] if titles is None else own[titles]).append(right)
        return own, whole

    def over(self) -> dict[frozenset[int], list[Right]]:
        """The rights over each signature."""
        own, whole = self.by_list()
        found = {}
        for lists in self.signatures():
            agreements = {self.agreements[titles] for titles in lists if titles in self.agreements}
            some = [right for titles in lists for right in own.get(titles, ())]
            found[lists] = some + [right for agreement in agreements for right in whole.get(agreement, ())]
        return found


def world(lists: Collection[int], nodes: Collection[int], day: date) -> World:
    """Everything around the titles of the lists, seen from the municipalities at or below the nodes; six statements.

    A right that is extended by itself has no end here: nothing disappears unless somebody gives notice.
    """
    found = World(titles=members(lists))
    every = {titles for kept in found.titles.values() for titles in kept}
    found.agreements = dict(TitleList.objects.filter(pk__in=every).order_by().values_list("pk", "agreement"))
    of_agreement = Q(titles=None, agreement__in=set(found.agreements.values()))
    rows = UsageRight.objects.filter(Q(titles__in=every) | of_agreement).order_by("pk")
    for pk, titles, mark, included, *said in rows.values_list(*_COLUMNS):
        if pk not in found.rights:
            right = right_of(pk, said, day, extended=True)
            if right is None:
                continue
            found.rights[pk] = (right, titles)
        if mark is not None:
            right, _titles = found.rights[pk]
            found.rights[pk] = (replace(right, marks={**right.marks, mark: included}), titles)
    ways = _places(found, nodes)
    found.reach = {pk: reach_of(right, ways) for pk, (right, _titles) in found.rights.items()}
    return found


_COLUMNS = (
    "pk", "titles", "places__organisation", "places__included", "agreement", "way", "valid_from", "valid_to",
    "school_forms", "audience", "agreement__valid_from", "agreement__valid_to", "agreement__renewal",
    "agreement__renewal_months", "agreement__terminated_date",
)  # fmt: skip


def _places(found: World, nodes: Collection[int]) -> dict[int, list[int]]:
    """The municipalities, and the units that a right names, with their ways up; in one statement."""
    marked = {place for right, _titles in found.rights.values() for place, included in right.marks.items() if included}
    here = Organisation.objects.at_or_below(nodes).not_closed_on(timezone.localdate())
    wanted = here.filter(Q(kind=Kind.MUNICIPALITY) | Q(pk__in=marked, kind=Kind.UNIT))
    ways: defaultdict[int, list[int]] = defaultdict(list)
    above = Branch.objects.filter(descendant__in=wanted.order_by().values("pk"))
    rows = above.order_by("descendant__name_key", "descendant", "depth")
    for place, name, ancestor in rows.values_list("descendant", "descendant__name", "ancestor"):
        found.names[place] = name
        ways[place].append(ancestor)
    return ways


# the forecast ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Gone:
    """What disappears with an agreement: which titles, in which ways, where; how much they were used the last year."""

    agreement: Agreement
    day: date
    titles: set[int] = field(default_factory=set)
    ways: set[Way] = field(default_factory=set)
    places: set[int] = field(default_factory=set)
    uses: int = 0
    price: Decimal | None = None

    @property
    def last_day(self) -> date:
        """The last day on which it is allowed."""
        return self.day - notice.DAY

    @property
    def cost_per_use(self) -> Decimal | None:
        """Kronor for each use in the last year; None where the price is not known or nothing was used."""
        return (self.price / self.uses).quantize(Decimal("0.01")) if self.price is not None and self.uses else None


@dataclass(slots=True)
class Forecast:
    """What disappears within the time, the nearest first."""

    rows: list[Gone]
    names: Mapping[int, str]
    titles: int
    counted: bool  # whether anything counts uses


def nodes_of(person: Any) -> list[int]:
    """The places from which the person sees what disappears: those where the person works."""
    return [post.node_id for post in person.standing()]


def forecast(person: Any, day: date, months: int) -> Forecast:
    """What disappears for whom within so many months, by agreement; at most twelve statements."""
    last = notice.add_months(day, months)
    ending = (
        UsageRight.objects.visible_to(person, FORECAST)
        .filter(Q(valid_to__gt=day, valid_to__lte=last) | _ends(day, last))
        .order_by()
    )
    lists = set(_lists(ending))
    seen = world(lists, nodes_of(person), day) if lists else World()
    gone: dict[int, Gone] = {}
    signatures, found = seen.signatures(), {}
    for kept, rights in seen.over().items():
        if lost := losses(rights, seen.reach, day, last):
            found[kept] = lost
    agreements = Agreement.objects.visible_to(person, FORECAST).in_bulk(
        {loss.agreement for lost in found.values() for loss in lost}
    )
    for kept, lost in found.items():
        for loss in lost:
            if loss.agreement in agreements:
                _add(gone, agreements[loss.agreement], loss, signatures[kept])
    rows = sorted(gone.values(), key=lambda row: (row.day, row.agreement.title_key))
    counted = _count(rows, person, day)
    return Forecast(rows, seen.names, len({title for row in rows for title in row.titles}), counted)


def _ends(day: date, last: date) -> Q:
    goes_on = Q(agreement__renewal=Renewal.EXTENDS, agreement__terminated_date=None)
    return Q(agreement__valid_to__gt=day, agreement__valid_to__lte=last) & ~goes_on


def _lists(rights: Any) -> Iterable[int]:
    whole = rights.filter(titles=None).values("agreement")
    wanted = Q(pk__in=rights.exclude(titles=None).values("titles")) | Q(agreement__in=whole)
    keys: Iterable[int] = TitleList.objects.filter(wanted).order_by().values_list("pk", flat=True)
    return keys


def _add(gone: dict[int, Gone], agreement: Agreement, loss: Loss, titles: Iterable[int]) -> None:
    row = gone.setdefault(agreement.pk, Gone(agreement, loss.day))
    row.day = min(row.day, loss.day)
    row.titles.update(titles)
    row.ways.add(loss.way)
    row.places |= loss.places


def _count(rows: Sequence[Gone], person: Any, day: date) -> bool:
    """Fill in uses of the last year, and prices for those who may know them."""
    uses = use_counts({title for row in rows for title in row.titles}, day - YEAR)
    known = reading.priced([row.agreement for row in rows], person) if rows else set()
    for row in rows:
        row.uses = sum((uses or {}).get(title, 0) for title in row.titles)
        row.price = row.agreement.price_on(day) if row.agreement.pk in known else None
    return uses is not None


def use_counts(titles: Collection[int], since: date) -> dict[int, int] | None:
    """How often each title has been used since the day, by all that count; None where nothing counts yet."""
    manifests = (getattr(config, "manifest", None) for config in apps.get_app_configs())
    counters = [each for manifest in manifests if isinstance(manifest, Manifest) for each in manifest.use_counts]
    found: defaultdict[int, int] = defaultdict(int)
    for counter in counters:
        for title, number in load(counter.run)(titles, since).items():
            found[title] += number
    return dict(found) if counters else None


# what if ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Without:
    """What happens with an agreement's titles when it is not there: what each loses where, and what it keeps."""

    day: date
    lost: dict[int, dict[Way, set[int]]] = field(default_factory=dict)
    kept: dict[int, set[int]] = field(default_factory=dict)  # title -> agreements that still give a right
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def places(self) -> set[int]:
        """All places that lose something."""
        return {place for ways in self.lost.values() for places in ways.values() for place in places}


def without(agreement: Agreement, nodes: Collection[int], day: date) -> Without:
    """Which titles lose every right, and which still have another, on the day after the agreement's last."""
    end = max(agreement.end_on(day) or day, day)
    lists = list(agreement.title_lists.values_list("pk", flat=True))
    seen = world(lists, nodes, day)
    told, signatures = Without(end, names=seen.names), seen.signatures()
    for kept, rights in seen.over().items():
        own = {right.id for right in rights if right.agreement == agreement.pk}
        before = allowed(rights, seen.reach, end - notice.DAY)
        others = [right for right in rights if right.id not in own]
        after = allowed(others, seen.reach, end)
        giving = {(right.way, place): right.agreement for right in others for place in seen.reach[right.id]}
        lost: defaultdict[Way, set[int]] = defaultdict(set)
        for way, place in before - after:
            lost[way].add(place)
        still = {giving[pair] for pair in before & after}
        for title in signatures[kept]:
            if lost:
                told.lost[title] = dict(lost)
            if still:
                told.kept[title] = still
    return told


def leaving(titles: TitleList, resources: Collection[int] | None, nodes: Collection[int], day: date) -> Without:
    """What these resources lose when they leave the list; the lists that they also stand in still count.

    None is everything in the list.
    """
    seen = world([titles.pk], nodes, day)
    told, over = Without(day, names=seen.names), seen.over()
    own, whole = seen.by_list()
    for title, lists in seen.titles.items():
        if (resources is not None and title not in resources) or titles.pk not in lists:
            continue
        rest = lists - {titles.pk}
        agreements = {seen.agreements[one] for one in rest}
        left = [right for one in rest for right in own.get(one, ())]
        left += [right for one in agreements for right in whole.get(one, ())]
        lost: defaultdict[Way, set[int]] = defaultdict(set)
        for way, place in allowed(over[lists], seen.reach, day) - allowed(left, seen.reach, day):
            lost[way].add(place)
        if lost:
            told.lost[title] = dict(lost)
    return told
