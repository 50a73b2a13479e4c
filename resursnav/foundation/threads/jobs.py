"""What the worker does for threads."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from . import actions


def forget_identities() -> int:
    """Cut people out of records that are older than the retention time."""
    at = timezone.now()
    return actions.forget_identities(older_than=at - timedelta(days=settings.RECORD_DAYS), by=None, at=at)
