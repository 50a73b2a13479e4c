"""Events: how something lower in the house tells what happened without knowing who listens.

`tell(event)` calls the listeners at once, in the order they were connected, inside the teller's
transaction; a listener that fails makes the teller fail. There is no queue and no catch-all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")

_listeners: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def on(kind: type[Event]) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Connect the decorated function to the kind of event; connecting it again changes nothing."""

    def connect(listener: Callable[[Event], None]) -> Callable[[Event], None]:
        if listener not in _listeners[kind]:
            _listeners[kind].append(listener)
        return listener

    return connect


def tell(event: object) -> None:
    """Call every listener of the event's own class, in order."""
    for listener in _listeners.get(type(event), ()):
        listener(event)


def wires() -> list[tuple[str, tuple[str, ...]]]:
    """Every event with its listeners, by dotted name, sorted: the source of docs/events.md."""
    return sorted(
        (
            f"{kind.__module__}.{kind.__qualname__}",
            tuple(f"{listener.__module__}.{listener.__qualname__}" for listener in listeners),
        )
        for kind, listeners in _listeners.items()
    )
