"""The desk's papers, as pages to print and as PDF."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.deliver.lending.models import Order
from resursnav.deliver.lending.rules import WORK as LENDING_WORK
from resursnav.deliver.stock.counting import shelves
from resursnav.deliver.stock.models import PartLine
from resursnav.deliver.transport.models import Route
from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.asking import StaffRequest, keys

from .. import papers, rounds
from ..day import day_of, work_of
from ..papers import picking
from ..rules import DRIVE, WORK

SHOWN_STATES = ("packed", "sent", "out")
BEHIND = 3


@page(WORK)
def pick_list(request: StaffRequest) -> HttpResponse:
    """What to take from the shelves, for each departure of the next days."""
    today = timezone.localdate()
    to_pack = day_of(request.user, today).to_pack
    groups = picking(to_pack, shelves({row.holding_id for group in to_pack for row in group.rows}))
    if request.GET.get("format") == "pdf":
        return _pdf("picking", {"groups": groups}, _("plocklista"))
    return render(request, "desk/picking.html", {"groups": groups, "today": today})


@page(DRIVE)
def rounds_list(request: StaffRequest) -> HttpResponse:
    """The rounds of the next days: mine for whoever drives, the centre's for the desk."""
    today = timezone.localdate()
    routes = Route.objects.visible_to(request.user, DRIVE).not_ended(today)
    days: defaultdict[date, list[Route]] = defaultdict(list)
    for day, route in rounds.days_of(routes, today, behind=BEHIND):
        days[day].append(route)
    return render(request, "desk/rounds.html", {"days": sorted(days.items()), "today": today})


@page(DRIVE, load=Route, see=DRIVE)
def van_list(request: StaffRequest, route: Route, day: str) -> HttpResponse:
    """A round on a day: each stop in order, what is left there, what is fetched, and a line to sign."""
    found = rounds.round_of(route, _day(day), timezone.localdate())
    data = papers.driving(found)
    if request.GET.get("format") == "pdf":
        return _pdf("driving", data, _("korlista"))
    return render(request, "desk/van_list.html", {"list": data, "route": route, "day": found.day})


@page(WORK)
def notes(request: StaffRequest) -> HttpResponse:
    """Delivery notes of all that is packed, or of one order."""
    asked = request.GET.get("order", "")
    if "order" in request.GET:
        rows = work_of(request.user).filter(state__in=SHOWN_STATES, order__in=keys([asked]))
    else:
        rows = work_of(request.user).filter(state="packed")
    by_order: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows.order_by("order__unit__name_key", "order", "pk")[:400]:
        by_order[row.order_id].append(row)
    parts = _parts({row.holding_id for some in by_order.values() for row in some})
    made = [papers.delivery_note(some, parts) for some in by_order.values()]
    if request.GET.get("format") == "pdf":
        return _pdf("note", {"notes": made}, _("foljesedlar"))
    one = Order.objects.visible_to(request.user, LENDING_WORK).filter(pk__in=by_order).first() if asked else None
    return render(request, "desk/notes.html", {"notes": made, "order": one})


def _parts(holdings: set[int]) -> dict[int, list[str]]:
    """What belongs to each kit."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for part in PartLine.objects.filter(holding__in=holdings):
        found[part.holding_id].append(f"{part.quantity} {part.name}" if part.counted else part.name)
    return found


def _pdf(name: str, data: dict[str, Any], title: str) -> HttpResponse:
    today = timezone.localdate()
    answer = HttpResponse(papers.pdf(name, data, at=timezone.now(), today=today), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{title}-{today:%Y-%m-%d}.pdf"'
    return answer


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError as wrong:
        raise Http404(_("Dagen finns inte.")) from wrong
    if abs((found - timezone.localdate()).days) > 400:
        raise Http404(_("Dagen ligger för långt bort."))
    return found
