"""The kinds of things with a story, as the manifests tell of them, and who may see which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps

from resursnav.kernel.manifest import Manifest, ThreadKind, load

from .models import Node
from .rules import SEE


def thread_kinds() -> dict[str, ThreadKind]:
    """Every declared kind by its code."""
    manifests = (getattr(config, "manifest", None) for config in apps.get_app_configs())
    return {kind.code: kind for found in manifests if isinstance(found, Manifest) for kind in found.thread_kinds}


def visible(person: object, nodes: Iterable[tuple[int, str]]) -> set[int]:
    """Which of the nodes, given as (id, kind), the person may see: at most one query for each kind and one more."""
    known, by_kind = thread_kinds(), defaultdict(list)
    for key, code in nodes:
        by_kind[code].append(key)
    seen: set[int] = set()
    others: list[int] = []
    for code, keys in by_kind.items():
        kind = known.get(code)
        if kind is not None and kind.sees:
            seen.update(set(load(kind.sees)(person, keys)).intersection(keys))
        else:
            others += keys
    if others:
        seen.update(Node.objects.filter(pk__in=others).visible_to(person, SEE).values_list("pk", flat=True))
    return seen
