"""What the worker does for streaming: forgets places and codes that are long over."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from .actions import clear_codes, clear_seats


def forget() -> int:
    """Once an hour; returns how many rows went."""
    now = timezone.now()
    seats = clear_seats(before=now - timedelta(hours=settings.SEAT_HOURS), at=now)
    return seats + clear_codes(before=now - timedelta(days=settings.CODE_DAYS), at=now)
