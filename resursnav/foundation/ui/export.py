"""What reports of flaws say about a person: those that one has answered."""

from __future__ import annotations

from typing import Any

from .models import FlawReport


def flaw_answers(person: Any) -> list[Any]:
    """The answers that one has written."""
    rows = FlawReport.objects.filter(answered_by=person).order_by("answered_at", "pk")
    return list(rows.values("page", "answer", "answered_at"))
