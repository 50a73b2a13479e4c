"""Which older points a point carries on, and which newer ones carry it on: arithmetic, no Django in here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping


class Lineage:
    """Points tied to those that they continue: `steps` says for a point which one it continues.

    One point continues at most one; several may continue the same. A ring, which the actions refuse to make, is
    walked once round and no further.
    """

    def __init__(self, steps: Mapping[int, int]) -> None:
        self.steps = steps
        later: defaultdict[int, list[int]] = defaultdict(list)
        for point, older in steps.items():
            later[older].append(point)
        self.later = later

    def older(self, point: int) -> tuple[int, ...]:
        """What the point continues, and what that continued, the nearest first; without the point itself."""
        found: dict[int, None] = {}
        at = self.steps.get(point)
        while at is not None and at != point and at not in found:
            found[at] = None
            at = self.steps.get(at)
        return tuple(found)

    def newer(self, point: int) -> tuple[int, ...]:
        """What continues the point, and what continues that, the nearest first; without the point itself."""
        found: dict[int, None] = {}
        waiting = list(self.later.get(point, ()))
        while waiting:
            at = waiting.pop(0)
            if at != point and at not in found:
                found[at] = None
                waiting += self.later.get(at, ())
        return tuple(found)

    def whole(self, points: Iterable[int]) -> set[int]:
        """The points with everything that they continue."""
        found = set(points)
        for point in list(found):
            found.update(self.older(point))
        return found
