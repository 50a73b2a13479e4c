"""Loans in the open interface: when something can be had, what is booked; book, change and cancel."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router

from resursnav.deliver.stock.models import Holding
from resursnav.deliver.transport.reading import plan_for
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.rest.door import caller_of
from resursnav.foundation.rest.endpoints import LIST_ERRORS, MAKE_ERRORS, READ_ERRORS, endpoint
from resursnav.foundation.rest.paging import Slice, slice_of
from resursnav.foundation.rest.problems import Problem

from . import actions, free
from .conditions import FURTHEST
from .models import OPEN, Booking, Order
from .rules import BOOK, BORROW, BORROWERS, CHANGE, SEE
from .shapes import (
    HIGHEST,
    MOST_HOLDINGS,
    Begins,
    BookingFilters,
    BookingOut,
    BookingsOut,
    CancelIn,
    ChangeIn,
    FreesOut,
    OrderFilters,
    OrderIn,
    OrderOut,
    OrdersOut,
    Wanted,
)
from .wishes import Wish

READ, WRITE = "lending:read", "lending:write"
AHEAD = timedelta(days=120)  # how far after the days that are told of one looks for the nearest ones
BEGINS = {True: Begins.YES, False: Begins.TAKEN, None: Begins.NO_TRANSPORT}
router = Router(tags=["lending"])


@router.get("/availability", response={200: FreesOut, **READ_ERRORS}, operation_id="list_availability")
@endpoint(BORROW, scope=READ)
def list_availability(request: HttpRequest, asked: Query[Wanted]) -> dict[str, Any]:
    """When holdings can be had at a unit: the nearest days, and day by day whether a loan can begin.

    Everything is counted in: what others have booked, the way there and back, school breaks and closed days.
    """
    person = caller_of(request).person
    unit = _unit(person, asked.unit)
    if unit is None:
        return {"unit_id": None, "items": []}
    rows = Holding.objects.visible_to(person, BORROW).select_related("resource").order_by("pk")
    rows = rows.filter(resource=asked.resource) if asked.resource else rows.filter(pk__in=asked.holding)
    holdings = list(rows[:MOST_HOLDINGS])
    now, today = timezone.now(), timezone.localdate()
    first = min(max(asked.first or today, today), today + timedelta(days=FURTHEST))
    end = first + timedelta(days=asked.days) + AHEAD
    plan = plan_for(unit, start=today, end=end)
    said: dict[str, Any] = {"plan": plan, "now": now, "start": first, "quantity": asked.quantity}
    known = free.for_holdings([one.pk for one in holdings], end=end, holdings=holdings, **said)
    items = []
    for holding in holdings:
        found = known[holding.pk]
        begins = free.starts(found, days=asked.days, **said)
        items.append(_free(holding, found, begins, dict(found.profile)))
    return {"unit_id": unit.pk, "items": items}


def _unit(person: Any, key: int | None) -> Organisation | None:
    """The unit that is asked about, or the person's own; None when there is neither."""
    if key is None:
        return next((post.node for post in person.standing() if post.role in BORROWERS), None)
    found: Organisation | None = Organisation.objects.visible_to(person, BOOK).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _free(
    holding: Holding, found: free.Free, begins: dict[date, bool | None], counts: dict[date, int]
) -> dict[str, Any]:
    way = found.first
    return {
        "holding_id": holding.pk,
        "resource_id": holding.resource_id,
        "title": holding.title(),
        "usual_days": found.conditions.default_days,
        "longest_days": found.conditions.longest_days,
        "nearest": {name: getattr(way, name) for name in ("use_from", "use_to", "hand_over_date")} if way else None,
        "days": [{"day": day, "free": counts[day], "begins": BEGINS[can]} for day, can in begins.items()],
    }


@router.get("/bookings", response={200: BookingsOut, **LIST_ERRORS}, operation_id="list_bookings")
@endpoint(SEE, scope=READ)
def list_bookings(request: HttpRequest, asked: Query[BookingFilters]) -> Slice[Any]:
    """What you have booked and borrowed, what your unit has when you answer for it, and for the centre all of it."""
    person = caller_of(request).person
    rows = Booking.objects.visible_to(person, SEE).whole()
    if asked.mine:
        rows = rows.filter(order__person=person)
    if asked.unit is not None:
        rows = rows.filter(order__unit=asked.unit)
    if asked.holding is not None:
        rows = rows.filter(holding=asked.holding)
    if asked.state is not None:
        rows = rows.filter(state=asked.state)
    if asked.open is not None:
        rows = rows.filter(state__in=OPEN) if asked.open else rows.exclude(state__in=OPEN)
    found = slice_of(rows, request=request, asked=asked)
    return Slice([_booking(each, each.order, person) for each in found.items], found.next)


@router.get("/orders", response={200: OrdersOut, **LIST_ERRORS}, operation_id="list_orders")
@endpoint(SEE, scope=READ)
def list_orders(request: HttpRequest, asked: Query[OrderFilters]) -> Slice[Any]:
    """The orders that you may see, each with its bookings: your own, your unit's, and for the centre all of them."""
    person = caller_of(request).person
    rows = Order.objects.visible_to(person, SEE).whole()
    if asked.mine:
        rows = rows.filter(person=person)
    if asked.unit is not None:
        rows = rows.filter(unit=asked.unit)
    if asked.open is not None:
        rows = rows.filter(closed_at__isnull=asked.open)
    found = slice_of(rows, request=request, asked=asked)
    return Slice([_order(request, each, person) for each in found.items], found.next)


@router.get("/orders/{int:id}", response={200: OrderOut, **READ_ERRORS}, operation_id="show_order")
@endpoint(SEE, scope=READ)
def show_order(request: HttpRequest, id: int) -> dict[str, Any]:
    """One order with its bookings."""
    person = caller_of(request).person
    order = Order.objects.visible_to(person, SEE).whole().filter(pk=id).first() if id <= HIGHEST else None
    if order is None:
        raise Http404
    return _order(request, order, person)


@router.post("/orders", response={201: OrderOut, **MAKE_ERRORS}, operation_id="add_order")
@endpoint(BOOK, scope=WRITE)
def add_order(request: HttpRequest, response: HttpResponse, sent: OrderIn) -> tuple[int, dict[str, Any]]:
    """Book: all of it or nothing.

    You answer for the loan where you work; what the centre books is the unit's. A refusal says at each line why it
    cannot be had, and the nearest days on which it can.
    """
    person = caller_of(request).person
    unit = Organisation.objects.visible_to(person, BOOK).filter(pk=sent.unit_id).first()
    if unit is None:
        raise actions.UnableToLend(_("Välj en enhet som du får boka för."), field="unit_id")
    _known(person, sent)
    own = any(post.node_id == unit.pk and post.role in BORROWERS for post in person.standing())
    wishes = [Wish(one.holding_id, one.use_from, one.use_to, one.quantity) for one in sent.items]
    about = actions.About(sent.for_class, sent.purpose, sent.note)
    try:
        made = actions.order(
            unit=unit, person=person if own else None, wishes=wishes, key=sent.key, about=about, by=person,
            at=timezone.now(),
        )  # fmt: skip
    except actions.UnableToOrder as refused:
        wrong = [(("body", "items", str(one.line), *filter(None, [one.field])), one.reason) for one in refused.refusals]
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, refused.reason, errors=wrong) from None
    except actions.UnableToLend as refused:
        raise actions.UnableToLend(refused.reason, field="unit_id" if refused.field == "unit" else None) from None
    shown = show_order(request, made.pk)
    response.headers["Location"] = request.build_absolute_uri(f"{request.path}/{made.pk}")
    return 201, shown


def _known(person: Any, sent: OrderIn) -> None:
    """A problem at each line whose holding the person may not borrow, or that there is none of."""
    wanted = {one.holding_id for one in sent.items}
    known = set(Holding.objects.visible_to(person, BORROW).filter(pk__in=wanted).values_list("pk", flat=True))
    told = _("Det finns inget sådant att låna.")
    lines = [(("body", "items", str(n), "holding_id"), told) for n, one in enumerate(sent.items)
             if one.holding_id not in known]  # fmt: skip
    if lines:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, told, errors=lines)


@router.post("/bookings/{int:id}/change", response={200: BookingOut, **MAKE_ERRORS}, operation_id="change_booking")
@endpoint(CHANGE, scope=WRITE)
def change_booking(request: HttpRequest, id: int, sent: ChangeIn) -> dict[str, Any]:
    """Other days or another number, as long as it has not been packed. When it cannot be had, it stays as it was."""
    person = caller_of(request).person
    row = actions.change(booking=_seen(person, id), **sent.dict(), by=person, at=timezone.now())
    return _booking(row, row.order, person)


@router.post("/bookings/{int:id}/cancel", response={200: BookingOut, **MAKE_ERRORS}, operation_id="cancel_booking")
@endpoint(CHANGE, scope=WRITE)
def cancel_booking(request: HttpRequest, id: int, sent: CancelIn) -> dict[str, Any]:
    """Take back what has not been packed. It is free for others at once."""
    person = caller_of(request).person
    [row] = actions.cancel(bookings=[_seen(person, id)], reason=sent.reason, by=person, at=timezone.now())
    return _booking(row, row.order, person)


def _seen(person: Any, id: int) -> Booking:
    row: Booking | None = Booking.objects.visible_to(person, CHANGE).filter(pk=id).first() if id <= HIGHEST else None
    if row is None:
        raise Http404
    return row


def _booking(row: Booking, order: Order, person: Any) -> dict[str, Any]:
    same = (
        "id", "order_id", "holding_id", "quantity", "use_from", "use_to", "leave_date", "hand_over_date", "state",
        "renewals", "changed_at",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in same},
        "owner_id": order.owner_id,
        "unit_id": order.unit_id,
        "resource_id": row.holding.resource_id,
        "title": row.holding.title(),
        "late": row.is_late(timezone.localdate()),
        "mine": order.person_id == person.pk,
    }


def _order(request: HttpRequest, order: Order, person: Any) -> dict[str, Any]:
    same = ("id", "owner_id", "unit_id", "placed_at", "closed_at")
    return {
        **{name: getattr(order, name) for name in same},
        **{name: getattr(order, name) or None for name in ("for_class", "purpose", "note")},
        "mine": order.person_id == person.pk,
        "bookings": [_booking(each, order, person) for each in order.bookings.all()],
        "page": request.build_absolute_uri(order.get_absolute_url()),
    }
