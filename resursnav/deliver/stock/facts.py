"""What one says of a holding or an item."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from .models import StockPlace


@dataclass(frozen=True, slots=True)
class HoldingFacts:
    """How the holding is called and lent; an empty kind is the usual one for the media type."""

    media_type: str
    name: str = ""
    number: str = ""
    kind: str = ""
    bookable: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """Where an item stands, in what condition, and what a new one costs (kronor)."""

    place: StockPlace | None = None
    shelf: str = ""
    condition: str = "good"
    note: str = ""
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PartFacts:
    """One line of a parts list; what is not counted is only an accessory."""

    name: str
    quantity: int = 1
    counted: bool = True


def values(said: HoldingFacts | ItemFacts) -> dict[str, Any]:
    """Column -> value."""
    return {one.name: getattr(said, one.name) for one in fields(said)}
