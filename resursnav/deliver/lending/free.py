"""When can it be had? For a page of titles at once, and day by day for one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from resursnav.deliver.stock.models import Holding

from .availability import DAY, Profile
from .conditions import Conditions, Journey, Ways, journey, last_day
from .counting import conditions_of, holdings_named, profiles


@dataclass(frozen=True, slots=True)
class Free:
    """The first days on which a holding can be used for its usual time; None when there are none near."""

    holding: Holding
    conditions: Conditions
    first: Journey | None
    profile: Profile


def for_holdings(
    holding_ids: Collection[int],
    *,
    plan: Ways,
    now: datetime,
    start: date,
    end: date,
    quantity: int = 1,
    holdings: Sequence[Holding] | None = None,
) -> dict[int, Free]:
    """Holding -> when so many can first be used from `start` on, blocked days before `end`; four statements.

    Three when whoever asks has read the `holdings` already.

    `plan` is the way to the place that asks; without a way nothing can be had.
    """
    today = localdate(now)
    if holdings is None:
        holdings = holdings_named(holding_ids, bookable=True)
    conditions = conditions_of(holdings)
    free = profiles([holding.pk for holding in holdings], start=today, end=end, today=today)
    earliest: dict[int, date | None] = {}
    ways: dict[tuple[Conditions, date, int], Journey | None] = {}
    found = {}
    for holding in holdings:
        rule, profile = conditions[holding.pk], free[holding.pk]
        if rule.notice_days not in earliest:
            earliest[rule.notice_days] = plan.first_use(now, rule.notice_days)
        first = earliest[rule.notice_days]
        way = None if first is None else _first(profile, plan, rule, max(first, start), quantity, ways, today)
        found[holding.pk] = Free(holding, rule, way, profile)
    return found


def _first(
    profile: Profile,
    plan: Ways,
    rule: Conditions,
    day: date,
    quantity: int,
    ways: dict[tuple[Conditions, date, int], Journey | None],
    today: date,
) -> Journey | None:
    """The first use of the usual length; the ways are shared by all holdings with the same conditions."""
    if max(profile.counts) < quantity:
        return None
    while day < profile.end:
        key = (rule, day, rule.default_days)
        if key not in ways:
            ways[key] = journey(plan, rule, day, last_day(day, rule.default_days))
        way = ways[key]
        day += DAY
        if way is None or way.leave_date < today:
            continue
        if way.blocked_to > profile.end:
            return None
        if profile.lowest(max(way.blocked_from, today), way.blocked_to) >= quantity:
            return way
    return None


def starts(
    free: Free, *, plan: Ways, now: datetime, start: date, days: int, quantity: int = 1
) -> dict[date, bool | None]:
    """Each of so many days from `start`: whether a use of the usual length can begin; None when nothing gets there."""
    today = localdate(now)
    first = plan.first_use(now, free.conditions.notice_days)
    found: dict[date, bool | None] = {}
    for number in range(days):
        day = start + number * DAY
        way = None
        if first is not None and day >= first:
            way = journey(plan, free.conditions, day, last_day(day, free.conditions.default_days))
        if way is None or way.leave_date < today or way.blocked_to > free.profile.end:
            found[day] = None
        else:
            found[day] = free.profile.lowest(max(way.blocked_from, today), way.blocked_to) >= quantity
    return found
