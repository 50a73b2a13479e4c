"""Half-open periods of days: the first day counts, the end day does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to but not including `end`; None means without that bound."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError("A period must end after it starts.")

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether at least one day lies in both."""
        starts_before_other_ends = self.start is None or other.end is None or self.start < other.end
        other_starts_before_ends = other.start is None or self.end is None or other.start < self.end
        return starts_before_other_ends and other_starts_before_ends

    @property
    def days(self) -> int | None:
        """The number of days, or None when a bound is missing."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days
