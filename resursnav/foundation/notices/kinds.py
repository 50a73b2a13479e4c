"""The kinds of notices: what they are called, why one gets them, and how they come unless one chooses otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .models import Way


@dataclass(frozen=True)
class NoticeKind:
    """One kind: `why` ends every mail of the kind; a `fixed` kind is too important to be switched off."""

    code: str
    label: Any
    why: Any
    way: Way = Way.AT_ONCE
    fixed: bool = False


_kinds: dict[str, NoticeKind] = {}


def declare(kind: NoticeKind) -> NoticeKind:
    """Make a kind known; a context does so once, beside what sends it. ValueError when the code is taken."""
    if kind.code in _kinds:
        raise ValueError(f"The notice kind {kind.code} is declared twice.")
    if kind.fixed and kind.way is not Way.AT_ONCE:
        raise ValueError(f"The notice kind {kind.code} cannot be switched off, so it must come at once.")
    _kinds[kind.code] = kind
    return kind


def kind(code: str) -> NoticeKind:
    """The kind with this code; KeyError when nobody declared it."""
    return _kinds[code]


def kinds() -> list[NoticeKind]:
    """All kinds in the order of their codes."""
    return [_kinds[code] for code in sorted(_kinds)]
