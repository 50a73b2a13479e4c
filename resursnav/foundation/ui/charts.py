"""The arithmetic of pictures: from numbers to places on a drawing. No Django, no drawing.

Horizontal places are percentages and vertical ones are pixels, because SVG allows percentages for lines,
circles and text: a chart then grows with the page while its letters keep their size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import floor, log10

MARKS = ("circle", "square", "triangle", "diamond", "ring")


@dataclass(frozen=True)
class Series:
    """One row of numbers with a name; None is a number that is missing or hidden."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """A question with its numbers: `title` says the answer in words, `labels` name the places on the axis."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    note: str = ""
    missing: str = "–"

    def __post_init__(self) -> None:
        for row in self.series:
            if len(row.values) != len(self.labels):
                raise ValueError(f"{row.name} has {len(row.values)} numbers for {len(self.labels)} labels.")
        if len(self.series) > len(MARKS):
            raise ValueError(f"At most {len(MARKS)} rows can be told apart; use small multiples.")

    @property
    def highest(self) -> float:
        """The largest number, 0 when there is none."""
        return max((value for row in self.series for value in row.values if value is not None), default=0.0)

    @property
    def lowest(self) -> float:
        """The smallest number or 0, whichever is less: axes start at zero."""
        return min((value for row in self.series for value in row.values if value is not None), default=0.0)


@dataclass(frozen=True)
class Bar:
    """One bar: its share of the longest one in per cent."""

    label: str
    series: str
    index: int
    value: float | None
    width: str


@dataclass(frozen=True)
class Point:
    """A place in a line chart."""

    x: str
    y: float
    value: float
    label: str


@dataclass(frozen=True)
class Line:
    """One row of a line chart: points, the segments between neighbours, and where its name stands."""

    name: str
    mark: str
    index: int
    points: tuple[Point, ...]
    segments: tuple[tuple[Point, Point], ...]
    name_y: float
    last: float | None


@dataclass(frozen=True)
class LineFrame:
    """A line chart ready to be drawn."""

    height: int
    left: str
    right: str
    bottom: float
    ticks: tuple[tuple[float, float], ...]
    labels: tuple[tuple[str, str, bool], ...]
    lines: tuple[Line, ...] = field(default=())


def percent(part: float) -> str:
    """A share (0-1) as an SVG length in per cent with two decimals."""
    return f"{100 * part:.2f}%"


def step_for(span: float, wanted: int = 4) -> float:
    """A round step (1, 2 or 5 times a power of ten) that cuts the span into about `wanted` pieces."""
    if span < 1e-12:  # nothing that anybody counts is that small
        return 1.0
    raw = span / wanted
    power = 10.0 ** floor(log10(raw))
    return power * next((factor for factor in (1.0, 2.0, 5.0) if raw <= factor * power * 1.0000001), 10.0)


def ticks(lowest: float, highest: float, wanted: int = 4) -> tuple[float, ...]:
    """Round numbers from below the lowest (or 0) to above the highest."""
    lowest = min(lowest, 0.0)
    highest = max(highest, 0.0)
    step = step_for(highest - lowest, wanted)
    first = floor(lowest / step + 1e-9)
    count = 0
    while (first + count) * step < highest - 1e-9 * step:
        count += 1
    digits = max(0, 2 - floor(log10(step)))  # rounds away what binary fractions add, whatever the size of the step
    return tuple(round((first + number) * step, digits) for number in range(max(count, 1) + 1))


def bars(chart: Chart) -> tuple[tuple[str, tuple[Bar, ...]], ...]:
    """The bars by label, as shares of the longest; negative numbers are refused."""
    if chart.lowest < 0:
        raise ValueError("A bar has a length: negative numbers belong in a line chart or a table.")
    top = chart.highest or 1.0
    return tuple(
        (
            label,
            tuple(
                Bar(label, row.name, index, row.values[place], percent((row.values[place] or 0.0) / top))
                for index, row in enumerate(chart.series, 1)
            ),
        )
        for place, label in enumerate(chart.labels)
    )


def spread(wanted: Sequence[float], apart: float, top: float, bottom: float) -> list[float]:
    """Move heights as little as needed so that they stand `apart` from each other between top and bottom."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    moved = list(wanted)
    floor_at = top
    for place in order:
        moved[place] = max(moved[place], floor_at)
        floor_at = moved[place] + apart
    ceiling = bottom
    for place in reversed(order):
        moved[place] = min(moved[place], ceiling)
        ceiling = moved[place] - apart
    return moved


def _row(
    row: Series, labels: tuple[str, ...], index: int, across: Callable[[int], float], down: Callable[[float], float]
) -> Line:
    """One row's points and the segments between neighbours that are both known."""
    points = [
        None if value is None else Point(percent(across(place)), down(value), value, labels[place])
        for place, value in enumerate(row.values)
    ]
    known = tuple(point for point in points if point is not None)
    segments = tuple((a, b) for a, b in pairwise(points) if a is not None and b is not None)
    last = known[-1] if known else None
    return Line(
        row.name, MARKS[index - 1], index, known, segments, last.y if last else down(0), last.value if last else None
    )


def _down(scale: tuple[float, ...], top: float, bottom: float) -> Callable[[float], float]:
    span = (scale[-1] - scale[0]) or 1.0
    return lambda value: round(bottom - (value - scale[0]) / span * (bottom - top), 1)


def _across(count: int, left: float, width: float) -> Callable[[int], float]:
    return lambda place: left + width * (place / (count - 1) if count > 1 else 0.5)


def lines(chart: Chart, *, height: int = 260, gutter: float = 0.24, axis: float = 0.09) -> LineFrame:
    """A line chart: y-axis in the left `axis` share, names of the rows in the right `gutter` share."""
    scale = ticks(chart.lowest, chart.highest)
    top, bottom = 14.0, height - 30.0
    count = len(chart.labels)
    across, down = _across(count, axis, 1 - axis - gutter), _down(scale, top, bottom)
    drawn = [_row(row, chart.labels, index, across, down) for index, row in enumerate(chart.series, 1)]
    names = spread([line.name_y for line in drawn], 20.0, top, bottom)
    every = max(1, -(-count // 8))
    return LineFrame(
        height=height,
        left=percent(axis),
        right=percent(1 - gutter),
        bottom=bottom,
        ticks=tuple((value, down(value)) for value in scale),
        labels=tuple((percent(across(place)), label, place % every == 0) for place, label in enumerate(chart.labels)),
        lines=tuple(replace(line, name_y=round(names[place], 1)) for place, line in enumerate(drawn)),
    )


def multiples(chart: Chart, *, height: int = 90) -> tuple[LineFrame, ...]:
    """One small line chart for each row, all on the same scale so that they can be compared."""
    scale = ticks(chart.lowest, chart.highest)
    top, bottom = 8.0, height - 8.0
    across, down = _across(len(chart.labels), 0.02, 0.96), _down(scale, top, bottom)
    return tuple(
        LineFrame(height, "0%", "100%", bottom, (), (), (_row(row, chart.labels, 1, across, down),))
        for row in chart.series
    )
