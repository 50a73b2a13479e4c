"""What transport tells those above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RoutesChanged:
    """A route, a closed day, opening hours or a school break of a centre has changed, so its plans may have.

    `at` is the moment of the verb that changed it: whoever plans anew must know from when.
    """

    owner_id: int
    at: datetime
