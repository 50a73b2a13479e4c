"""What imports tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BatchApplied:
    """A batch has been taken in, in this transaction."""

    batch_id: int
    kind: str
    organisation_id: int | None
    by_id: int | None
    at: datetime
