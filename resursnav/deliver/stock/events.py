"""What stock tells: how many can be lent has changed. Always told in the transaction that changed it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemLeft:
    """An item cannot be lent from now on, or not as early as was said; `reason` is its state now."""

    item_id: int
    holding_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class ItemReturned:
    """An item can be lent again, or earlier than was said."""

    item_id: int
    holding_id: int


@dataclass(frozen=True, slots=True)
class ItemsAdded:
    """New items stand on the shelf: one event for all that came at once."""

    holding_id: int
    item_ids: tuple[int, ...]
