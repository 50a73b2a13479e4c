"""What the catalogue says about a person: tips, what one has used, and what one has tied to the curriculum."""

from __future__ import annotations

from typing import Any

from .models import Mapping, Tip, Use


def tips(person: Any) -> list[dict[str, Any]]:
    """The tips that one has written, also those that wait or were declined."""
    return [
        {
            "resource": tip.resource.title,
            "headline": tip.headline,
            "text": tip.text,
            "written": tip.created_at,
            "status": tip.status,
            "declined_because": tip.declined_reason,
            "role": tip.author_role,
            "place": tip.author_place.name,
            "shows_my_name": tip.show_name,
        }
        for tip in Tip.objects.filter(author=person).select_related("resource", "author_place").order_by("created_at")
    ]


def uses(person: Any) -> list[dict[str, Any]]:
    """What one has said that one has used."""
    rows = Use.objects.filter(person=person).select_related("resource", "place").order_by("used_at", "pk")
    return [
        {"resource": one.resource.title, "place": one.place.name if one.place else None, "said": one.used_at}
        for one in rows
    ]


def mappings(person: Any) -> list[dict[str, Any]]:
    """Which points of the curriculum one has tied a resource to."""
    rows = Mapping.objects.filter(mapped_by=person).select_related("resource", "point").order_by("mapped_at", "pk")
    return [
        {"resource": one.resource.title, "point": str(one.point), "note": one.note, "made": one.mapped_at}
        for one in rows
    ]
