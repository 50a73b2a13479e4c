"""What several pages need: who asks, for which centre, and keys from what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from resursnav.foundation.access.roles import CENTRE
from resursnav.foundation.organisations.models import Kind, Organisation


class StaffRequest(HttpRequest):
    """A request whose user is a person; the guard of the page has seen to it."""

    user: Any


def centre_of(person: Any) -> Organisation | None:
    """The centre at whose desk the person stands; the first, where somebody works at several."""
    nodes = [post.node_id for post in person.standing() if post.role in CENTRE]
    return Organisation.objects.filter(pk__in=nodes).order_by("kind", "pk").filter(kind=Kind.REGION).first()


def keys(values: Iterable[str]) -> list[int]:
    """Those of the texts that can be keys, each once."""
    return list(dict.fromkeys(int(v) for v in values if v.isascii() and v.isdecimal() and len(v) < 10))
