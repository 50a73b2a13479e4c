"""Booking: put together what one wants, say when, and have it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.deliver.stock.models import Holding
from resursnav.deliver.stock.rules import SEE as SEE_HOLDING
from resursnav.deliver.transport.reading import plan_for
from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.asking import StaffRequest, posted, status_of
from resursnav.foundation.ui.components.words import day as day_words
from resursnav.kernel.errors import Unable

from .. import actions, free
from ..conditions import DAY, Ways, last_day
from ..forms import BookForm
from ..models import Order
from ..months import months
from ..rules import BOOK, BORROW, SEE
from ._asked import BASKET, basket, chosen, own_units, units

SHOWN = 62  # days in the calendar
AHEAD = 270


@page(BOOK, methods=("GET", "POST"))
def book(request: StaffRequest) -> HttpResponse:
    """All that is to be booked together, the days, and for whom; refused lines say when they can be had."""
    now, today = timezone.now(), timezone.localdate()
    holdings, own = chosen(request), own_units(request.user)
    if not holdings:
        return render(request, "lending/nothing.html")
    unit = own[0] if len(own) == 1 else None
    form = BookForm(holdings, units(request.user), _asked(request), only=unit)
    if form.is_bound and form.is_valid():
        made = _ordered(form, request, now, today, own=bool(own))
        if made is not None:
            if request.session.get(BASKET):
                request.session[BASKET] = []
            messages.success(request, _("Bokat. Ett kvitto med dagarna för din kalender är på väg till din e-post."))
            _warn_of_free_days(request, made)
            return redirect(made)
    place = unit or next(iter(own), None)
    plan = plan_for(place, start=today, end=today + AHEAD * DAY) if place else None
    known = _free(holdings, plan, now, today) if plan else {}
    if not form.is_bound:
        form.initial.update(_suggested(request, holdings, known, today))
    return render(
        request,
        "lending/book.html",
        {
            "form": form,
            "boxes": form.boxes(),
            "months": _months(holdings, known, plan, now, today) if plan else [],
            "place": place,
            "first": _together(holdings, known),
            "alone": len(holdings) == 1,
            "address": "&".join(f"h={holding.pk}" for holding in holdings),
        },
        status=status_of(form),
    )


def _warn_of_free_days(request: StaffRequest, made: Order) -> None:
    """A use that begins while the unit is away may be meant, but is often a slip, above all when it comes again."""
    first = sorted(set(made.bookings.values_list("use_from", flat=True)))
    plan = plan_for(made.unit, start=first[0], end=first[-1])
    away = [day for day in first if not plan.receives(day)]
    if away:
        told = ngettext(
            "%(unit)s har ledigt %(days)s. Stämmer inte dagen kan du ändra eller avboka den.",
            "%(unit)s har ledigt %(days)s. Stämmer inte dagarna kan du ändra eller avboka dem.",
            len(away),
        )
        days = get_text_list([day_words(day) for day in away], _("och"))
        messages.warning(request, told % {"unit": made.unit.name, "days": days})


def _asked(request: StaffRequest) -> Any:
    """What was sent, with the days that were taken instead when that button was pressed."""
    data = posted(request)
    first, _slash, last = request.POST.get("instead", "").partition("/")
    if data is not None and first and last:
        data = data.copy()
        data["use_from"], data["use_to"] = first[:10], last[:10]
    return data


def _free(holdings: list[Holding], plan: Ways, now: Any, today: date) -> dict[int, free.Free]:
    end, wanted = today + AHEAD * DAY, [one.pk for one in holdings]
    return free.for_holdings(wanted, plan=plan, now=now, start=today, end=end, holdings=holdings)


def _together(holdings: list[Holding], known: dict[int, free.Free]) -> Any:
    """The days of the one that can be had last: on those the others may be had too."""
    ways = [known[one.pk].first for one in holdings if one.pk in known]
    return max((way for way in ways if way is not None), key=lambda way: way.use_from) if ways and all(ways) else None


def _suggested(
    request: StaffRequest, holdings: list[Holding], known: dict[int, free.Free], today: date
) -> dict[str, Any]:
    """The days in the address, else the first on which all can be had, for the shortest of the usual times."""
    lengths = [known[one.pk].conditions.default_days for one in holdings if one.pk in known]
    days, way = min(lengths, default=7), _together(holdings, known)
    first = way.use_from if way else None
    with suppress(ValueError):
        first = date.fromisoformat(request.GET.get("from", "")[:10])
    said: dict[str, Any] = {"key": uuid4()}
    if first is not None and today - timedelta(days=400) < first < today + timedelta(days=800):
        said |= {"use_from": first, "use_to": last_day(first, days)}
    return said


def _months(holdings: list[Holding], known: dict[int, free.Free], plan: Ways, now: Any, today: date) -> Any:
    """The days on which all of it can be had from."""
    every = [free.starts(known[one.pk], plan=plan, now=now, start=today, days=SHOWN) for one in holdings]
    days: dict[date, bool | None] = {}
    for day in every[0]:
        said = [one[day] for one in every]
        days[day] = None if None in said else all(said)
    return months(days)


def _ordered(form: BookForm, request: StaffRequest, now: Any, today: date, *, own: bool) -> Order | None:
    unit = form.unit_chosen
    person = form.borrower(request.user, today, own=own)
    if unit is None or form.errors:
        return None
    try:
        return actions.order(
            unit=unit,
            person=person,
            wishes=form.wishes(),
            key=form.cleaned_data["key"],
            about=form.about(),
            by=request.user,
            at=now,
        )
    except actions.UnableToOrder as refusal:
        form.refused(refusal)
    except Unable as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
    return None


@page(BORROW, load=Holding, see=SEE_HOLDING, methods=("POST",))
def add(request: StaffRequest, holding: Holding) -> HttpResponse:
    """Put a thing with what is to be booked."""
    request.session[BASKET] = list(dict.fromkeys([*basket(request), holding.pk]))[:20]
    return redirect("lending:book")


@page(BORROW, load=Holding, see=SEE_HOLDING, methods=("POST",))
def remove(request: StaffRequest, holding: Holding) -> HttpResponse:
    """Take a thing away from what is to be booked."""
    request.session[BASKET] = [key for key in basket(request) if key != holding.pk]
    return redirect("lending:book")


@page(SEE, load=Order)
def again(request: StaffRequest, order: Order) -> HttpResponse:
    """The same things once more: leads to the form with them in it."""
    keys = dict.fromkeys(order.bookings.order_by("pk").values_list("holding", flat=True))
    return redirect(f"{reverse('lending:book')}?{'&'.join(f'h={key}' for key in keys)}")
