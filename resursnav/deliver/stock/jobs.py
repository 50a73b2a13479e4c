"""What stock does over and over."""

from __future__ import annotations

from django.utils import timezone

from . import actions


def forget_promises() -> int:
    """Stop counting on what should have come back from service and has not."""
    return actions.forget_promises(by=None, at=timezone.now())
