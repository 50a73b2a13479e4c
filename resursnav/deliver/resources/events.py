"""What happened in the catalogue, told to whoever stands above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CollectionChanged:
    """Other resources than before stand in a collection: these came or went."""

    collection_id: int
    resource_ids: frozenset[int]
    at: datetime
