"""What the open interface says of holdings and items, and takes in."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from resursnav.foundation.rest.paging import Paged
from resursnav.kernel.text import clean

from .models import Condition, ItemState, LoanKind

HIGHEST = 2**63 - 1
Key = Annotated[int, Field(ge=1, le=HIGHEST)]
Said = Annotated[str, AfterValidator(clean), Field(max_length=500)]

HOLDING: dict[str, Any] = {
    "id": 12,
    "resource_id": 71,
    "owner_id": 2,
    "media_type": "kit",
    "title": "Golvrobotar: tolv stycken (låda eller set)",
    "number": "K 101",
    "kind": "kit",
    "bookable": True,
    "in_use": 5,
    "parts": [{"name": "robotar", "quantity": 12, "counted": True}],
    "updated_at": "2026-11-20T08:15:00Z",
}
ITEM: dict[str, Any] = {
    "id": 340,
    "holding_id": 12,
    "owner_id": 2,
    "barcode": "K001001",
    "place": "M1",
    "shelf": "A1",
    "condition": "good",
    "state": "in_use",
    "out_from": None,
    "back_date": None,
    "service_place": None,
    "retired_reason": None,
    "value": "8900.00",
    "note": None,
    "page": "https://example.org/stock/items/340/",
    "updated_at": "2026-11-20T08:15:00Z",
}


class HoldingFilters(Paged):
    """Which holdings are wanted."""

    resource: Key | None = Field(None, description="Only those of this resource.")
    owner: Key | None = Field(None, description="Only those of this organisation.")


class PartOut(Schema):
    """What shall lie in each item of a kit."""

    name: str
    quantity: int
    counted: bool = Field(description="Whether it is counted when the kit comes back.")


class HoldingOut(Schema):
    """What one can book: a resource in one form at one centre."""

    model_config = ConfigDict(json_schema_extra={"examples": [HOLDING]})

    id: int
    resource_id: int
    owner_id: int
    media_type: str
    title: str
    number: str | None
    kind: LoanKind
    bookable: bool
    in_use: int = Field(description="How many items can be lent, if they are not on loan.")
    parts: list[PartOut]
    updated_at: datetime


class HoldingsOut(Schema):
    """A page of holdings."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [HOLDING], "next": None}]})

    items: list[HoldingOut]
    next: str | None = Field(description="The address of the next page; null when this is the last.")


class ItemFilters(Paged):
    """Which items are wanted."""

    holding: Key | None = Field(None, description="Only those of this holding.")
    barcode: str | None = Field(None, max_length=300, description="What stands on the label, or what a scanner typed.")
    state: ItemState | None = Field(None, description="Only those in this state.")
    place: str | None = Field(None, max_length=12, description="Only those whose home is the place with this code.")


class ItemOut(Schema):
    """One copy with a barcode."""

    model_config = ConfigDict(json_schema_extra={"examples": [ITEM]})

    id: int
    holding_id: int
    owner_id: int
    barcode: str
    place: str | None = Field(description="The code of its home place.")
    shelf: str | None
    condition: Condition
    state: ItemState
    out_from: date | None = Field(description="Since when it is on service or missing.")
    back_date: date | None = Field(description="The first day on which it can be lent again, when somebody knows.")
    service_place: str | None
    retired_reason: str | None
    value: Decimal | None = Field(description="What a new one costs, in kronor.")
    note: str | None
    page: str
    updated_at: datetime


class ItemsOut(Schema):
    """A page of items."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [ITEM], "next": None}]})

    items: list[ItemOut]
    next: str | None = Field(description="The address of the next page; null when this is the last.")


class StateIn(Schema):
    """The state that an item shall have, and what there is to say about it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"state": "service", "where": "Verkstaden", "back_date": "2026-12-04"}]},
    )

    state: Literal["in_use", "service", "missing", "retired"]
    where: Annotated[Said, Field(max_length=120)] = Field("", description="For service: who mends it.")
    back_date: date | None = Field(None, description="For service: the first day on which it can be lent again.")
    reason: Said = Field("", description="For a retirement: why.")
    note: Said = Field("", description="For the item's story.")
