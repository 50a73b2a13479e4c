"""From what a scanner types to the item."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.db.models import Q
from django.urls import Resolver404, get_script_prefix, resolve

from resursnav.foundation.organisations.models import Organisation

from . import codes
from .models import Item

ITEM_PAGE = "stock:item"
HIGHEST = 2**63 - 1


def item_by_code(code: str, *, owner: Organisation) -> Item | None:
    """The owner's item with the barcode, or the one whose page the scanned address leads to; retired ones too."""
    return items_by_codes([code], owner=owner).get(code)


def items_by_codes(typed: Iterable[str], *, owner: Organisation) -> dict[str, Item]:
    """What each of the codes leads to, as it was typed; those that lead nowhere are left out. One statement."""
    meant = {code: [(_key_in(text), codes.tidy(text)) for text in codes.readings(code)] for code in typed}
    keys = {key for pairs in meant.values() for key, _barcode in pairs if key is not None}
    barcodes = {barcode for pairs in meant.values() for _key, barcode in pairs if codes.is_code(barcode)}
    if not keys and not barcodes:
        return {}
    rows = Item.objects.filter(Q(pk__in=keys) | Q(barcode__in=barcodes), owner=owner)
    items = list(rows.select_related("holding__resource", "place"))
    by_key, by_barcode = {item.pk: item for item in items}, {item.barcode: item for item in items}
    found: dict[str, Item] = {}
    for code, pairs in meant.items():
        for key, barcode in pairs:
            item = by_barcode.get(barcode) if key is None else by_key.get(key)
            if item is not None:
                found.setdefault(code, item)
    return found


def _key_in(text: str) -> int | None:
    """The item's key, when the text is the address of an item's page."""
    address = text.lower()
    if not address.startswith(("http://", "https://", "/")):
        return None
    try:
        path = urlsplit(address).path
        match = resolve("/" + path.removeprefix(get_script_prefix()))
    except (ValueError, Resolver404):
        return None
    key = match.kwargs.get("pk")
    return key if match.view_name == ITEM_PAGE and isinstance(key, int) and key <= HIGHEST else None
