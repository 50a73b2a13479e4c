"""How many items of a holding can be lent, and from which day. Loans are for lending to count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When

from resursnav.foundation.keeping.prepared import Prepared, as_day

from .models import Item, ItemState

Steps = list[tuple[date, int]]


def capacity(holding_ids: Iterable[int], start: date, end: date) -> dict[int, Steps]:
    """Holding -> steps (from the day, so many), for the days from `start` to the day before `end`.

    The first step is always `start`. What is on service counts from the day on which it is promised back; what has
    no such day, is missing or retired does not count. One statement for any number of holdings; an unknown one has 0.
    """
    wanted = set(holding_ids)
    grows: defaultdict[int, dict[date, int]] = defaultdict(dict)
    for holding, back, many in _counted.rows(list(wanted), [start], [end]):
        day = as_day(back) if back else start
        grows[holding][day] = grows[holding].get(day, 0) + many
    return {holding: steps(grows.get(holding, {}), start) for holding in wanted}


def _items(holdings: Collection[int], starts: Collection[date], ends: Collection[date]) -> QuerySet[Any]:
    [start], [end] = starts, ends
    return (
        Item.objects.filter(holding__in=holdings)
        .filter(Q(state=ItemState.IN_USE) | Q(state=ItemState.SERVICE, back_date__lt=end))
        .annotate(day=Case(When(state=ItemState.SERVICE, back_date__gt=start, then=F("back_date"))))
        .order_by()
        .values_list("holding", "day")
        .annotate(many=Count("pk"))
    )


_counted = Prepared(_items)


def shelves(holding_ids: Collection[int]) -> dict[int, list[str]]:
    """Holding -> where the items that can be lent belong, place and shelf, in order; one statement."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = Item.objects.filter(holding__in=holding_ids, state=ItemState.IN_USE, place__isnull=False)
    places = rows.order_by("place__name", "shelf").values_list("holding", "place__name", "shelf").distinct()
    for holding, place, shelf in places:
        found[holding].append(", ".join(filter(None, [place, shelf])))
    return found


def steps(grows: dict[date, int], start: date) -> Steps:
    """What is added on each day as the number there is from the day; the first day is always `start`."""
    found, total = [], 0
    for day in sorted({start, *grows}):
        total += grows.get(day, 0)
        found.append((day, total))
    return found
