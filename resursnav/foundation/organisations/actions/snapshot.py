"""Keep, once a year, how the tree looked when the year ended; and mend branches that have gone wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ..models import Branch, Kind, NamePeriod, Organisation, PlacePeriod, TreeSnapshot
from ..tree import closure, way_up
from ._tree import lock_tree


@transaction.atomic
def take_snapshot(*, year: int, at: datetime) -> int:
    """Write how every organisation that existed on the year's last day was called and where it lay then.

    Returns the number of lines written; 0 when the year has been kept before (it is never written anew).
    """
    lock_tree()
    if TreeSnapshot.objects.filter(year=year).exists():
        return 0
    last = date(year, 12, 31)
    nodes = {node.pk: node for node in Organisation.objects.open_on(last)}
    names = _that_day(NamePeriod.objects.values_list("organisation_id", "name", "valid_from"), last)
    parents = _that_day(PlacePeriod.objects.values_list("organisation_id", "parent_id", "valid_from"), last)
    kinds = dict(Organisation.objects.values_list("pk", "kind"))

    def above(node: int, kind: str) -> int | None:
        return next((step for step in way_up(parents, node) if kinds[step] == kind), None)

    TreeSnapshot.objects.bulk_create(
        [
            TreeSnapshot(
                year=year,
                organisation=node,
                kind=node.kind,
                unit_type=node.unit_type,
                name=names[pk],
                parent_id=parents[pk],
                municipality_id=above(pk, Kind.MUNICIPALITY),
                region_id=above(pk, Kind.REGION),
                taken_at=at,
            )
            for pk, node in nodes.items()
        ],
        batch_size=1000,
    )
    return len(nodes)


def _that_day(periods: Iterable[tuple[int, Any, date | None]], day: date) -> dict[int, Any]:
    """What held on the day for each; before the first period began, the first one (periods come in order)."""
    held: dict[int, Any] = {}
    for node, what, since in periods:
        if node not in held or since is None or since <= day:
            held[node] = what
    return held


@transaction.atomic
def mend_branches() -> int:
    """Write the closure table anew from the parents; returns how many lines were wrong or missing."""
    lock_tree()
    parents = dict(Organisation.objects.values_list("pk", "parent_id"))
    right = set(closure(parents))
    kept = {
        (a, d, depth): pk for pk, a, d, depth in Branch.objects.values_list("pk", "ancestor", "descendant", "depth")
    }
    wrong = [pk for line, pk in kept.items() if line not in right]
    missing = right - set(kept)
    Branch.objects.filter(pk__in=wrong).delete()
    Branch.objects.bulk_create(
        [Branch(ancestor_id=a, descendant_id=d, depth=depth) for a, d, depth in sorted(missing)], batch_size=2000
    )
    return len(wrong) + len(missing)
