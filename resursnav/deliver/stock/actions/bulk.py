"""A whole old stock at once: holdings and items by the thousand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from resursnav.deliver.resources.vocabulary import MediaType
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.foundation.threads.actions import Thing, record
from resursnav.kernel.events import tell

from ..events import ItemsAdded
from ..models import USUAL_KIND, BarcodeSeries, Holding, Item, LoanKind
from .adding import next_barcodes

BATCH = 1000
KIND = "stock.import"


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many items of a resource in a form, with the number on the shelf."""

    resource_id: int
    media_type: str
    number: str
    copies: int


@transaction.atomic
def stock_up(*, owner: Organisation, wanted: Iterable[Wanted], name: str, by: Person | None, at: datetime) -> int:
    """Open the holdings that are not there and give each its items; the log gets one line. How many items that were.

    A resource that is held in the form already is left as it is, so that the same list can be read twice.
    """
    BarcodeSeries.objects.get_or_create(owner=owner)
    lines, count = iter(wanted), 0
    while batch := list(islice(lines, BATCH)):
        known = set(
            Holding.objects.filter(resource__in=[line.resource_id for line in batch]).values_list(
                "resource", "media_type"
            )
        )
        new = [line for line in batch if (line.resource_id, line.media_type) not in known]
        count += _made(owner, new, at) if new else 0
    if count:
        record(verb="stock.taken_in", thing=Thing(KIND, name), organisation=owner, by=by, at=at, after={"new": count})
    return count


def _made(owner: Organisation, lines: list[Wanted], at: datetime) -> int:
    opened = Holding.objects.bulk_create(
        Holding(
            owner=owner,
            resource_id=line.resource_id,
            media_type=line.media_type,
            number=line.number,
            kind=USUAL_KIND.get(MediaType(line.media_type), LoanKind.MEDIA),
            updated_at=at,
        )
        for line in lines
    )
    barcodes = iter(next_barcodes(owner.pk, sum(line.copies for line in lines)))
    made = [
        Item(holding=holding, owner=owner, barcode=next(barcodes), added_at=at, updated_at=at)
        for holding, line in zip(opened, lines, strict=True)
        for _copy in range(line.copies)
    ]
    items = Item.objects.bulk_create(made, batch_size=BATCH)
    by_holding: dict[int, list[int]] = {}
    for item in items:
        by_holding.setdefault(item.holding_id, []).append(item.pk)
    for holding, keys in by_holding.items():
        tell(ItemsAdded(holding, tuple(keys)))
    return len(items)
