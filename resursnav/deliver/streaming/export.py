"""What streaming says about a person: the class codes that one has made. Who has watched is not kept."""

from __future__ import annotations

from typing import Any

from .models import ClassCode


def class_codes(person: Any) -> list[dict[str, Any]]:
    """The codes with what they open, without their digits: those let pupils in."""
    rows = ClassCode.objects.filter(made_by=person).select_related("place").prefetch_related("opened__resource")
    return [
        {
            "group": code.name,
            "place": code.place.name,
            "where": code.way,
            "opens": [one.resource.title for one in code.opened.all()],
            "made": code.made_at,
            "ends": code.ends_at,
            "ended": code.ended_at,
            "pupils": code.pupils,
        }
        for code in rows.order_by("made_at", "pk")
    ]
