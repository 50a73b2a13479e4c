"""What stands in title lists: counted for the agreement's page, and all of it for the list's own and the forecast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, Q, Value

from resursnav.deliver.resources.models import CollectionItem, Resource
from resursnav.landscape.agreements.models import Agreement, TitleList

from .judging import OPEN
from .models import CollectionTie, SupplierTie, TitleEntry
from .publishers import spellings, written
from .ties import table


@dataclass(slots=True)
class Listed:
    """A title list with how many stand in it by name, and the names of the collections and suppliers in it."""

    pk: int
    name: str
    entries: int = 0
    collections: list[str] = field(default_factory=list)
    suppliers: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not (self.entries or self.collections or self.suppliers)


def lists_of(agreement: Agreement) -> list[Listed]:
    """The agreement's lists, in one statement."""
    within: dict[str, Any] = {"titles__agreement": agreement}
    rows = table("list", TitleList.objects.filter(agreement=agreement), titles="pk", text="name").union(
        TitleEntry.objects.filter(**within).order_by().values("titles").annotate(number=Count("pk")).values_list(
            Value("entries", output_field=CharField()), "number", "titles", Value(0),
            Value("", output_field=CharField()),
        ),
        table("shelf", CollectionTie.objects.filter(**within), titles="titles", text="collection__title"),
        table("supplier", SupplierTie.objects.filter(**within), titles="titles", text="name"),
        all=True,
    )  # fmt: skip
    told = list(rows)
    found = {titles: Listed(titles, text) for what, _n, titles, _agreement, text in told if what == "list"}
    for what, number, titles, _agreement, text in told:
        if what == "entries":
            found[titles].entries = number
        elif what == "shelf":
            found[titles].collections.append(text)
        elif what == "supplier":
            found[titles].suppliers.append(text)
    return sorted(found.values(), key=lambda listed: (listed.name, listed.pk))


def standing_in(lists: Any, names: Collection[str] | None = None) -> Any:
    """The resources that stand in any of the lists, however they came there.

    `names` are their suppliers as the catalogue writes them; two statements more where they are not known.
    """
    shelves = CollectionTie.objects.filter(titles__in=lists).order_by().values("collection")
    if names is None:
        keys = SupplierTie.objects.filter(titles__in=lists).order_by().values_list("name_key", flat=True)
        names = spellings(set(keys))
    return Resource.objects.filter(
        Q(pk__in=TitleEntry.objects.filter(titles__in=lists).order_by().values("resource"))
        | Q(pk__in=CollectionItem.objects.filter(collection__in=shelves).order_by().values("resource"))
        | Q(publisher__in=list(names))
    )


def members(lists: Collection[int]) -> dict[int, frozenset[int]]:
    """For each resource in any of the lists all lists that it stands in; what is openly licensed needs none.

    In three statements however many they are.
    """
    by_key: defaultdict[str, set[int]] = defaultdict(set)
    for key, titles in SupplierTie.objects.order_by().values_list("name_key", "titles"):
        by_key[key].add(titles)
    by_name = {name: by_key[key] for name, key in written(by_key.keys()).items()} if by_key else {}
    wanted = set(lists)
    names = [name for name, own in by_name.items() if own & wanted]
    concerned = standing_in(lists, names).exclude(licence__in=OPEN).order_by().values("pk")
    tied = CollectionTie.objects.filter(collection__items__resource__in=concerned)
    published = Resource.objects.filter(pk__in=concerned, publisher__in=list(by_name))
    rows = table("entry", TitleEntry.objects.filter(resource__in=concerned), "resource", "titles").union(
        table("collection", tied, "collection__items__resource", "titles"),
        table("publisher", published, "pk", text="publisher"),
        all=True,
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for what, resource, titles, _agreement, name in rows:
        if what == "publisher":
            found[resource] |= by_name[name]
        else:
            found[resource].add(titles)
    return {resource: frozenset(kept) for resource, kept in found.items()}


def leaving_with(
    titles: TitleList, *, resources: Collection[int] = (), collection: int = 0, supplier: int = 0
) -> set[int]:
    """The resources that no longer stand in the list when these entries, this collection or supplier (ties) leave it.

    What also came there in another way stays. In five statements.
    """
    shelves = dict(CollectionTie.objects.filter(titles=titles).values_list("pk", "collection"))
    names = dict(SupplierTie.objects.filter(titles=titles).order_by().values_list("pk", "name_key"))
    entries = set(TitleEntry.objects.filter(titles=titles).values_list("resource", flat=True))
    going, staying = entries & set(resources), entries - set(resources)
    for tie, shelf in shelves.items():
        keys = CollectionItem.objects.filter(collection=shelf).values_list("resource", flat=True)
        (going if tie == collection else staying).update(keys)
    for tie, key in names.items():
        found = Resource.objects.filter(publisher__in=spellings({key})).order_by().values_list("pk", flat=True)
        (going if tie == supplier else staying).update(found)
    return going - staying
