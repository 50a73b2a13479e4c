"""What the exchange says about a person: catalogues that one has asked to be fetched and that are not fetched yet."""

from __future__ import annotations

from typing import Any

from .models import Harvest


def harvests(person: Any) -> list[Any]:
    """The catalogues, and when one asked."""
    return list(Harvest.objects.filter(wanted_by=person).order_by("wanted_at", "pk").values("source", "wanted_at"))
