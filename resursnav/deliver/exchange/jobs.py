"""What the worker does for the exchange."""

from __future__ import annotations

from django.utils import timezone

from .actions import run_harvest
from .models import Harvest


def harvest() -> int:
    """Ask every catalogue that is to be asked by itself for its news; says how many were taken in."""
    done = 0
    for one in Harvest.objects.on().select_related("owner"):
        done += run_harvest(harvest=one, by=None, at=timezone.now()) is not None
    return done


def harvest_wanted() -> int:
    """Ask the catalogue that somebody has waited longest for; 1 when there was one."""
    one = Harvest.objects.wanted().idle(timezone.now()).select_related("owner", "wanted_by").first()
    if one is None:
        return 0
    run_harvest(harvest=one, by=one.wanted_by, at=timezone.now())
    return 1
