"""The arithmetic of a tree that is kept as parents: its closure, its cycles, and the way up.

Plain data in and out. A tree is a mapping from each node to its parent (None for a root).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Parents = Mapping[int, int | None]


class BrokenTree(ValueError):
    """A node's parent is missing, or a node lies below itself."""


def way_up(parents: Parents, node: int) -> list[int]:
    """The node, its parent, and so on to the root."""
    way: list[int] = []
    step: int | None = node
    while step is not None:
        if step in way:
            raise BrokenTree(f"{node} lies below itself")
        way.append(step)
        try:
            step = parents[step]
        except KeyError:
            raise BrokenTree(f"{step} is not in the tree") from None
    return way


def closure(parents: Parents) -> Iterator[tuple[int, int, int]]:
    """Every (ancestor, descendant, depth), each node being its own ancestor at depth 0."""
    for node in parents:
        for depth, above in enumerate(way_up(parents, node)):
            yield above, node, depth
