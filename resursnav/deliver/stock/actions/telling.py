"""What every verb of stock says afterwards: a line in the log. And what it holds while it works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.people.models import Person
from resursnav.foundation.threads.actions import Thing, record
from resursnav.foundation.threads.verbs import declare
from resursnav.kernel import errors
from resursnav.kernel.errors import Unable

from ..models import Holding, Item

HOLDING, ITEM = "stock.holding", "stock.item"

_LABELS = {
    "barcodes": gettext_lazy("streckkoder"),
    "parts": gettext_lazy("innehållslista"),
    "missing": gettext_lazy("saknade delar"),
}

for code, sentence in (
    ("opened", gettext_lazy("{who} lade upp beståndet {what}")),
    ("edited", gettext_lazy("{who} ändrade beståndet {what}")),
    ("items_added", gettext_lazy("{who} lade till exemplar i {what}")),
    ("item_edited", gettext_lazy("{who} ändrade exemplaret {what}")),
    ("moved", gettext_lazy("{who} flyttade {what}")),
    ("fault", gettext_lazy("{who} anmälde ett fel på {what}")),
    ("mended", gettext_lazy("{who} åtgärdade ett fel på {what}")),
    ("served", gettext_lazy("{who} skickade {what} på service")),
    ("service_late", gettext_lazy("{who} slutade räkna med {what}, som inte kom tillbaka från service i tid")),
    ("back", gettext_lazy("{who} tog tillbaka {what} från service")),
    ("missed", gettext_lazy("{who} anmälde att {what} saknas")),
    ("found", gettext_lazy("{who} hittade {what}")),
    ("retired", gettext_lazy("{who} gallrade {what}")),
    ("unretired", gettext_lazy("{who} tog tillbaka gallringen av {what}")),
    ("parts_set", gettext_lazy("{who} ändrade innehållslistan för {what}")),
    ("parts_missing", gettext_lazy("{who} räknade delarna i {what}")),
    ("place_added", gettext_lazy("{who} lade till platsen {what}")),
    ("place_edited", gettext_lazy("{who} ändrade platsen {what}")),
    ("place_removed", gettext_lazy("{who} tog bort platsen {what}")),
    ("series_set", gettext_lazy("{who} ändrade nummerserien {what}")),
    ("taken_in", gettext_lazy("{who} läste in exemplar: {what}")),
):
    declare(f"stock.{code}", sentence, _LABELS)


class UnableToStock(Unable):
    """It cannot be done to what stands on the shelf."""


class Overtaken(UnableToStock, errors.Overtaken):
    """Somebody else has changed it since it was read."""


def recorded(
    verb: str,
    thing: Holding | Item,
    *,
    by: Person | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    said: str = "",
) -> None:
    """Write in the log what was done, at the owner."""
    about = (
        Thing(HOLDING, thing.title(), thing.pk)
        if isinstance(thing, Holding)
        else Thing(ITEM, f"{thing.barcode}, {thing.holding.title()}", thing.pk)
    )
    record(
        verb=f"stock.{verb}",
        thing=about,
        organisation=thing.owner_id,
        by=by,
        at=at,
        before=before,
        after=after,
        said=said,
    )


def check(thing: Model) -> None:
    """Let the model say what is wrong, at the right field, before the database refuses the whole."""
    try:
        thing.full_clean()
    except ValidationError as wrong:
        name, messages = next(iter(wrong.message_dict.items()))
        raise UnableToStock(messages[0], field=None if name == "__all__" else name) from wrong


def held(holding: Holding | int, seen_at: datetime | None = None) -> Holding:
    """The holding as it stands now, locked; Overtaken when it was changed after somebody opened the form."""
    found = Holding.objects.locked([holding if isinstance(holding, int) else holding.pk])[0]
    if seen_at is not None and found.updated_at != seen_at:
        raise Overtaken(
            _(
                "Någon annan har ändrat beståndet medan du skrev. Öppna det i en ny flik, jämför, "
                "och spara sedan igen om din version ska gälla."
            )
        )
    return found


def items_held(items: Sequence[Item]) -> list[Item]:
    """The items as they stand now, their holdings locked first: whoever books waits, and nobody waits in a circle."""
    Holding.objects.locked(item.holding_id for item in items)
    fresh = Item.objects.filter(pk__in=[item.pk for item in items])
    return list(fresh.select_related("holding__resource", "place").order_by("pk"))
