"""From days of use to the days a copy is away, and what is wrong with what somebody asks for. No database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

DAY = timedelta(days=1)
FURTHEST = 400  # so many days ahead one can book: a school year and its planning


class Ways(Protocol):
    """What is asked of transport's plan for a place."""

    def leaves(self, use_from: date) -> date | None: ...
    def order_by(self, use_from: date) -> datetime | None: ...
    def back(self, use_to: date) -> date: ...
    def last_leave(self, use_to: date) -> date: ...
    def first_use(self, now: datetime, notice_days: int = 0) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Conditions:
    """The numbers of a loan rule; without a rule of the centre's own these count."""

    lead_days: int = 0
    trail_days: int = 0
    check_days: int = 1
    notice_days: int = 0
    default_days: int = 14
    longest_days: int = 28
    renewals: int = 1
    quota_unit: int | None = None
    quota_person: int | None = None
    needs_approval: bool = False
    remind_days: int = 2
    invoice_days: int | None = None
    suspend_days: int | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """One use with its way there and back; `blocked_from` to the day before `blocked_to` nobody else can have it."""

    use_from: date
    use_to: date
    leave_date: date
    hand_over_date: date
    back_date: date
    blocked_from: date
    blocked_to: date


class Fault(StrEnum):
    """What is wrong with the days that somebody asks for."""

    PAST = "past"
    REVERSED = "reversed"
    TOO_LONG = "too_long"
    TOO_FAR = "too_far"
    NO_WAY = "no_way"
    TOO_LATE = "too_late"


def journey(plan: Ways, conditions: Conditions, use_from: date, use_to: date) -> Journey | None:
    """The days that the use takes; None when nothing goes there in time."""
    leaves = plan.leaves(use_from)
    if leaves is None:
        return None
    back = plan.back(use_to)
    return Journey(
        use_from=use_from,
        use_to=use_to,
        leave_date=leaves,
        hand_over_date=plan.last_leave(use_to),
        back_date=back,
        blocked_from=leaves - conditions.lead_days * DAY,
        blocked_to=free_again(conditions, back),
    )


def free_again(conditions: Conditions, back: date) -> date:
    """The first day on which somebody else can have what is planned to be back on the day."""
    return back + (conditions.trail_days + conditions.check_days) * DAY


def at_desk(plan: Ways, conditions: Conditions, today: date, use_to: date) -> Journey:
    """What is handed out over the desk today: it needs no way there."""
    back = plan.back(use_to)
    return Journey(today, use_to, today, plan.last_leave(use_to), back, today, free_again(conditions, back))


def wrong_days(use_from: date, use_to: date, today: date, conditions: Conditions) -> Fault | None:
    """What is wrong with the days in themselves."""
    if use_to < use_from:
        return Fault.REVERSED
    if use_from < today:
        return Fault.PAST
    if use_from > today + FURTHEST * DAY:
        return Fault.TOO_FAR
    if (use_to - use_from).days + 1 > conditions.longest_days:
        return Fault.TOO_LONG
    return None


def wrong_time(plan: Ways, conditions: Conditions, use_from: date, now: datetime, today: date) -> Fault | None:
    """What is wrong with ordering it now for the day."""
    order_by = plan.order_by(use_from)
    if order_by is None:
        return Fault.NO_WAY
    if order_by < now or use_from < today + conditions.notice_days * DAY:
        return Fault.TOO_LATE
    return None


def last_day(use_from: date, days: int) -> date:
    """The last day of a use that is so many days long."""
    return use_from + (days - 1) * DAY
