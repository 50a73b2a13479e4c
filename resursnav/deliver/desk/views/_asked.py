"""What several pages need: for which centre one works."""

from __future__ import annotations

from typing import Any

from resursnav.foundation.access.roles import CENTRE
from resursnav.foundation.organisations.models import Kind, Organisation


def centre_of(person: Any) -> Organisation | None:
    """The centre at whose desk the person stands; the first, where somebody works at several."""
    nodes = [post.node_id for post in person.standing() if post.role in CENTRE]
    return Organisation.objects.filter(pk__in=nodes).order_by("kind", "pk").filter(kind=Kind.REGION).first()
