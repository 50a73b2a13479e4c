"""What the worker does for agreements: extend those that extend themselves, and remind before the notice date."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from .actions import remind, roll_over
from .actions.reminding import STEPS
from .models import Agreement


def keep_time() -> int:
    """Once an hour: whoever answers for an agreement is told in time; returns how many were told or extended."""
    now = timezone.now()
    day = timezone.localdate(now)
    done = 0
    for agreement in Agreement.objects.to_extend(day):
        roll_over(agreement=agreement, day=day, by=None, at=now)
        done += 1
    for agreement in Agreement.objects.noticed_between(day, day + timedelta(days=max(STEPS))):
        done += remind(agreement=agreement, day=day, at=now)
    return done
