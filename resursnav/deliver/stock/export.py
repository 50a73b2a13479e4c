"""What the stock says about a person: the faults that one has reported."""

from __future__ import annotations

from typing import Any

from .models import Fault


def faults(person: Any) -> list[Any]:
    """What one said was wrong, and with which copy."""
    rows = Fault.objects.filter(reported_by=person).order_by("reported_at", "pk")
    return list(rows.values("item__barcode", "text", "reported_at", "mended_at"))
