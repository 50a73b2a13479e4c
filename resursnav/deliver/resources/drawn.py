"""Covers for what has no picture: a small northern landscape, the same every time for the same resource.

The colours are in the style sheet and change with light and dark. No Django here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

WIDTH, HEIGHT = 96, 120
HUES = 6


def landscape(seed: str) -> list[tuple[str, str]]:
    """The shapes of a drawing of WIDTH x HEIGHT, each a class name and a path: sky, some light, and three ridges."""
    dice = _dice(seed)
    shapes = [("sky", f"M0 0h{WIDTH}v{HEIGHT}H0z"), *_light(next(dice), next(dice), next(dice))]
    return shapes + [(f"ridge-{ridge + 1}", _ridge(height, ridge, dice)) for ridge, height in enumerate((66, 84, 101))]


def hue_of(word: str) -> int:
    """Which of the colours a subject has: the same for all resources of the subject."""
    return hashlib.blake2b(word.encode(), digest_size=2).digest()[0] % HUES


def _dice(seed: str) -> Iterator[int]:
    """Numbers from 0 to 255 that depend on nothing but the seed."""
    round_ = 0
    while True:
        yield from hashlib.blake2b(f"{seed}:{round_}".encode(), digest_size=32).digest()
        round_ += 1


def _light(kind: int, across: int, up: int) -> list[tuple[str, str]]:
    x, y = 16 + across * 64 // 255, 20 + up * 22 // 255
    if kind % 4 == 0:  # northern lights
        return [
            ("arc", f"M{x - 40} {y + 22 - 7 * n}q{30 + 3 * n} {-30 - 2 * n} {88 - 4 * n} {-12 + 2 * n}")
            for n in range(3)
        ]
    if kind % 4 == 1:  # a ring, like the hub of the loop
        return [("ring", _circle(x, y, 13))]
    return [("sun", _circle(x, y, 9 + up % 6))]


def _circle(x: int, y: int, radius: int) -> str:
    return f"M{x - radius} {y}a{radius} {radius} 0 1 0 {2 * radius} 0a{radius} {radius} 0 1 0 {-2 * radius} 0"


def _ridge(height: int, nearness: int, dice: Iterator[int]) -> str:
    """A line of hills from edge to edge, closed along the foot; the nearer, the calmer."""
    steps = 4 - nearness
    width = WIDTH / steps
    swing = 26 - 7 * nearness
    start = height - next(dice) * swing // 255
    path, x = f"M0 {start}", 0.0
    for _ in range(steps):
        end = height - next(dice) * swing // 255
        lift = next(dice) * swing // 255
        path += f"C{x + width * 0.4:.0f} {start - lift} {x + width * 0.6:.0f} {end + lift // 2} {x + width:.0f} {end}"
        x, start = x + width, end
    return f"{path}V{HEIGHT}H0z"
