"""Why a file or a row cannot be taken, as codes with details.

The readers know no language: they say a code, `words.py` has the sentence in Swedish (and English).
Thus the log of an import can be read in either language long after it was written.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Detail = str | int
NOTHING: Mapping[str, Detail] = MappingProxyType({})

VALUE_CHARS = 200


def shorten(value: object, limit: int = VALUE_CHARS) -> str:
    """The value as one line of at most `limit` characters, to be shown in a log."""
    text = " ".join(str(value).replace("\0", "\ufffd").split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


class Unreadable(Exception):
    """The whole file is refused: nothing of it can be trusted or read further."""

    def __init__(self, reason: str, *, line: int | None = None, **details: Detail) -> None:
        self.reason = reason
        self.line = line
        self.details: Mapping[str, Detail] = MappingProxyType(dict(details))
        super().__init__(f"{reason} {dict(details)}" + (f" (line {line})" if line else ""))

    def problem(self) -> "Problem":
        """The same as a row in the log."""
        return Problem(line=self.line, reason=self.reason, details=self.details)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or worth noting, at one place in a file."""

    reason: str
    line: int | None = None
    field: str = ""
    value: str = ""
    details: Mapping[str, Detail] = dataclasses.field(default_factory=lambda: NOTHING)
    note: bool = False
    """A note is taken in anyway (a lost zero put back); otherwise the row is left out."""


def wrong(reason: str, line: int | None = None, field: str = "", value: object = "", **details: Detail) -> Problem:
    """The row is left out because of this."""
    return Problem(reason, line, field, shorten(value), MappingProxyType(details) if details else NOTHING)


def noted(reason: str, line: int | None = None, field: str = "", value: object = "", **details: Detail) -> Problem:
    """The row is taken, and this is said in the log."""
    return Problem(reason, line, field, shorten(value), MappingProxyType(details) if details else NOTHING, note=True)
