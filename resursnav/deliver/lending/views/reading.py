"""Reading: what one has booked and borrowed, what the own school has, and one order with its story."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from resursnav.deliver.stock.models import Holding
from resursnav.deliver.stock.rules import SEE as SEE_HOLDING
from resursnav.deliver.transport.reading import plan_for
from resursnav.foundation.access.pages import page
from resursnav.foundation.imports import sheets
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.ui.asking import StaffRequest
from resursnav.foundation.ui.frame import Contact
from resursnav.foundation.ui.panels import acts

from .. import free, listing, told
from ..conditions import DAY
from ..models import Booking, Order, QueueEntry
from ..months import months
from ..rules import BORROW, CONTACTS, SEE, UNIT, WORK
from ._asked import own_units

PER_PAGE = 30
MOST = 100
MOST_OUT = 5_000
AHEAD = 270
SHOWN = 62


@page(SEE)
def mine(request: StaffRequest) -> HttpResponse:
    """What one has booked, borrowed and waits for oneself; and earlier, as long as it is remembered."""
    own = Booking.objects.filter(order__person=request.user)
    entries = QueueEntry.objects.open().filter(person=request.user)
    return _bookings(request, own, entries, {"mine": True})


@page(UNIT)
def unit(request: StaffRequest) -> HttpResponse:
    """What the school has, for its contact: also what colleagues have booked."""
    nodes = [post.node_id for post in request.user.standing() if post.role in CONTACTS]
    units = list(Organisation.objects.filter(pk__in=nodes))
    rows = Booking.objects.filter(order__unit__in=units)
    entries = QueueEntry.objects.open().filter(unit__in=units)
    return _bookings(request, rows, entries, {"units": units})


def _bookings(request: StaffRequest, rows: Any, entries: Any, more: dict[str, Any]) -> HttpResponse:
    today = timezone.localdate()
    open_rows = rows.open().whole().order_by("hand_over_date", "pk")[:MOST]
    over = rows.exclude(pk__in=rows.open().values("pk")).whole().order_by("-use_from", "-pk")
    pages = Paginator(over, PER_PAGE).get_page(request.GET.get("page"))
    waiting = entries.select_related("holding__resource", "unit", "person", "booking").order_by("joined_at", "pk")
    return render(
        request,
        "lending/mine.html",
        {
            "groups": told.groups(open_rows, today),
            "waiting": told.places(list(waiting[:MOST])),
            "pages": pages,
            "over": [told.line(booking, today) for booking in pages],
            **more,
        },
    )


@page(SEE, load=Order)
def order(request: StaffRequest, order: Order) -> HttpResponse:
    """One order: what happens when, what one can do about it, and its story."""
    shown = told.whole(order, request.user, timezone.localdate())
    shown |= {"order": order, "acts": acts("lending:order", order, request.user), "centre": _contact(order.owner)}
    return render(request, "lending/order.html", shown)


def _contact(centre: Organisation) -> Contact | None:
    """Whom to ask about the loan; nobody in particular where the centre has no address of its own."""
    return Contact(centre.name, centre.email, centre.phone) if centre.email or centre.phone else None


@page(BORROW, load=Holding, see=SEE_HOLDING)
def when(request: StaffRequest, holding: Holding) -> HttpResponse:
    """When one thing can be had: a part of the resource's page, or a page of its own."""
    now, today = timezone.now(), timezone.localdate()
    place = next(iter(own_units(request.user)), None)
    told_: dict[str, Any] = {"holding": holding, "place": place, "address": f"h={holding.pk}"}
    if place is not None:
        end = today + AHEAD * DAY
        plan = plan_for(place, start=today, end=end)
        found = free.for_holdings([holding.pk], plan=plan, now=now, start=today, end=end, holdings=[holding])[
            holding.pk
        ]
        days = free.starts(found, plan=plan, now=now, start=today, days=SHOWN)
        told_ |= {"first": found.first, "months": months(days), "book_url": reverse("lending:book")}
    part = "HX-Request" in request.headers
    return render(request, "lending/parts/_when.html" if part else "lending/when.html", told_)


@page(WORK)
def orders(request: StaffRequest) -> HttpResponse:
    """All that is booked at the centre, by how it stands; also as a table to take out."""
    today = timezone.localdate()
    asked = listing.Asked.of(request.GET)
    rows = asked.rows(request.user, today)
    if asked.format:
        make = sheets.as_csv if asked.format == "csv" else sheets.as_xlsx
        return make("bokningar", listing.HEADS, (listing.cells(row, today) for row in rows[:MOST_OUT]))
    pages = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "lending/orders.html",
        {
            "pages": pages,
            "rows": [told.line(booking, today) for booking in pages],
            "asked": asked,
            "choices": listing.CHOICES.items(),
        },
    )
