"""The demo's loans: returned, late, on loan, on their way, packed, booked, waiting to be approved, and a queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from math import gcd
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.timezone import localdate

from resursnav.deliver.stock.models import Holding, LoanKind
from resursnav.deliver.transport.reading import plans_for
from resursnav.foundation.access import Role
from resursnav.foundation.notices.actions import quietly
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Assignment
from resursnav.kernel.errors import Unable

from . import actions
from .conditions import Conditions
from .models import AWAY, Allocation, Booking, LoanRule, Order, State
from .models.conditions import NUMBERS
from .wishes import Wish

DAY = timedelta(days=1)
CLASSES = ("1A", "2B", "3C", "4A", "5B", "6C", "7A", "8B", "9C")
PURPOSES = ("Rymden", "Vikingatiden", "Programmering", "Svenska som andraspråk", "Läsprojekt", "Demokrati")
RULES: Sequence[tuple[str, str, dict[str, Any]]] = (
    (LoanKind.MEDIA, "", {"default_days": 14, "longest_days": 28, "invoice_days": 30, "suspend_days": 21}),
    (LoanKind.MEDIA, "D", {"default_days": 7, "longest_days": 7, "renewals": 0, "invoice_days": 7}),
    (LoanKind.KIT, "", {"default_days": 14, "longest_days": 42, "check_days": 2, "quota_unit": 6}),
    (LoanKind.EQUIPMENT, "", {"default_days": 7, "longest_days": 21, "check_days": 2, "needs_approval": True}),
)
ROUND_DAYS = 12  # ago, what is fetched today was booked
LENDERS = (Role.TEACHER, Role.SCHOOL_LIBRARIAN, Role.PRINCIPAL, Role.LIBRARIAN)

_Told = tuple[int, Callable[[Booking, datetime, datetime], None]]
"""How many days ago it was booked, and what came of it."""


def plant(*, at: datetime) -> int:
    """Loans of each region that has something to lend and a way to send it; nothing where there are some already."""
    if Order.objects.exists():
        return 0
    made = 0
    for owner in Organisation.objects.filter(pk__in=Holding.objects.bookable().values("owner")).order_by("pk"):
        with quietly():
            made += _plant(owner, at)
    return made


def _plant(owner: Organisation, at: datetime) -> int:
    for kind, prefix, said in RULES:
        if not LoanRule.objects.filter(owner=owner, kind=kind, prefix=prefix).exists():
            usual = {name: getattr(Conditions(), name) for name in (*NUMBERS, "needs_approval")}
            actions.set_rule(owner=owner, kind=kind, prefix=prefix, said={**usual, **said}, by=None, at=at - 400 * DAY)
    posts = list(_posts(owner, at))
    holdings = list(Holding.objects.bookable().filter(owner=owner).order_by("pk")[:80])
    if not posts or not holdings:
        return 0
    made = 0
    # In the order of time, as it would have been: what ended first, then what is out, then what is to come.
    history = list(enumerate(_history()))
    before = [one for one in history if one[1][0] > ROUND_DAYS]
    made += sum(_from_history(owner, posts, holdings, number, told, at) for number, told in before)
    made += _to_fetch_today(owner, posts, holdings, at)
    made += sum(_from_history(owner, posts, holdings, number, told, at) for number, told in history[len(before) :])
    made += _to_leave_today(owner, posts, holdings, at)
    made += _queue(posts, holdings, at)
    keys = [holding.pk for holding in holdings]
    actions.note_lateness(holding_ids=keys, at=at)
    actions.let_go(holding_ids=keys, at=at)
    _broken(owner, at)
    return made


def _broken(owner: Organisation, at: datetime) -> None:
    """Somebody has said that something is wrong with what is on loan."""
    copies = Allocation.objects.filter(open=True, booking__order__owner=owner, booking__state__in=AWAY)
    copy = copies.select_related("booking__order__person", "item").order_by("item__holding__kind", "-pk").first()
    if copy is not None:
        text, by = "Locket går inte att stänga.", copy.booking.order.person
        actions.report_fault(booking=copy.booking, item=copy.item, text=text, missing={}, by=by, at=at)


def _posts(owner: Organisation, at: datetime) -> Iterator[Assignment]:
    """Those who borrow, at units that something goes to."""
    below = Organisation.objects.at_or_below([owner.pk])
    rows = Assignment.objects.current(localdate(at)).filter(node__in=below, role__in=LENDERS)
    posts = list(rows.select_related("person", "node").order_by("pk")[:60])
    plans = plans_for({post.node_id for post in posts}, start=localdate(at - 120 * DAY), end=localdate(at) + 120 * DAY)
    return (post for post in posts if plans[post.node_id].first_use(at) is not None)


def _history() -> list[_Told]:
    """How many days ago each was booked, and what came of it; the oldest first."""
    past = [(90 - number * 2, _returned) for number in range(24)]
    late = [(38, _sent), (36, _sent), (33, _sent)]
    out = [(9 - number // 3, _sent) for number in range(9)]
    packed = [(3, _packed)] * 4
    return [*past, *late, *out, *packed, *[(2, _booked)] * 10, *[(1, _booked)] * 6]


def _from_history(
    owner: Organisation,
    posts: Sequence[Assignment],
    holdings: Sequence[Holding],
    number: int,
    told: _Told,
    at: datetime,
) -> int:
    days_ago, then = told
    step = next(step for step in (7, 5, 3, 1) if gcd(step, len(holdings)) == 1)  # each is borrowed before one is again
    holding = holdings[number * step % len(holdings)]
    return _lend(owner, posts[number % len(posts)], holding, number, at - days_ago * DAY, then, at)


def _to_fetch_today(owner: Organisation, posts: Sequence[Assignment], holdings: Sequence[Holding], at: datetime) -> int:
    """For the driver: some of those to whom a round goes today give something back."""
    made, today, when = 0, localdate(at), at - ROUND_DAYS * DAY
    for number, (post, plan) in enumerate(_plans(posts, today)):
        first, last = plan.first_use(when), next((d for d in _near(today, -1) if plan.last_leave(d) == today), None)
        if number % 2 and first is not None and last is not None and first < last:
            wish = Wish(holdings[(number * 11 + 5) % len(holdings)].pk, first, last)
            made += _book(owner, post, wish, 1000 + number, when, _sent, at)
    return made


def _to_leave_today(owner: Organisation, posts: Sequence[Assignment], holdings: Sequence[Holding], at: datetime) -> int:
    """For the driver: some of those to whom a round goes today get something, and what leaves today is packed."""
    made, today = 0, localdate(at)
    for number, (post, plan) in enumerate(_plans(posts, today)):
        first = next((d for d in _near(today, 1) if plan.leaves(d) == today), None)
        if number % 2 == 0 and first is not None:
            wish = Wish(holdings[(number * 13 + 3) % len(holdings)].pk, first, first + 6 * DAY)
            made += _book(owner, post, wish, 2000 + number, at - 5 * DAY, _booked, at)
    for booking in Booking.objects.filter(order__owner=owner, state=State.BOOKED, leave_date__lte=today):
        with suppress(Unable):  # what is late has its copy
            actions.pack(booking=booking, by=None, at=at)
    return made


def _plans(posts: Sequence[Assignment], today: date) -> list[tuple[Assignment, Any]]:
    plans = plans_for({post.node_id for post in posts}, start=today - 30 * DAY, end=today + 30 * DAY)
    return [(post, plans[post.node_id]) for post in posts]


def _near(today: date, step: int) -> list[date]:
    return [today + step * days * DAY for days in range(4)]


def _lend(
    owner: Organisation,
    post: Assignment,
    holding: Holding,
    number: int,
    when: datetime,
    then: Callable[[Booking, datetime, datetime], None],
    at: datetime,
) -> int:
    """Book the holding for the first days that it can be there; something else happens to it as told."""
    plan = plans_for([post.node_id], start=localdate(when), end=localdate(when) + 120 * DAY)[post.node_id]
    first = plan.first_use(when)
    if first is None:
        return 0
    days = 7 if holding.number.casefold().startswith("d") else 10
    wish = Wish(holding.pk, first, first + (days - 1) * DAY)
    return _book(owner, post, wish, number, when, then, at)


def _book(
    owner: Organisation,
    post: Assignment,
    wish: Wish,
    number: int,
    when: datetime,
    then: Callable[[Booking, datetime, datetime], None],
    at: datetime,
) -> int:
    """Book it and let happen to it what is told; nothing when the days were taken."""
    about = actions.About(CLASSES[number % len(CLASSES)], PURPOSES[number % len(PURPOSES)])
    key = uuid5(NAMESPACE_URL, f"demo/{owner.pk}/{number}")
    try:
        order = actions.order(
            unit=post.node, person=post.person, wishes=[wish], key=key, by=post.person, at=when, about=about
        )
        for booking in order.bookings.all():
            then(booking, when, at)
    except Unable:
        return 0
    return 1


def _moment(day: date, like: datetime, latest: datetime) -> datetime:
    """The time of day on another day, and never after the latest."""
    return min(like + (day - localdate(like)), latest)


def _booked(booking: Booking, when: datetime, at: datetime) -> None:
    """It waits for its day."""


def _packed(booking: Booking, when: datetime, at: datetime) -> None:
    actions.pack(booking=booking, by=None, at=at)


def _sent(booking: Booking, when: datetime, at: datetime) -> None:
    moment = _moment(booking.leave_date, when, at)
    actions.pack(booking=booking, by=None, at=moment)
    actions.send(bookings=[booking], by=None, at=moment)
    if booking.use_from <= localdate(at):
        actions.receive(bookings=[booking], by=None, at=_moment(booking.use_from, when, at))


def _returned(booking: Booking, when: datetime, at: datetime) -> None:
    _sent(booking, when, at)
    moment = _moment(booking.back_date, when, at)
    for copy in booking.copies.select_related("item"):
        actions.take_back(items=[copy.item], by=None, at=moment)
        actions.check(item=copy.item, by=None, at=moment)


def _queue(posts: Sequence[Assignment], holdings: Sequence[Holding], at: datetime) -> int:
    """Two who wait for what is booked most."""
    made = 0
    busiest = [holding for holding in holdings if Booking.objects.open().filter(holding=holding).exists()]
    today = localdate(at)
    for post, holding in zip(posts, busiest[:2], strict=False):
        try:
            actions.join_queue(
                holding=holding, unit=post.node, person=post.person, quantity=holding.items.lendable().count(), days=7,
                earliest=today, latest=today + 6 * DAY, by=post.person, at=at, for_class="5A",
            )  # fmt: skip
        except Unable:
            continue
        made += 1
    return made
