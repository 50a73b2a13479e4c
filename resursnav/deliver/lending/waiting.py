"""What waits for the centre."""

from __future__ import annotations

from typing import Any

from .models import Booking, State
from .rules import WORK


def to_approve(person: Any) -> Any:
    """Bookings that the centre is to say yes or no to."""
    return Booking.objects.visible_to(person, WORK).filter(state=State.ASKED)
