"""What shall lie in a kit, and what does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from ..facts import PartFacts
from ..models import Holding, Item, MissingPart, PartLine
from .telling import UnableToStock, check, held, items_held, recorded

MOST = 100


@transaction.atomic
def set_parts(
    *,
    holding: Holding,
    parts: Sequence[PartFacts],
    by: Person | None,
    at: datetime,
    seen_at: datetime | None = None,
) -> list[PartLine]:
    """Say all that shall lie in each item, in order. A part that keeps its name keeps what is noted as missing.

    The list is a part of the holding: Overtaken when somebody else changed either after `seen_at`.
    """
    if len(parts) > MOST:
        raise UnableToStock(_("En innehållslista har högst %(most)d rader.") % {"most": MOST})
    found = held(holding, seen_at)
    known = {part.name: part for part in PartLine.objects.filter(holding=found)}
    before = _list(list(known.values()))
    kept: list[PartLine] = []
    for position, said in enumerate(parts):
        name = " ".join(clean(said.name).split())
        if any(line.name == name for line in kept):
            raise UnableToStock(_("%(name)s står två gånger i innehållslistan.") % {"name": name}, field="parts")
        line = known.pop(name, None) or PartLine(holding=found, name=name)
        line.quantity, line.counted, line.position = said.quantity, said.counted, position
        kept.append(line)
    PartLine.objects.filter(pk__in=[part.pk for part in known.values()]).delete()
    for line in kept:
        check(line)
        line.save()
        missing = MissingPart.objects.filter(part=line)
        if line.counted:
            missing.filter(quantity__gt=line.quantity).update(quantity=line.quantity)
        else:
            missing.delete()
    if _list(kept) != before:
        found.updated_at = at
        found.save(update_fields=["updated_at"])
        recorded("parts_set", found, by=by, at=at, before={"parts": before}, after={"parts": _list(kept)})
    return kept


@transaction.atomic
def note_missing(*, item: Item, missing: Mapping[int, int], by: Person | None, at: datetime) -> list[MissingPart]:
    """Say which parts are missing now: part -> how many. A part that is not named, or has 0, is in the box again."""
    [found] = items_held([item])
    parts = {part.pk: part for part in PartLine.objects.filter(holding=found.holding_id, counted=True)}
    known = {row.part_id: row for row in MissingPart.objects.filter(item=found).select_related("part")}
    before = _missing(list(known.values()))
    now: list[MissingPart] = []
    for key, quantity in missing.items():
        if key not in parts or not 0 <= quantity <= parts[key].quantity:
            raise UnableToStock(_("Så många kan inte saknas."), field=f"part_{key}")
        if quantity:
            row = known.get(key) or MissingPart(item=found, part=parts[key], noted_at=at)
            row.quantity = quantity
            now.append(row)
    MissingPart.objects.filter(item=found).exclude(part__in=[row.part_id for row in now]).delete()
    for row in now:
        row.save()
    if _missing(now) != before:
        recorded("parts_missing", found, by=by, at=at, before={"missing": before}, after={"missing": _missing(now)})
    return now


def _list(parts: Sequence[PartLine]) -> str:
    ordered = sorted(parts, key=lambda part: part.position)
    return ", ".join(f"{part.quantity} {part.name}" if part.counted else part.name for part in ordered)


def _missing(rows: Sequence[MissingPart]) -> str:
    ordered = sorted(rows, key=lambda row: row.part.position)
    return ", ".join(f"{row.quantity} {row.part.name}" for row in ordered)
