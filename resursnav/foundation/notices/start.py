"""What the bell contributes to the start page."""

from __future__ import annotations

from django.urls import reverse

from resursnav.kernel.manifest import StartLine

from .models import Notice
from .rules import SEE


def unread(person: object) -> list[StartLine]:
    """What the person has been told and not read, newest first."""
    rows = Notice.objects.visible_to(person, SEE).unread()[:5]
    return [StartLine(row.title, row.url or reverse("notices:list"), at=row.created_at, icon="bell") for row in rows]
