"""What somebody asks for, and what is said when it cannot be had."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .conditions import Journey
from .models.codes import Why


@dataclass(frozen=True, slots=True)
class Wish:
    """So many copies of a holding, to be used from a day to a last day."""

    holding: int
    use_from: date
    use_to: date
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one line cannot be had, and the nearest days on which it can."""

    line: int  # its place among the wishes
    wish: Wish
    why: Why
    reason: str
    field: str = "use_from"
    instead: Journey | None = None


def repeated(wishes: Iterable[Wish], *, times: int, weeks: int) -> list[Wish]:
    """The same again so many times in all, with so many weeks between the beginnings."""
    found: Sequence[Wish] = list(wishes)
    return [
        replace(
            wish,
            use_from=wish.use_from + timedelta(weeks=weeks * number),
            use_to=wish.use_to + timedelta(weeks=weeks * number),
        )
        for number in range(times)
        for wish in found
    ]
