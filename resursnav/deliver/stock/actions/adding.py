"""Put new items on the shelf, one or many at a time, with barcodes in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.foundation.people.models import Person
from resursnav.kernel.events import tell
from resursnav.kernel.text import clean

from .. import codes
from ..events import ItemsAdded
from ..facts import ItemFacts, values
from ..models import BarcodeSeries, Holding, Item
from .telling import UnableToStock, check, held, recorded

MOST = 500
NAMED = 5
TRIES = 50


@transaction.atomic
def add_items(
    *,
    holding: Holding,
    count: int,
    by: Person | None,
    at: datetime,
    first_barcode: str = "",
    facts: ItemFacts | None = None,
) -> list[Item]:
    """Put that many items on the shelf: barcodes in a row from the first one, or the owner's next free ones."""
    if not 1 <= count <= MOST:
        raise UnableToStock(_("Skriv ett antal från 1 till %(most)d.") % {"most": MOST}, field="count")
    found = held(holding)
    first = codes.tidy(first_barcode)
    barcodes = _in_a_row(found, first, count) if first else next_barcodes(found.owner_id, count)
    return put_on_shelf(holding=found, barcodes=barcodes, facts=facts or ItemFacts(), by=by, at=at)


def put_on_shelf(
    *, holding: Holding, barcodes: Sequence[str], facts: ItemFacts, by: Person | None, at: datetime
) -> list[Item]:
    """Make the items with these barcodes, which are free; the holding is locked by the caller."""
    said = values(cleaned(facts))
    made = [
        Item(holding=holding, owner_id=holding.owner_id, barcode=code, added_at=at, updated_at=at, **said)
        for code in barcodes
    ]
    belongs(holding, facts)
    check(made[0])
    try:
        with transaction.atomic():
            items = Item.objects.bulk_create(made, batch_size=500)
    except IntegrityError as taken:  # in another holding of the same centre, since they were looked for
        raise UnableToStock(
            _("Någon annan tog just en av streckkoderna. Se efter vilka som är lediga och försök igen."),
            field="first_barcode",
        ) from taken
    told = barcodes[0] if len(barcodes) == 1 else f"{barcodes[0]}-{barcodes[-1]} ({len(barcodes)})"
    recorded("items_added", holding, by=by, at=at, after={"barcodes": told})
    tell(ItemsAdded(holding.pk, tuple(item.pk for item in items)))
    return items


def next_barcodes(owner_id: int, count: int) -> list[str]:
    """The owner's next free barcodes, taken out of the series; two at once never get the same."""
    BarcodeSeries.objects.get_or_create(owner_id=owner_id)
    series = BarcodeSeries.objects.select_for_update().get(owner_id=owner_id)
    start = series.next_number
    for _try in range(TRIES):
        wanted = [series.code(start + step) for step in range(count)]
        taken = Item.objects.filter(owner=owner_id, barcode__in=wanted).values_list("barcode", flat=True)
        if not taken:
            break
        start += 1 + max(wanted.index(code) for code in taken)
    else:
        raise UnableToStock(
            _("Nummerserien krockar med streckkoder som redan används. Ändra nästa nummer under Platser och nummer.")
        )
    series.next_number = start + count
    series.save(update_fields=["next_number"])
    return wanted


def cleaned(facts: ItemFacts) -> ItemFacts:
    """The texts as they were meant."""
    return replace(facts, shelf=" ".join(clean(facts.shelf).split()), note=clean(facts.note))


def belongs(holding: Holding, facts: ItemFacts) -> None:
    """An item stands at a place of its own owner."""
    if facts.place is not None and facts.place.owner_id != holding.owner_id:
        raise UnableToStock(_("Platsen hör till en annan organisation."), field="place")


def _in_a_row(holding: Holding, first: str, count: int) -> list[str]:
    if not codes.is_code(first):
        raise UnableToStock(
            _(
                "En streckkod har 3-24 tecken: bokstäverna A-Z, siffror, och mellan dem punkt, snedstreck "
                "och bindestreck."
            ),
            field="first_barcode",
        )
    barcodes = codes.following(first, count)
    if barcodes is None:
        raise UnableToStock(
            _("Den första streckkoden måste sluta med siffror och ha plats för flera, så att den går att räkna upp."),
            field="first_barcode",
        )
    taken = list(Item.objects.filter(owner=holding.owner_id, barcode__in=barcodes).order_by("barcode")[: NAMED + 1])
    if taken:
        raise UnableToStock(_taken(taken), field="first_barcode")
    return barcodes


def _taken(items: Sequence[Item]) -> str:
    named = ", ".join(item.barcode for item in items[:NAMED])
    if len(items) > NAMED:
        return _("Flera av streckkoderna används redan, bland dem %(codes)s.") % {"codes": named}
    return ngettext("Streckkoden %(codes)s används redan.", "Streckkoderna %(codes)s används redan.", len(items)) % {
        "codes": named
    }
