"""How publishers are written in the catalogue, found by the key of their name."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.rules import SEE
from resursnav.foundation.organisations.names import name_key


def written(keys: Collection[str] | None = None) -> dict[str, str]:
    """Each way of writing a publisher in the catalogue, with its key; those of the keys alone, when any are given."""
    names = Resource.objects.exclude(publisher="").order_by().values_list("publisher", flat=True).distinct()
    found = {name: name_key(name) for name in names}
    return found if keys is None else {name: key for name, key in found.items() if key in keys}


def seen_by(person: Any) -> list[str]:
    """The publishers of what the person may see, by name."""
    seen = Resource.objects.visible_to(person, SEE).exclude(publisher="")
    return sorted(seen.order_by().values_list("publisher", flat=True).distinct(), key=str.casefold)


def spellings(keys: Collection[str]) -> list[str]:
    """The ways of writing the publishers with these keys."""
    return list(written(keys)) if keys else []
