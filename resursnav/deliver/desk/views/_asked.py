"""What several pages need: for which centre one works, and keys from what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from resursnav.foundation.access.roles import CENTRE
from resursnav.foundation.organisations.models import Kind, Organisation


def centre_of(person: Any) -> Organisation | None:
    """The centre at whose desk the person stands; the first, where somebody works at several."""
    nodes = [post.node_id for post in person.standing() if post.role in CENTRE]
    return Organisation.objects.filter(pk__in=nodes).order_by("kind", "pk").filter(kind=Kind.REGION).first()


def keys(values: Iterable[str]) -> list[int]:
    """Those of the texts that can be keys, each once."""
    return list(dict.fromkeys(int(v) for v in values if v.isascii() and v.isdecimal() and len(v) < 10))
