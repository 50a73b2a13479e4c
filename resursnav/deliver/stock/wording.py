"""What one says of stock: the sheets of labels, and an item's state in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.ui.components.words import day_year

from .models import Item, ItemState

SHEET_WORDS: dict[str, Any] = {
    "3x8": gettext_lazy("A4 med 24 etiketter, 70 × 37 mm (3 × 8)"),
    "3x7": gettext_lazy("A4 med 21 etiketter, 63,5 × 38,1 mm (3 × 7)"),
    "2x7": gettext_lazy("A4 med 14 etiketter, 99,1 × 38,1 mm (2 × 7)"),
    "4x10": gettext_lazy("A4 med 40 etiketter, 48,5 × 25,4 mm (4 × 10)"),
    "57x32": gettext_lazy("Etikettskrivare, 57 × 32 mm"),
    "62x29": gettext_lazy("Etikettskrivare, 62 × 29 mm"),
}
TONES = {
    ItemState.IN_USE: "good",
    ItemState.SERVICE: "warning",
    ItemState.MISSING: "danger",
    ItemState.RETIRED: "plain",
}


@dataclass(frozen=True, slots=True)
class Status:
    """An item's state: one or two words, and a tone."""

    label: str
    tone: str


def status(item: Item) -> Status:
    """How it stands with the item."""
    return Status(str(item.get_state_display()).capitalize(), TONES[ItemState(item.state)])


def sentence(item: Item) -> str:
    """The state as a sentence on the item's page."""
    if item.state == ItemState.RETIRED and item.retired_at is not None:
        return _("Gallrat %(day)s: %(reason)s") % {"day": day_year(item.retired_at), "reason": item.retired_reason}
    if item.state == ItemState.MISSING:
        return _("Saknas sedan %(day)s.") % {"day": day_year(item.out_from)}
    if item.state == ItemState.SERVICE:
        said = {"where": item.service_at, "since": day_year(item.out_from)}
        begins = _("Hos %(where)s sedan %(since)s.") if item.service_at else _("Ur utlåningen sedan %(since)s.")
        ends = _("Kan lånas ut från %(back)s.") % {"back": day_year(item.back_date)}
        return f"{begins % said} {ends if item.back_date else _('Ingen vet när det är tillbaka.')}"
    return _("I bruk: det kan lånas ut när det står på sin hylla.")


def where(item: Item) -> str:
    """Place and shelf; reads the place."""
    return ", ".join(part for part in (item.place.name if item.place else "", item.shelf) if part)
