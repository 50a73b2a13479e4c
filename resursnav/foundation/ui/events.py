"""What ui tells those above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class LanguageChosen:
    """A signed-in person chose the language of the interface; people keeps it on the account."""

    person_id: int
    language: str
    at: datetime
