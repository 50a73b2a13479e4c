"""What contexts above add to a resource's page: each gives a function from the resource to something for the head.

The resource that is handed over has editions, creators, identifiers, links, subjects and mappings already read.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.safestring import SafeString

from .models import Resource

Maker = Callable[[Resource], SafeString]
_heads: list[Maker] = []


def add_head(make: Maker) -> Maker:
    """Let the function add to the head of every resource's page; usable as a decorator."""
    if make not in _heads:
        _heads.append(make)
    return make


def heads() -> tuple[Maker, ...]:
    """The functions, in the order they were added."""
    return tuple(_heads)
