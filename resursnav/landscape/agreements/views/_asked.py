"""What several pages need: for which regions and municipalities one keeps agreements."""

from __future__ import annotations

from typing import Any

from resursnav.foundation.organisations.models import Kind, Organisation

from ..rules import KEEPERS


def owners(person: Any) -> list[Organisation]:
    """The regions and municipalities for which the person keeps agreements."""
    nodes = [post.node_id for post in person.standing() if post.role in KEEPERS]
    return list(Organisation.objects.filter(pk__in=nodes, kind__in=[Kind.REGION, Kind.MUNICIPALITY]))
