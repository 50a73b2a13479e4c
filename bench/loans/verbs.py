"""Book, hand out, take back and look up, with one or many clients at once."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from statistics import quantiles
from typing import Any
from uuid import uuid4

from resursnav.deliver.lending.actions import check, hand_out, order, take_back
from resursnav.deliver.lending.actions.telling import UnableToLend, UnableToOrder
from resursnav.deliver.lending.free import for_holdings
from resursnav.deliver.lending.models import Allocation, Booking, State
from resursnav.deliver.lending.wishes import Wish
from resursnav.deliver.stock.models import Item
from resursnav.deliver.transport.reading import plan_for

from .clients import Work, at_once
from .volume import DAY, NOW, TODAY, County


def spread(taken: Sequence[float]) -> dict[str, float]:
    """p50 and p95 in milliseconds."""
    if len(taken) < 2:
        return {}
    cuts = quantiles(taken, n=100)
    return {"p50": round(cuts[49] * 1000, 1), "p95": round(cuts[94] * 1000, 1)}


def timed(do: Callable[[], Any]) -> float:
    """How long it takes, in seconds; a refusal is an answer too."""
    began = time.perf_counter()
    with suppress(UnableToOrder, UnableToLend):
        do()
    return time.perf_counter() - began


def measure(work: Work, *, clients: int, times: int) -> dict[str, float]:
    """p50, p95 and how many a second."""
    taken, whole = at_once(work, clients=clients, times=times)
    return {"clients": clients, **spread(taken), "per second": round(len(taken) / whole, 1)}


def booking(county: County) -> Work:
    """Somebody somewhere books something popular for a week, in the coming half year."""

    def work(client: int, times: int) -> list[float]:
        dice, taken = random.Random(uuid4().int), []
        mine = County(county.centre, county.units, county.people, county.holdings, county.weights, dice)
        for _turn in range(times):
            unit = dice.choice(mine.units)
            first = TODAY + (14 + 7 * dice.randrange(22) + dice.randrange(5)) * DAY
            wish = Wish(mine.popular(), first, first + 4 * DAY)
            person = mine.people[unit.pk]
            taken.append(
                timed(lambda: order(unit=unit, person=person, wishes=[wish], key=uuid4(), by=person, at=NOW))  # noqa: B023  # called at once
            )
        return taken

    return work


def handing_out(number: int, clients: int) -> tuple[Work, int]:
    """What is booked next is packed and handed over the desk; each client has bookings of its own."""
    keys = list(
        Booking.objects.filter(state=State.BOOKED).order_by("leave_date", "pk").values_list("pk", flat=True)[:number]
    )

    def work(client: int, times: int) -> list[float]:
        taken = []
        for key in keys[client::clients]:
            row = Booking.objects.get(pk=key)
            taken.append(timed(lambda: hand_out(booking=row, by=None, at=NOW)))  # noqa: B023  # called at once
        return taken

    return work, len(keys)


def taking_back(number: int, clients: int) -> tuple[Work, int]:
    """What is out is scanned and taken back, and looked at: both presses together."""
    keys = list(Allocation.objects.filter(open=True).order_by("pk").values_list("item", flat=True)[:number])

    def work(client: int, times: int) -> list[float]:
        taken = []
        for key in keys[client::clients]:
            item = Item.objects.get(pk=key)
            began = time.perf_counter()
            take_back(items=[item], by=None, at=NOW)
            check(item=item, by=None, at=NOW)
            taken.append(time.perf_counter() - began)
        return taken

    return work, len(keys)


def looking_up(county: County, rounds: int) -> dict[str, float]:
    """When each of twenty titles on a page is free for a school, from the first day on."""
    taken = []
    for _turn in range(rounds):
        unit = county.dice.choice(county.units)
        page = list({county.popular() for _title in range(40)})[:20]
        plan = plan_for(unit, start=TODAY, end=TODAY + 120 * DAY)
        taken.append(timed(lambda: for_holdings(page, plan=plan, now=NOW, start=TODAY, end=TODAY + 120 * DAY)))  # noqa: B023  # called at once
    return spread(taken)
