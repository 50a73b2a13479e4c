"""Take in a table of items that somebody has looked through and said yes to."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from resursnav.deliver.resources.models import Resource
from resursnav.foundation.people.models import Person
from resursnav.foundation.threads.actions import Thing, record
from resursnav.kernel.events import tell

from ..events import ItemsAdded
from ..facts import HoldingFacts, values
from ..models import Holding, Item
from ..taking import Form, Line, Plan
from .holdings import open_holding
from .keeping import edit_item
from .telling import check

BATCH = 500


@transaction.atomic
def take_in(*, plan: Plan, owner_id: int, name: str, by: Person | None, at: datetime) -> None:
    """Add the new items, with a holding where there is none yet, and change the others."""
    wanted: defaultdict[Form, list[Line]] = defaultdict(list)
    for line in plan.new:
        if line.form is not None:
            wanted[line.form].append(line)
    holdings = {form: _holding(form, by, at) for form in sorted(wanted)}
    Holding.objects.locked(holding.pk for holding in holdings.values())  # in order of key, as everybody locks them
    for form, holding in holdings.items():
        _add(holding, wanted[form], at)
    for item, line in plan.changed:
        edit_item(item=item, barcode=item.barcode, facts=line.facts, by=by, at=at)
    counts = dict(zip(("new", "changed"), plan.sizes(), strict=True))
    record(verb="stock.taken_in", thing=Thing(KIND, name), organisation=owner_id, by=by, at=at, after=counts)


KIND = "stock.import"


def _holding(form: Form, by: Person | None, at: datetime) -> Holding:
    resource, media_type = form
    found = Holding.objects.filter(resource=resource, media_type=media_type).first()
    if found is None:
        opened = Resource.objects.select_related("owner").get(pk=resource)
        found = open_holding(resource=opened, facts=HoldingFacts(media_type), by=by, at=at)
    return found


def _add(holding: Holding, lines: list[Line], at: datetime) -> None:
    made = [
        Item(
            holding=holding,
            owner_id=holding.owner_id,
            barcode=line.barcode,
            added_at=at,
            updated_at=at,
            **values(line.facts),
        )
        for line in lines
    ]
    check(made[0])
    items = Item.objects.bulk_create(made, batch_size=BATCH)
    tell(ItemsAdded(holding.pk, tuple(item.pk for item in items)))
