"""The list of items: what is asked for in the address, and the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from resursnav.deliver.resources.models import Resource

from . import codes, wording
from .models import Holding, Item, ItemQuerySet, ItemState, LoanKind, StockPlace
from .rules import WORK

STATES = {"kept": _("Alla utom gallrade"), **{state.value: state.label for state in ItemState}, "all": _("Alla")}
KINDS = {str(kind.value): kind.label for kind in LoanKind}
SORTS = {
    "barcode": ("barcode",),
    "title": ("holding__resource__title", "barcode"),
    "number": ("holding__number", "barcode"),
    "place": (F("place__name_key").asc(nulls_last=True), "shelf", "barcode"),
    "added": ("-added_at", "barcode"),
    "-barcode": ("-barcode",),
    "-title": ("-holding__resource__title", "barcode"),
    "-number": ("-holding__number", "barcode"),
    "-place": (F("place__name_key").desc(nulls_last=True), "-shelf", "barcode"),
    "-added": ("added_at", "barcode"),
}
HEADS = (
    _("Streckkod"), _("Titel"), _("Nummer"), _("Form"), _("Läge"), _("Plats"), _("Hylla"), _("Skick"), _("Värde"),
    _("Tillbaka"), _("Anteckning"),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it does not know is as if it were not said."""

    q: str
    state: str
    kind: str
    place: int | None
    sort: str

    @classmethod
    def of(cls, given: QueryDict) -> Asked:
        """Read from the address."""
        place = given.get("place", "")
        return cls(
            q=" ".join(given.get("q", "")[:100].replace("\0", " ").split()),
            state=given.get("state", "") if given.get("state") in STATES else "kept",
            kind=given.get("kind", "") if given.get("kind") in KINDS else "",
            place=int(place) if place.isascii() and place.isdecimal() and len(place) < 10 else None,
            sort=given.get("sort", "") if given.get("sort") in SORTS else "barcode",
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order was asked for."""
        return bool(self.q or self.kind or self.place is not None or self.state != "kept")


def found(asked: Asked, person: Any) -> ItemQuerySet:
    """The items that were asked for and that the person works with."""
    rows: ItemQuerySet = Item.objects.visible_to(person, WORK)
    if asked.state == "kept":
        rows = rows.kept()
    elif asked.state != "all":
        rows = rows.filter(state=asked.state)
    if asked.kind:
        rows = rows.filter(holding__kind=asked.kind)
    if asked.place is not None:
        rows = rows.filter(place=asked.place)
    if asked.q:
        rows = rows.filter(Q(barcode__startswith=codes.tidy(asked.q)) | Q(holding__in=matching(asked.q).values("pk")))
    return rows.select_related("holding__resource", "place").order_by(*SORTS[asked.sort], "pk")


def matching(text: str) -> Any:
    """The holdings with the text in name, number or title."""
    titled = Resource.objects.filter(Q(title__icontains=text) | Q(title__contains=text.capitalize()))
    return Holding.objects.filter(
        Q(number__istartswith=text) | Q(name__icontains=text) | Q(resource__in=titled.values("pk"))
    ).order_by()


def places(person: Any) -> list[StockPlace]:
    """The places of those that the person works for."""
    return list(StockPlace.objects.visible_to(person, WORK))


def cells(item: Item) -> list[str]:
    """The item for a spreadsheet."""
    return [
        item.barcode,
        item.holding.title(),
        item.holding.number,
        str(item.holding.get_media_type_display()),
        wording.status(item).label,
        item.place.name if item.place else "",
        item.shelf,
        str(item.get_condition_display()),
        f"{item.value:.2f}".replace(".", ",") if item.value is not None else "",
        item.back_date.isoformat() if item.back_date else "",
        item.note,
    ]
