"""Reads what stands under which rights: a statement for the titles, one more for rights that are not kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce

from resursnav.deliver.resources.models import Edition, Resource
from resursnav.foundation.keeping import Kept
from resursnav.foundation.keeping.prepared import Prepared
from resursnav.foundation.keeping.reading import stamp
from resursnav.foundation.organisations.models import Branch, Organisation
from resursnav.foundation.organisations.names import name_key
from resursnav.landscape.agreements import notice, terms
from resursnav.landscape.agreements.models import RIGHTS, Renewal, UsageRight

from .judging import Held, Title
from .models import CollectionTie, SupplierTie, TitleEntry

MEDIA, LIST, SUPPLIER, PATH = "media", "list", "supplier", "path"


@dataclass(slots=True)
class Ties:
    """What is known of the titles and the place before any right is read.

    `lists` and `media` are the title lists and the forms of each resource, `agreements` says whose each list is, and
    `path` is the place and all above it, with their names in `places`.
    """

    lists: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    media: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    agreements: dict[int, int] = field(default_factory=dict)
    path: tuple[int, ...] = ()
    stamp: int = 0  # of all rights
    places: dict[int, str] = field(default_factory=dict)

    def title(self, resource: Resource) -> Title:
        """The resource as the judging wants it."""
        return Title(resource.licence, frozenset(self.media[resource.pk]), frozenset(self.lists[resource.pk]))


def ties_of(resources: Sequence[Resource], place: Organisation | None) -> Ties:
    """The lists and forms of the resources, and the place's way up, in one statement."""
    keys = [resource.pk for resource in resources]
    from_supplier: defaultdict[str, list[int]] = defaultdict(list)
    for resource in resources:
        if resource.publisher:
            from_supplier[name_key(resource.publisher)].append(resource.pk)
    found, path = Ties(), []
    for what, key, titles, agreement, text in _ties.rows(keys, list(from_supplier), [place.pk] if place else []):
        if what == MEDIA:
            found.media[key].add(text)
        elif what == PATH:
            path.append((key, titles))
            found.places[titles], found.stamp = text, agreement
        else:
            found.agreements[titles] = agreement
            for one in from_supplier[text] if what == SUPPLIER else [key]:
                found.lists[one].add(titles)
    found.path = tuple(node for _depth, node in sorted(path))
    return found


def _tables(resources: Sequence[int], suppliers: Sequence[str], places: Sequence[int]) -> QuerySet[Any]:
    of_list: dict[str, Any] = {"titles": "titles", "agreement": "titles__agreement"}
    return table(MEDIA, Edition.objects.filter(resource__in=resources), "resource", text="media_type").union(
        table(LIST, TitleEntry.objects.filter(resource__in=resources), "resource", **of_list),
        table(LIST, CollectionTie.objects.filter(collection__items__resource__in=resources),
              "collection__items__resource", **of_list),
        table(SUPPLIER, SupplierTie.objects.filter(name_key__in=suppliers), text="name_key", **of_list),
        table(PATH, Branch.objects.filter(descendant__in=places), "depth", "ancestor", stamp(RIGHTS), "ancestor__name"),
        all=True,
    )  # fmt: skip


_ties = Prepared(_tables)


def table(
    what: str, rows: QuerySet[Any], key: str = "", titles: str = "", agreement: str | Coalesce = "", text: str = ""
) -> QuerySet[Any]:
    """Rows of five columns, the same for every kind: (kind, key, title list, agreement, text)."""
    numbers = (_number(name) for name in (key, titles, agreement))
    return rows.order_by().values_list(
        Value(what, output_field=CharField()), *numbers, F(text) if text else Value("", output_field=CharField())
    )


def _number(name: str | Coalesce) -> Any:
    if isinstance(name, str):
        return F(name) if name else Value(0)
    return name


def rights_for(ties: Ties, day: date) -> list[Held]:
    """The rights of the lists that concern the place: with a mark on its way up, or agreed by somebody on it.

    What others have agreed for others is not even a reason to say no.
    """
    if not ties.agreements or not ties.path:
        return []
    path = set(ties.path)
    found = []
    for row in _rows(ties.stamp, set(ties.agreements.values())):
        if row.titles is not None and row.titles not in ties.agreements:
            continue
        marks = {place: row.marks[place] for place in path & row.marks.keys()}
        if not marks and row.owner not in path:
            continue
        right = right_of(row.pk, row.said, day, marks=marks)
        if right is not None:
            found.append(Held(right, row.titles))
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """A right as it is kept: its title list, whose its agreement is, all its places, and what else it says."""

    pk: int
    titles: int | None
    owner: int
    marks: dict[int, bool]
    said: tuple[Any, ...]


def _rows(stamp: int, agreements: set[int]) -> list[_Row]:
    """The rights of the agreements, each agreement's kept by itself; one statement for those that are not."""
    kept = {key: _kept.find(stamp, key) for key in agreements}
    unknown = [key for key, rows in kept.items() if rows is None]
    if unknown:
        for key, rows in _read(unknown).items():
            kept[key] = _kept.keep(stamp, key, rows)
    return sorted((row for rows in kept.values() for row in rows or ()), key=lambda row: row.pk)


def _read(agreements: list[int]) -> dict[int, tuple[_Row, ...]]:
    rows: Iterable[tuple[Any, ...]] = (
        UsageRight.objects.filter(agreement__in=agreements).order_by("pk").values_list(*_COLUMNS)
    )
    known: dict[int, _Row] = {}
    found: defaultdict[int, list[_Row]] = defaultdict(list)
    for pk, titles, owner, place, included, *said in rows:
        if pk not in known:
            known[pk] = _Row(pk, titles, owner, {}, tuple(said))
            found[said[0]].append(known[pk])
        if place is not None:
            known[pk].marks[place] = included
    return {key: tuple(found[key]) for key in agreements}


MOST_KEPT = 5_000  # agreements, of a few kilobytes each
_kept: Kept[tuple[_Row, ...]] = Kept(MOST_KEPT)
_COLUMNS = (
    "pk", "titles", "agreement__owner", "places__organisation", "places__included", "agreement", "way", "valid_from",
    "valid_to", "school_forms", "audience", "agreement__valid_from", "agreement__valid_to", "agreement__renewal",
    "agreement__renewal_months", "agreement__terminated_date",
)  # fmt: skip


def right_of(
    pk: int, said: Sequence[Any], day: date, *, extended: bool = False, marks: dict[int, bool] | None = None
) -> terms.Right | None:
    """The right as data, with the marks if they are known; None when it has no day to hold on.

    With `extended` an agreement that is extended by itself has no end, else that of its period on the day.
    """
    agreement, way, first, last, forms, audience, agreed_from, agreed_to, renewal, months, terminated = said
    extends = renewal == Renewal.EXTENDS and terminated is None
    agreed = None if extends and extended else notice.end_on(agreed_to, months if extends else None, day)
    ends = [end for end in (last, agreed) if end is not None]
    start, end = max(filter(None, (first, agreed_from))), min(ends, default=None)
    if end is not None and end <= start:
        return None
    return terms.Right(
        id=pk,
        agreement=agreement,
        way=terms.Way(way),
        start=start,
        end=end,
        marks=marks or {},
        forms=frozenset(forms),
        audience=frozenset(map(terms.Audience, audience)),
        terminated=terminated is not None,
    )
