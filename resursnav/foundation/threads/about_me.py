"""What the log says about a person, as long as it does."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from .models import Record


def log(person: Any) -> list[dict[str, Any]]:
    """What one has done, and what was done about one; of what one did about others only that it was done."""
    rows = Record.objects.filter(Q(by=person) | Q(about=person)).select_related("organisation").order_by("at", "pk")
    return [
        {
            "verb": one.verb,
            "at": one.at,
            "place": one.organisation.name if one.organisation else None,
            "by_me": one.by_id == person.pk,
            "in_role": one.acted_as if one.by_id == person.pk else None,
            **_about(one, person.pk),
        }
        for one in rows.iterator()
    ]


def _about(one: Record, key: int) -> dict[str, Any]:
    """What it was about, unless that was somebody else."""
    if one.about_id is not None and one.about_id != key:
        return {}
    said = {"what": one.title, "reason": one.said}
    return {**said, "before": one.before, "after": one.after} if one.about_id == key else said
