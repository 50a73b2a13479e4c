"""The sentences of the log: every verb that a record may carry, with the words that people read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Verb:
    """A verb by its code ("organisations.moved") and its sentence with {who} and {what}.

    `labels` names what `before` and `after` hold where that is no field of the thing's model.
    """

    code: str
    sentence: Any
    labels: Mapping[str, Any] = field(default_factory=dict)

    def told(self, *, who: str, what: str) -> str:
        """The sentence with the names in it, in the language that is active now."""
        return str(self.sentence).format(who=who, what=what)


_verbs: dict[str, Verb] = {}


def declare(code: str, sentence: Any, labels: Mapping[str, Any] | None = None) -> Verb:
    """Make a verb known; a context does so once, in a module that its AppConfig loads at the start.

    Raises ValueError for a code that is taken, or without its context in front ("resources.withdrawn").
    """
    if code in _verbs:
        raise ValueError(f"The verb {code} is declared twice.")
    if "." not in code:
        raise ValueError(f"The verb {code} does not say which context it belongs to.")
    _verbs[code] = Verb(code, sentence, labels or {})
    return _verbs[code]


def verb(code: str) -> Verb:
    """The verb with this code; KeyError when nobody declared it."""
    return _verbs[code]


def verbs() -> list[Verb]:
    """All verbs in the order of their codes."""
    return [_verbs[code] for code in sorted(_verbs)]
