"""Do what a plan says: open what is new, in bulk, and change, move and close the rest one by one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from resursnav.kernel.events import tell

from ..events import OrganisationCorrected, RegisterImported
from ..models import Branch, HeadCount, HistoryEntry, NamePeriod, Organisation, PlacePeriod, Verb
from ..plans import Difference, Plan
from ._tree import By, by_id, lock_tree
from .close import close
from .correct import plain
from .move import move
from .rename import rename

BATCH = 1000


@transaction.atomic
def take_in(*, plan: Plan, register: str, by: By, at: datetime) -> int:
    """Everything in the plan or nothing; returns how many organisations were opened, changed, moved or closed.

    The caller holds the lock and has made the plan under it. Nothing is deleted: what is missing is left, or closed.
    """
    lock_tree()
    opened = _open(plan, by, at)
    _correct([*plan.changed, *plan.moved], by, at)
    for found in [*plan.changed, *plan.moved]:
        if found.name:
            rename(organisation=found.organisation, name=found.name, by=by, at=at, reason=register)
        if found.parent is not None:
            move(organisation=found.organisation, parent=found.parent, by=None, at=at, reason=register)
    closed = plan.missing if plan.closing else []
    for node in closed:
        close(organisation=node, by=by, at=at, reason=register, with_below=True)
    changed = tuple(found.organisation.pk for found in [*plan.changed, *plan.moved])
    done = len(opened) + len(changed) + len(closed)
    if done:
        after = {"new": len(opened), "changed": len(plan.changed), "moved": len(plan.moved), "closed": len(closed)}
        tell(RegisterImported(register, by_id(by), at, tuple(node.pk for node in opened), changed, after))
    return done


def _open(plan: Plan, by: By, at: datetime) -> list[Organisation]:
    day = timezone.localdate(at)
    nodes = []
    for entry, parent in plan.new:
        by_code = {"code": entry.key} if entry.unit_type in {"", "school"} else {"sigel": entry.key}
        nodes.append(
            Organisation(
                kind=entry.kind, unit_type=entry.unit_type, name=entry.name, parent=parent, **by_code, **entry.details
            )
        )
    Organisation.objects.bulk_create(nodes, batch_size=BATCH)
    above: dict[int, list[tuple[int, int]]] = {}
    parents = {node.parent_id for node in nodes if node.parent_id}
    for child, ancestor, depth in Branch.objects.filter(descendant__in=parents).values_list(
        "descendant", "ancestor", "depth"
    ):
        above.setdefault(child, []).append((ancestor, depth))
    branches = [Branch(ancestor=node, descendant=node, depth=0) for node in nodes]
    branches += [
        Branch(ancestor_id=ancestor, descendant=node, depth=depth + 1)
        for node in nodes
        for ancestor, depth in above.get(node.parent_id or 0, [])
    ]
    Branch.objects.bulk_create(branches, batch_size=BATCH)
    NamePeriod.objects.bulk_create((NamePeriod(organisation=node, name=node.name) for node in nodes), batch_size=BATCH)
    PlacePeriod.objects.bulk_create(
        (PlacePeriod(organisation=node, parent_id=node.parent_id) for node in nodes), batch_size=BATCH
    )
    HistoryEntry.objects.bulk_create(
        (
            HistoryEntry(
                organisation=node, verb=Verb.OPENED, happened_date=day, recorded_at=at, after=node.name,
                other_id=node.parent_id,
            )
            for node in nodes
        ),
        batch_size=BATCH,
    )  # fmt: skip
    _count((node, entry.counts) for node, (entry, _) in zip(nodes, plan.new, strict=True))
    return nodes


def _correct(found: list[Difference], by: By, at: datetime) -> None:
    """Write the details in bulk: a register may put thousands right at once."""
    fields: set[str] = set()
    touched = []
    for one in found:
        if not one.details:
            continue
        before = {what: plain(getattr(one.organisation, what)) for what in one.details}
        for what, value in one.details.items():
            setattr(one.organisation, what, value)
        fields |= set(one.details)
        touched.append(one.organisation)
        after = {what: plain(value) for what, value in one.details.items()}
        tell(OrganisationCorrected(one.organisation.pk, by_id(by), at, before, after))
    if touched:
        Organisation.objects.bulk_update(touched, sorted(fields), batch_size=200)
    _count((one.organisation, one.counts) for one in found)


def _count(counted: Iterable[tuple[Organisation, Any]]) -> None:
    HeadCount.objects.bulk_create(
        [
            HeadCount(organisation=node, what=what, counted_date=day, number=number)
            for node, counts in counted
            for what, day, number in counts
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["organisation", "what", "counted_date"],
        update_fields=["number"],
    )
