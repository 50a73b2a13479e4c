"""Forget what is no longer needed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ..models import ClassCode, Seat


@transaction.atomic
def clear_seats(*, before: datetime, at: datetime) -> int:
    """Remove places that were over before the moment; returns how many."""
    return Seat.objects.filter(until__lt=min(before, at)).delete()[0]


@transaction.atomic
def clear_codes(*, before: datetime, at: datetime) -> int:
    """Remove class codes that ended before the moment, and with them who made them; returns how many."""
    gone = ClassCode.objects.over_before(min(before, at))
    counted = gone.count()
    gone.delete()
    return counted
