"""The list of items, the list of holdings, one holding, one item, the faults that wait, and the scanned code."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page
from resursnav.foundation.imports import sheets
from resursnav.foundation.ui.asking import StaffRequest, status_of
from resursnav.foundation.ui.panels import panels, row_notes

from .. import listing, waiting, wording
from ..finding import item_by_code
from ..forms import FindForm
from ..models import Fault, Holding, Item
from ..rules import EDIT, SET_UP, WORK
from ._asked import owners, story

PER_PAGE = 50
MOST = 20_000


@page(WORK)
def index(request: StaffRequest) -> HttpResponse:
    """The items of the centre, by state, place, kind and words."""
    asked = listing.Asked.of(request.GET)
    rows = listing.found(asked, request.user)
    kind = request.GET.get("format", "")
    if kind in ("csv", "xlsx"):
        make = sheets.as_csv if kind == "csv" else sheets.as_xlsx
        return make("exemplar", listing.HEADS, (listing.cells(item) for item in rows[:MOST].iterator(2000)))
    pages = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    notes = row_notes("stock:list", list(pages), request.user)
    left = request.GET.copy()
    left.pop("pick", None)
    return render(
        request,
        "stock/index.html",
        {
            "pages": pages,
            "rows": [(item, wording.status(item), wording.where(item), notes[item.pk]) for item in pages],
            "asked": asked,
            "states": listing.STATES.items(),
            "kinds": listing.KINDS.items(),
            "places": listing.places(request.user),
            "picked": request.GET.get("pick") == "all",
            "back": left.urlencode()[:2000],
            "may_set_up": may(request.user, SET_UP),
        },
    )


@page(WORK)
def holdings(request: StaffRequest) -> HttpResponse:
    """What one can book, with how many items there are of each."""
    q = " ".join(request.GET.get("q", "")[:100].replace("\0", " ").split())
    rows = Holding.objects.visible_to(request.user, WORK).select_related("resource", "owner")
    if q:
        rows = rows.filter(pk__in=listing.matching(q).values("pk"))
    pages = Paginator(rows.order_by("resource__title", "media_type", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    shown = list(pages)
    counted = {one.pk: one for one in Holding.objects.filter(pk__in=[one.pk for one in shown]).with_counts()}
    told = [(one, counted[one.pk]) for one in shown]
    return render(request, "stock/holdings.html", {"pages": pages, "rows": told, "q": q})


@page(WORK, load=Holding)
def holding(request: StaffRequest, holding: Holding) -> HttpResponse:
    """One holding: its items, its parts and its story."""
    items = Item.objects.filter(holding=holding).select_related("place").order_by("retired_at", "barcode", "pk")
    pages = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    counted = Holding.objects.filter(pk=holding.pk).with_counts().select_related("resource", "owner").get()
    shown = list(pages)
    for item in shown:
        item.holding = counted
    notes = row_notes("stock:list", shown, request.user)
    told: dict[str, Any] = {
        "holding": counted,
        "title": counted.title(),
        "pages": pages,
        "rows": [(item, wording.status(item), wording.where(item), notes[item.pk]) for item in shown],
        "parts": list(holding.parts.all()),
        "log": story(holding, request.user),
        "panels": panels(request, "stock:holding", counted),
    }
    return render(request, "stock/holding.html", told)


@page(WORK, load=Item, see=WORK)
def item(request: StaffRequest, item: Item) -> HttpResponse:
    """One item: how it stands with it, what is wrong, what it lacks and what has happened to it."""
    found = Item.objects.select_related("holding__resource", "holding__owner", "place").get(pk=item.pk)
    faults = list(Fault.objects.filter(item=item).select_related("reported_by"))
    told = {
        "item": found,
        "title": found.holding.title(),
        "status": wording.status(found),
        "sentence": wording.sentence(found),
        "where": wording.where(found),
        "open_faults": [fault for fault in faults if fault.mended_at is None],
        "mended_faults": [fault for fault in faults if fault.mended_at is not None],
        "missing": list(found.missing_parts.select_related("part")),
        "counted": found.holding.parts.filter(counted=True).count(),
        "log": story(found, request.user),
        "may_edit": may(request.user, EDIT, found),
        "panels": panels(request, "stock:item", found),
    }
    return render(request, "stock/item.html", told)


@page(WORK)
def faults(request: StaffRequest) -> HttpResponse:
    """The faults that wait for somebody, those that block first."""
    rows = waiting.faults(request.user).select_related("item__holding__resource", "item__place", "reported_by")
    pages = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "stock/faults.html", {"pages": pages})


@page(WORK)
def find(request: StaffRequest) -> HttpResponse:
    """From a scanned code to the item."""
    form = FindForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        for owner in owners(request.user):
            found = item_by_code(code, owner=owner)
            if found is not None:
                return redirect(found)
    told = {"form": form, "unknown": form.is_bound and form.is_valid()}
    return render(request, "stock/find.html", told, status=404 if told["unknown"] else status_of(form))
