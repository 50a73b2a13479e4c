"""What the worker does for imports."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from . import actions
from .models import ImportBatch, Status

KEEP_FILES = timedelta(days=90)


def run_waiting() -> int:
    """Check or take in the oldest batch that waits; 1 when there was one."""
    batch = ImportBatch.objects.waiting(timezone.now()).first()
    if batch is None:
        return 0
    if batch.status in {Status.UPLOADED, Status.CHECKING}:
        actions.check(batch=batch, at=timezone.now())
    else:
        actions.apply(batch=batch, at=timezone.now())
    return 1


def tidy() -> int:
    """Throw away files of imports that ended long ago."""
    now = timezone.now()
    return actions.tidy(before=now - KEEP_FILES, at=now)
