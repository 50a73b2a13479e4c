"""What the bell contributes to the start page and to the head of every page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from resursnav.kernel.manifest import StartLine

from .models import Notice
from .rules import SEE

MOST = 5


def unread(person: Any) -> list[StartLine]:
    """What the person has been told and not read, newest first."""
    rows = Notice.objects.visible_to(person, SEE).unread()[:MOST]
    return [StartLine(row.title, row.url or reverse("notices:list"), at=row.created_at, icon="bell") for row in rows]


def still_unread(person: Any) -> QuerySet[Notice]:
    """What the person has been told and not read."""
    return Notice.objects.unread().filter(person=person)
