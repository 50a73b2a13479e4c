"""What the bell contributes to the start page and to the head of every page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from resursnav.kernel.manifest import StartLine

from .models import Notice
from .rules import SEE

MOST = 5


def unread(person: Any) -> list[StartLine]:
    """What the person has been told and not read, newest first."""
    rows = list(Notice.objects.visible_to(person, SEE).unread()[: MOST + 1])
    if len(rows) <= MOST and getattr(person, "is_authenticated", False):
        person.unread_notices = len(rows)  # these are all, so the bell need not count them once more
    return [
        StartLine(row.title, row.url or reverse("notices:list"), at=row.created_at, icon="bell") for row in rows[:MOST]
    ]


def count_unread(person: Any) -> int:
    """How many notices the person has not read."""
    known: int | None = getattr(person, "unread_notices", None)
    return Notice.objects.unread().filter(person=person).count() if known is None else known
