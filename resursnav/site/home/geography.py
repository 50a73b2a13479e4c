"""A small map of a county: where the dots and names go. No Django, no database.

The drawing is our own: an equirectangular projection, straightened by the cosine of the middle latitude, of the
towns where the municipalities have their seats.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

WIDTH = 400.0
MARGIN = 34.0
LETTER = 6.9  # the mean width of a letter at the map's size of type
LINE = 15.0

# Seats of municipalities (latitude, longitude), for those whose row in the tree has no place of its own.
SEATS: dict[str, tuple[float, float]] = {
    # Kalmar län
    "0821": (57.17, 16.03), "0834": (56.41, 16.00), "0840": (56.53, 16.38), "0860": (57.49, 15.84),
    "0861": (57.04, 16.44), "0862": (56.63, 15.54), "0880": (56.66, 16.36), "0881": (56.74, 15.91),
    "0882": (57.26, 16.45), "0883": (57.76, 16.64), "0884": (57.67, 15.86), "0885": (56.88, 16.66),
    # Örebro län
    "1814": (59.17, 14.87), "1860": (58.99, 14.62), "1861": (59.07, 15.11), "1862": (59.24, 14.43),
    "1863": (59.78, 14.52), "1864": (59.87, 14.99), "1880": (59.27, 15.21), "1881": (59.13, 15.14),
    "1882": (58.88, 14.90), "1883": (59.33, 14.52), "1884": (59.52, 15.04), "1885": (59.59, 15.23),
    # Västerbottens län
    "2401": (63.57, 19.50), "2403": (63.93, 19.21), "2404": (64.20, 19.72), "2409": (64.19, 20.85),
    "2417": (64.91, 19.48), "2418": (65.18, 18.75), "2421": (65.10, 17.11), "2422": (65.53, 17.53),
    "2425": (64.26, 16.41), "2460": (63.91, 19.75), "2462": (64.62, 16.66), "2463": (64.16, 17.35),
    "2480": (63.83, 20.26), "2481": (64.60, 18.67), "2482": (64.75, 20.95),
}  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """A place to draw: name, address of its page, and where on earth it is."""

    name: str
    url: str
    latitude: float
    longitude: float
    mine: bool = False


@dataclass(frozen=True)
class Dot:
    """A place as drawn; `label` is False where the name would stand on another one."""

    spot: Spot
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str
    label: bool


@dataclass(frozen=True)
class Map:
    """A finished map: its size, the dots, and the outline of the ground under them."""

    width: float
    height: float
    dots: tuple[Dot, ...]
    ground: str


def _project(spots: list[Spot]) -> tuple[list[tuple[float, float]], float]:
    middle = cos(radians(sum(spot.latitude for spot in spots) / len(spots)))
    flat = [(spot.longitude * middle, -spot.latitude) for spot in spots]
    left, top = min(x for x, _ in flat), min(y for _, y in flat)
    wide, high = max(x for x, _ in flat) - left, max(y for _, y in flat) - top
    scale = min((WIDTH - 2 * MARGIN - 40) / (wide or 1), 460 / (high or 1))
    aside = (WIDTH - wide * scale) / 2
    places = [(round(aside + (x - left) * scale, 1), round(MARGIN + (y - top) * scale, 1)) for x, y in flat]
    return places, round(high * scale + 2 * MARGIN, 1)


def hull(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The smallest convex outline around the points, counter-clockwise (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(walk: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        kept: list[tuple[float, float]] = []
        for x, y in walk:
            while len(kept) >= 2:
                (ax, ay), (bx, by) = kept[-2], kept[-1]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                kept.pop()
            kept.append((x, y))
        return kept[:-1]

    return half(ordered) + half(reversed(ordered))


Box = tuple[float, float, float, float]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _sides(spot: Spot, x: float, y: float) -> list[tuple[str, float, float, Box]]:
    """The places for a name, best first: beside where there is most room, the other side, below, above."""
    wide = len(spot.name) * LETTER
    right = ("start", x + 9, y, (x + 7, y - LINE / 2, x + 9 + wide, y + LINE / 2))
    left = ("end", x - 9, y, (x - 9 - wide, y - LINE / 2, x - 7, y + LINE / 2))
    below = ("middle", x, y + 14, (x - wide / 2, y + 7, x + wide / 2, y + 7 + LINE))
    above = ("middle", x, y - 14, (x - wide / 2, y - 7 - LINE, x + wide / 2, y - 7))
    return [right, left, below, above] if x < WIDTH * 0.62 else [left, right, below, above]


def draw(spots: Iterable[Spot]) -> Map | None:
    """The map of the places; None without any. One's own place is named before all others."""
    listed = list(spots)
    if not listed:
        return None
    places, height = _project(listed)
    taken: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for x, y in places]
    order = sorted(range(len(listed)), key=lambda at: (not listed[at].mine, places[at][1]))
    drawn: dict[int, Dot] = {}
    for at in order:
        spot, (x, y) = listed[at], places[at]
        own = taken[at]
        for anchor, text_x, text_y, box in _sides(spot, x, y):
            inside = box[0] >= 0 and box[2] <= WIDTH
            if inside and not any(_overlap(box, other) for other in taken if other is not own):
                taken.append(box)
                drawn[at] = Dot(spot, x, y, round(text_x, 1), round(text_y, 1), anchor, label=True)
                break
        else:
            drawn[at] = Dot(spot, x, y, x, y, "start", label=False)
    ground = " ".join(f"{x:g},{y:g}" for x, y in hull(places))
    return Map(WIDTH, height, tuple(drawn[at] for at in range(len(listed))), ground)
