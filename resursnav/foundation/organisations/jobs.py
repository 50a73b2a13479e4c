"""What the worker does for organisations."""

from __future__ import annotations

from django.utils import timezone

from .actions import mend_branches, take_snapshot


def keep_last_year() -> int:
    """Once a year, keep how the tree looked when last year ended; returns how many lines were written."""
    now = timezone.now()
    return take_snapshot(year=timezone.localdate(now).year - 1, at=now)


def mend() -> int:
    """Put right any branch that does not agree with the parents; how many were wrong, which should be none."""
    return mend_branches()
