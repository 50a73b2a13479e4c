"""What is held and what is free, read from the database in few statements whatever the number of holdings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, DateField, QuerySet, Value

from resursnav.deliver.stock.counting import capacity
from resursnav.deliver.stock.models import Holding, Item, ItemState
from resursnav.foundation.keeping import Kept
from resursnav.foundation.keeping.prepared import Prepared, as_day
from resursnav.foundation.keeping.reading import stamp, stamp_now

from .availability import DAY, Claim, Profile
from .conditions import Conditions
from .models import HOLDING, RULES, WITH_COPIES, Allocation, Booking, LoanRule

DEFAULT = Conditions()
MOST_KEPT = 400  # centres
_kept: Kept[tuple[LoanRule, ...]] = Kept(MOST_KEPT)


def conditions_of(holdings: Iterable[Holding]) -> dict[int, Conditions]:
    """Holding -> its conditions: of the rules for its kind the one with the longest fitting prefix.

    In a statement; in none for holdings read with the stamp, whose centre's rules are kept.
    """
    asked = list(holdings)
    rules = _rules(asked)
    found = {}
    for holding in asked:
        number = holding.number.casefold()
        fitting = [
            rule
            for rule in rules[holding.owner_id]
            if rule.kind == holding.kind and number.startswith(rule.prefix.casefold())
        ]
        best = max(fitting, key=lambda rule: len(rule.prefix), default=None)
        found[holding.pk] = best.conditions() if best else DEFAULT
    return found


def with_rules(holdings: QuerySet[Holding]) -> QuerySet[Holding]:
    """The holdings, each with the stamp of the loan rules."""
    return holdings.annotate(rules_stamp=stamp(RULES))


def holdings_named(holding_ids: Collection[int], *, bookable: bool = False) -> list[Holding]:
    """The holdings with their resources and the stamp of the loan rules; with `bookable` only those."""
    asked: list[Holding] = (_bookable if bookable else _named).objects(list(holding_ids))
    return asked


_named = Prepared(lambda keys: with_rules(Holding.objects.filter(pk__in=keys).select_related("resource")))
_bookable = Prepared(lambda keys: with_rules(Holding.objects.filter(pk__in=keys).bookable().select_related("resource")))


def _rules(holdings: Collection[Holding]) -> dict[int, tuple[LoanRule, ...]]:
    """Centre -> its rules."""
    owners = {holding.owner_id for holding in holdings}
    stamps = {getattr(holding, "rules_stamp", None) for holding in holdings}
    if not owners:
        return {}
    known = stamps.pop() if len(stamps) == 1 else None
    number: int = stamp_now(RULES) if known is None else known
    kept = {owner: _kept.find(number, owner) for owner in owners}
    unknown = [owner for owner in owners if kept.get(owner) is None]
    if unknown:
        read: defaultdict[int, list[LoanRule]] = defaultdict(list)
        for rule in LoanRule.objects.filter(owner__in=unknown):
            read[rule.owner_id].append(rule)
        for owner in unknown:
            kept[owner] = _kept.keep(number, owner, tuple(read[owner]))
    return {owner: rules or () for owner, rules in kept.items()}


def claims(
    holding_ids: Collection[int], *, end: date, today: date, without: Collection[int] = ()
) -> defaultdict[int, list[Claim]]:
    """Holding -> what is held from today up to `end`, without the bookings named; one statement.

    What has certain copies and should have been free already is held today as well: it has not come back. The same goes
    for a copy that was promised back from service by today.
    """
    held: defaultdict[int, list[Claim]] = defaultdict(list)
    keys, made, tomorrow = list(holding_ids), Claim._make, today + DAY
    for pk, holding, quantity, start, stop, state in _held.rows(keys, [end], [today], [tomorrow]):
        until = as_day(stop)
        if until <= today:
            if state not in WITH_COPIES:
                continue
            until = tomorrow
        if pk not in without:
            held[holding].append(made((as_day(start), until, quantity)))
    return held


def _claims(
    holdings: Collection[int], ends: Collection[date], todays: Collection[date], tomorrows: Collection[date]
) -> QuerySet[Any]:
    [end], [today], [tomorrow] = ends, todays, tomorrows
    rows = Booking.objects.filter(holding__in=holdings, state__in=HOLDING, blocked_from__lt=end)
    said = rows.order_by().values_list("pk", "holding_id", "quantity", "blocked_from", "blocked_to", "state")
    late = Item.objects.filter(holding__in=holdings, state=ItemState.SERVICE, back_date__lte=today)
    from_service = late.order_by().values_list(
        Value(0, output_field=BigIntegerField()), "holding_id", Value(1), "back_date",
        Value(tomorrow, output_field=DateField()), Value(""),
    )  # fmt: skip
    return said.union(from_service, all=True)


_held = Prepared(_claims)


def held_until(state: str, blocked_to: date, today: date) -> date:
    """Until when it holds its copies, as far as one knows today."""
    return max(blocked_to, today + DAY) if state in WITH_COPIES else blocked_to


def profiles(
    holding_ids: Collection[int], *, start: date, end: date, today: date, without: Collection[int] = ()
) -> dict[int, Profile]:
    """Holding -> how many copies are free on each day from `start` up to `end`; two statements."""
    have = capacity(holding_ids, start, end)
    held = claims(holding_ids, end=end, today=today, without=without)
    return {pk: Profile(have.get(pk, []), held.get(pk, ()), start, end) for pk in holding_ids}


def overdue_from_service(holding_ids: Collection[int], today: date) -> list[int]:
    """The holding of each copy that was promised back from service by today, and is not: it cannot be had today."""
    late = Item.objects.filter(holding__in=holding_ids, state=ItemState.SERVICE, back_date__lte=today)
    return list(late.values_list("holding", flat=True))


def shelf(holding_id: int, today: date) -> dict[int, date]:
    """The copies that can be lent, each with the first day it can be packed as far as one knows; two statements.

    `date.min` stands for what lies on the shelf now.
    """
    taken = {item: held_until(state, as_day(ends), today) for item, ends, state in _out.rows([holding_id])}
    found = {}
    for pk, state, back in _copies.rows([holding_id]):
        if state == ItemState.IN_USE:
            found[pk] = taken.get(pk, date.min)
        elif state == ItemState.SERVICE and back is not None:
            # What should be back from service and is not cannot be packed today.
            found[pk] = max(as_day(back), today + DAY)
    return found


def _allocated(holdings: Collection[int]) -> QuerySet[Any]:
    rows = Allocation.objects.filter(item__holding__in=holdings, open=True)
    return rows.order_by().values_list("item", "ends", "booking__state")


_out = Prepared(_allocated)
_copies = Prepared(
    lambda holdings: Item.objects.filter(holding__in=holdings).order_by("pk").values_list("pk", "state", "back_date")
)
