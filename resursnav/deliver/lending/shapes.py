"""What the open interface says of loans, and takes in."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from resursnav.foundation.rest.paging import Paged
from resursnav.kernel.text import clean

from .actions.ordering import MOST_LINES
from .conditions import FURTHEST
from .models import MOST, State

HIGHEST = 2**63 - 1
MOST_HOLDINGS = 20
MOST_DAYS = 92
Key = Annotated[int, Field(ge=1, le=HIGHEST)]
Number = Annotated[int, Field(ge=1, le=MOST)]
Words = Annotated[str, AfterValidator(clean)]
LAST = "The address of the next page; null when this is the last."

DAYS: dict[str, Any] = {"use_from": "2026-12-01", "use_to": "2026-12-14", "hand_over_date": "2026-12-15"}
FREE: dict[str, Any] = {
    "holding_id": 12,
    "resource_id": 71,
    "title": "Golvrobotar: tolv stycken (låda eller set)",
    "usual_days": 14,
    "longest_days": 28,
    "nearest": DAYS,
    "days": [
        {"day": "2026-11-30", "free": 4, "begins": "no_transport"},
        {"day": "2026-12-01", "free": 4, "begins": "yes"},
    ],
}
BOOKING: dict[str, Any] = {
    "id": 5120,
    "order_id": 3011,
    "owner_id": 2,
    "unit_id": 17,
    "holding_id": 12,
    "resource_id": 71,
    "title": "Golvrobotar: tolv stycken (låda eller set)",
    "quantity": 1,
    **DAYS,
    "leave_date": "2026-12-01",
    "state": "booked",
    "late": False,
    "renewals": 0,
    "mine": True,
    "changed_at": "2026-11-20T08:15:00Z",
}
ORDER: dict[str, Any] = {
    "id": 3011,
    "owner_id": 2,
    "unit_id": 17,
    "placed_at": "2026-11-20T08:15:00Z",
    "closed_at": None,
    "for_class": "5B",
    "purpose": "Programmering",
    "note": None,
    "mine": True,
    "bookings": [BOOKING],
    "page": "https://example.org/lending/orders/3011/",
}


class Begins(StrEnum):
    """Whether a loan can begin on a day."""

    YES = "yes"
    TAKEN = "taken"
    NO_TRANSPORT = "no_transport"


class Wanted(Schema):
    """What is asked for, where, and around when."""

    unit: Key | None = Field(
        None,
        description="Where it is to be used: a unit for which you may book. Without it the place where you work; "
        "whoever works at no place that borrows gets no answers.",
    )
    holding: list[Key] = Field([], max_length=MOST_HOLDINGS, description="These holdings.")
    resource: Key | None = Field(None, description="All holdings of this resource.")
    first: date | None = Field(
        None,
        description="The first day to tell of; today unless it is said. What has been counts as today, and what lies "
        f"further ahead than one can book ({FURTHEST} days) as the last day that can be booked.",
    )
    days: int = Field(31, ge=1, le=MOST_DAYS, description="How many days to tell of.")
    quantity: Number = Field(1, description="How many that are wanted together.")


class UseOut(Schema):
    """Days of use, and when it must be handed over for the way back."""

    use_from: date
    use_to: date
    hand_over_date: date


class DayOut(Schema):
    """One day at the unit."""

    day: date
    free: int = Field(description="How many copies nobody has booked on the day.")
    begins: Begins = Field(
        description="Whether a loan of the usual length can begin, the way there and back counted in. It is "
        "`no_transport` also where it is too late to order, and beyond what is planned."
    )


class FreeOut(Schema):
    """When a holding can be had at the unit."""

    model_config = ConfigDict(json_schema_extra={"examples": [FREE]})

    holding_id: int
    resource_id: int
    title: str
    usual_days: int = Field(description="How long it is usually lent.")
    longest_days: int
    nearest: UseOut | None = Field(description="The first loan of the usual length from `first` on; null if none.")
    days: list[DayOut]


class FreesOut(Schema):
    """The answers, in the order of the holdings' ids; what you may not borrow is left out."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"unit_id": 17, "items": [FREE]}]})

    unit_id: int | None
    items: list[FreeOut]


class BookingFilters(Paged):
    """Which bookings are wanted."""

    mine: bool = Field(False, description="Only those that you answer for yourself.")
    unit: Key | None = Field(None, description="Only those for this unit.")
    holding: Key | None = Field(None, description="Only those of this holding.")
    state: State | None = Field(None, description="Only those in this state.")
    open: bool | None = Field(None, description="Only those with something left to do, or only those without.")


class BookingOut(Schema):
    """A number of copies for some days. Who borrows is told only as `mine`."""

    model_config = ConfigDict(json_schema_extra={"examples": [BOOKING]})

    id: int
    order_id: int
    owner_id: int = Field(description="The centre that lends.")
    unit_id: int = Field(description="Where it is used; see organisations.")
    holding_id: int
    resource_id: int
    title: str
    quantity: int
    use_from: date
    use_to: date = Field(description="The last day of use.")
    leave_date: date = Field(description="When it leaves the centre.")
    hand_over_date: date = Field(description="When it must be handed over for the way back.")
    state: State = Field(
        description="How far it has come. `bumped` has lost its copies and gets them again if some come back."
    )
    late: bool = Field(description="Whether it should have been handed over already.")
    renewals: int
    mine: bool = Field(description="Whether you are the one who answers for it.")
    changed_at: datetime


class BookingsOut(Schema):
    """A page of bookings."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [BOOKING], "next": None}]})

    items: list[BookingOut]
    next: str | None = Field(description=LAST)


class OrderFilters(Paged):
    """Which orders are wanted."""

    mine: bool = Field(False, description="Only those that you answer for yourself.")
    unit: Key | None = Field(None, description="Only those for this unit.")
    open: bool | None = Field(None, description="Only those with something left to do, or only those without.")


class OrderOut(Schema):
    """What was booked together."""

    model_config = ConfigDict(json_schema_extra={"examples": [ORDER]})

    id: int
    owner_id: int = Field(description="The centre that lends.")
    unit_id: int
    placed_at: datetime
    closed_at: datetime | None = Field(description="When nothing in it was left to do.")
    for_class: str | None
    purpose: str | None
    note: str | None = Field(description="A message to the centre.")
    mine: bool = Field(description="Whether you are the one who answers for it.")
    bookings: list[BookingOut]
    page: str


class OrdersOut(Schema):
    """A page of orders."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [ORDER], "next": None}]})

    items: list[OrderOut]
    next: str | None = Field(description=LAST)


class WishIn(Schema):
    """One thing that is wanted, and when."""

    model_config = ConfigDict(extra="forbid")

    holding_id: Key
    use_from: date = Field(description="The first day in the classroom.")
    use_to: date = Field(description="The last day in the classroom.")
    quantity: Number = 1


class OrderIn(Schema):
    """What is to be booked together: all of it, or nothing."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "key": "6f1c1f0e-52a5-4c3c-9b0e-2f0c8f1d7b11",
                    "unit_id": 17,
                    "items": [{"holding_id": 12, "use_from": "2026-12-01", "use_to": "2026-12-14", "quantity": 1}],
                    "for_class": "5B",
                }
            ]
        },
    )

    key: UUID = Field(description="Made by you for this order. Sent again, it gives the same order and books nothing.")
    unit_id: Key = Field(description="Where it is to be used: a unit for which you may book.")
    items: Annotated[list[WishIn], Field(min_length=1, max_length=MOST_LINES)]
    for_class: Annotated[Words, Field(max_length=60)] = ""
    purpose: Annotated[Words, Field(max_length=200)] = ""
    note: Annotated[Words, Field(max_length=500)] = Field("", description="A message to the centre.")


class ChangeIn(Schema):
    """Other days or another number."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"use_from": "2026-12-03", "use_to": "2026-12-10", "quantity": 2}]},
    )

    use_from: date
    use_to: date
    quantity: Number


class CancelIn(Schema):
    """Why, if there is something to say."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "Klassen är sjuk."}]})

    reason: Annotated[Words, Field(max_length=300)] = Field("", description="Read by the centre.")
