"""Items as a kind of import: what a file would do is shown first, and done once when somebody has said yes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from resursnav.foundation.imports import words
from resursnav.foundation.imports.kinds import ImportKind, Log, register
from resursnav.foundation.imports.models import ImportBatch
from resursnav.foundation.imports.reasons import Unreadable

from . import taking
from .actions.importing import take_in
from .facts import ItemFacts
from .models import Item
from .rules import EDIT

FIELDS: dict[str, Any] = {
    name: Item._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # none is a reverse one
    for name in ItemFacts.__dataclass_fields__
}


def check(batch: ImportBatch, log: Log) -> None:
    """Say what the file would do."""
    plan = _plan(batch)
    for problem in plan.problems:
        log.problem(problem)
    for line in plan.new:
        log.change("new", line.barcode, key=line.barcode, line=line.line)
    for item, line in plan.changed:
        fields = _fields(taking.said(item), line.facts)
        log.change("changed", item.barcode, key=item.barcode, line=line.line, fields=fields)
    log.count("same", plan.same)


def apply(batch: ImportBatch, log: Log) -> None:
    """Do it, if it is still what was shown."""
    plan = _plan(batch)
    if plan.sizes() != (batch.new, batch.changed):
        raise Unreadable("import.moved_on")
    by: Any = batch.confirmed_by
    at = batch.heard_at or batch.received_at
    take_in(plan=plan, owner_id=batch.organisation_id or 0, name=batch.name, by=by, at=at)
    for verdict, number in zip(("new", "changed"), plan.sizes(), strict=True):
        log.count(verdict, number)
    log.count("same", plan.same)


def _plan(batch: ImportBatch) -> taking.Plan:
    return taking.plan(batch.path, batch.organisation_id or 0)


def _fields(before: ItemFacts, after: ItemFacts) -> dict[str, list[str]]:
    """Field -> before and after, of those that differ."""
    found = {}
    for name in FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            found[name] = ["" if one is None else str(one) for one in (old, new)]
    return found


def declare() -> None:
    """Make items known as a kind of import."""
    words.add(taking.WORDS)
    register(
        ImportKind(
            taking.KIND, _("Exemplar"), check, apply, done_url="stock:list", done_label=_("Till beståndet"),
            noun=_("exemplar"), noun_one=_("exemplar"), new_url="stock:import", new_label=_("Läs in exemplar"),
            new_rule=EDIT, fields=FIELDS,
        )
    )  # fmt: skip
