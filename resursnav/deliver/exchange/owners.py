"""Whose the resources become: the places that somebody may take in for."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Value, When

from resursnav.deliver.resources.models import Resource
from resursnav.foundation.organisations.models import Kind, Organisation

from .rules import TAKE_IN, TAKERS

LEVELS = (Kind.REGION, Kind.MUNICIPALITY, Kind.DEPARTMENT)
SOURCES = 100


class Owners:
    """The places that the person may take resources in for: regions before municipalities, the own place chosen."""

    def __init__(self, person: Any) -> None:
        level = Case(*(When(kind=kind, then=Value(at)) for at, kind in enumerate(LEVELS)), default=Value(len(LEVELS)))
        places = Organisation.objects.visible_to(person, TAKE_IN).filter(kind__in=LEVELS)
        self.rows = places.select_related("parent").order_by(level, "parent__name", "name")
        self.own = next((post.node_id for post in person.standing() if post.role in TAKERS), None)

    def fill(self, field: Any) -> None:
        """Give a form's field its choices."""
        field.queryset = self.rows
        field.initial = self.own
        field.label_from_instance = _named

    def sources(self) -> list[str]:
        """The catalogues that have been taken in for them before."""
        rows = Resource.objects.filter(owner__in=self.rows.order_by()).exclude(source="")
        return list(rows.order_by("source").values_list("source", flat=True).distinct()[:SOURCES])


def _named(node: Organisation) -> str:
    """A department's name is the same in many municipalities, so the municipality is said."""
    return f"{node.name}, {node.parent}" if node.kind == Kind.DEPARTMENT and node.parent else node.name
