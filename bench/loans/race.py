"""Double bookings: the lock and the counting against "look, then write", under the same load."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import connections, transaction

from resursnav.deliver.lending.actions import order
from resursnav.deliver.lending.actions.telling import UnableToOrder
from resursnav.deliver.lending.availability import Claim, Profile
from resursnav.deliver.lending.counting import profiles
from resursnav.deliver.lending.models import HOLDING, Booking, Order, State
from resursnav.deliver.lending.wishes import Wish
from resursnav.deliver.resources.models import Edition, Resource
from resursnav.deliver.stock.models import Holding, Item
from resursnav.foundation.organisations.models import Organisation

from .volume import DAY, NOW, TODAY, County

CLIENTS = 8
COPIES = 2
WISHES = 3  # of each client in each run
Book = Callable[[Organisation, Any, Wish], bool]


def guarded(unit: Organisation, person: Any, wish: Wish) -> bool:
    """As the product books."""
    try:
        order(unit=unit, person=person, wishes=[wish], key=uuid4(), by=person, at=NOW)
    except UnableToOrder:
        return False
    return True


def naive(unit: Organisation, person: Any, wish: Wish) -> bool:
    """Looks whether a copy is free, then writes the booking: no lock, no second look."""
    start, end = wish.use_from - 3 * DAY, wish.use_to + 4 * DAY
    free = profiles([wish.holding], start=start, end=end, today=TODAY)[wish.holding]
    if free.lowest(start, end) < wish.quantity:
        return False
    with transaction.atomic():
        centre = Holding.objects.get(pk=wish.holding).owner
        made = Order.objects.create(owner=centre, unit=unit, person=person, placed_at=NOW, key=uuid4())
        Booking.objects.create(
            order=made, holding_id=wish.holding, quantity=wish.quantity, use_from=wish.use_from, use_to=wish.use_to,
            leave_date=start, hand_over_date=wish.use_to + DAY, back_date=wish.use_to + 3 * DAY, blocked_from=start,
            blocked_to=end, state=State.BOOKED, booked_at=NOW, changed_at=NOW,
        )  # fmt: skip
    return True


def run(county: County, book: Book, runs: int) -> dict[str, Any]:
    """So many runs, each a fresh holding with two copies that eight clients want at the same moment."""
    holdings = _fresh(county, runs)
    connections.close_all()
    context: Any = multiprocessing.get_context("fork")
    gate, each, told = context.Barrier(CLIENTS + 1), context.Barrier(CLIENTS), context.SimpleQueue()
    clients = [
        context.Process(target=_client, args=(number, county, book, holdings, (gate, each), told))
        for number in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    gate.wait()
    began = time.perf_counter()
    answers = [told.get() for _client_ in clients]
    whole = time.perf_counter() - began
    for client in clients:
        client.join()
    return {
        "runs": runs,
        "booked": sum(yes for yes, _no in answers),
        "refused": sum(no for _yes, no in answers),
        "per second": round(sum(yes + no for yes, no in answers) / whole),
        "runs with double bookings": sum(double_booked(holding) for holding in holdings),
    }


def _client(number: int, county: County, book: Book, holdings: list[int], gates: Any, told: Any) -> None:
    unit = county.units[number * 7 % len(county.units)]
    person = county.people[unit.pk]
    yes = no = 0
    gate, each = gates
    gate.wait()
    for turn, holding in enumerate(holdings):
        each.wait()  # all at the same moment, whoever was done first with the last one
        for wish in range(WISHES):
            first = _monday(turn + wish)
            done = book(unit, person, Wish(holding, first, first + 4 * DAY))
            yes, no = yes + done, no + (not done)
    told.put((yes, no))


def _monday(number: int) -> date:
    return TODAY + (28 + 7 * (number % 3)) * DAY


def _fresh(county: County, number: int) -> list[int]:
    made = Resource.objects.bulk_create(
        [
            Resource(
                owner=county.centre, title=f"Kapplöpning {n}", status="published", published_at=NOW, created_at=NOW,
                updated_at=NOW, languages=["sv"],
            )
            for n in range(number)
        ]
    )  # fmt: skip
    Edition.objects.bulk_create([Edition(resource=one, media_type="kit", position=0) for one in made])
    held = Holding.objects.bulk_create(
        [Holding(owner=county.centre, resource=one, media_type="kit", kind="kit", updated_at=NOW) for one in made]
    )
    Item.objects.bulk_create(
        [
            Item(
                holding=one, owner=county.centre, barcode=f"R{one.pk}-{copy}", added_at=NOW, updated_at=NOW
            )
            for one in held
            for copy in range(COPIES)
        ]
    )  # fmt: skip
    return [one.pk for one in held]


def double_booked(holding: int) -> bool:
    """Whether more copies are promised on some day than there are."""
    claims = [
        Claim(start, end, quantity)
        for start, end, quantity in Booking.objects.filter(holding=holding, state__in=HOLDING).values_list(
            "blocked_from", "blocked_to", "quantity"
        )
    ]
    copies = Item.objects.filter(holding=holding).count()
    return bool(Profile([(TODAY, copies)], claims, TODAY, TODAY + 400 * DAY).short_days())
