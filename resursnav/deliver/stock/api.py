"""Stock in the open interface: holdings for everybody who may see them, items for the centre, and an item's state."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from resursnav.foundation.access import may
from resursnav.foundation.rest.door import caller_of
from resursnav.foundation.rest.endpoints import LIST_ERRORS, MAKE_ERRORS, READ_ERRORS, endpoint, forbidden
from resursnav.foundation.rest.paging import Slice, slice_of
from resursnav.foundation.rest.versions import stamp

from . import actions, codes
from .models import Holding, Item, ItemState
from .rules import EDIT, SEE, WORK
from .shapes import HIGHEST, HoldingFilters, HoldingOut, HoldingsOut, ItemFilters, ItemOut, ItemsOut, StateIn

READ, WRITE = "stock:read", "stock:write"
router = Router(tags=["stock"])


def _holding(holding: Holding) -> dict[str, Any]:
    same = ("id", "resource_id", "owner_id", "media_type", "kind", "bookable", "updated_at")
    parts = [{"name": one.name, "quantity": one.quantity, "counted": one.counted} for one in holding.parts.all()]
    return {
        **{name: getattr(holding, name) for name in same},
        "title": holding.title(),
        "number": holding.number or None,
        "in_use": holding.in_use_count,
        "parts": parts,
    }


def _item(request: HttpRequest, item: Item) -> dict[str, Any]:
    same = (
        "id", "holding_id", "owner_id", "barcode", "condition", "state", "out_from", "back_date", "value", "updated_at",
    )  # fmt: skip
    return {
        **{name: getattr(item, name) for name in same},
        **{name: getattr(item, name) or None for name in ("shelf", "retired_reason", "note")},
        "service_place": item.service_at or None,
        "place": item.place.code if item.place else None,
        "page": request.build_absolute_uri(item.get_absolute_url()),
    }


@router.get("/holdings", response={200: HoldingsOut, **LIST_ERRORS}, operation_id="list_holdings")
@endpoint(SEE, scope=READ)
def list_holdings(request: HttpRequest, asked: Query[HoldingFilters]) -> Slice[Any]:
    """What can be booked, and how many items there are of it. Whether one is free on a certain day, lending knows."""
    rows = Holding.objects.visible_to(caller_of(request).person, SEE)
    if asked.resource is not None:
        rows = rows.filter(resource=asked.resource)
    if asked.owner is not None:
        rows = rows.filter(owner=asked.owner)
    counted = rows.with_counts().select_related("resource").prefetch_related("parts")
    found = slice_of(counted, request=request, asked=asked)
    return Slice([_holding(each) for each in found.items], found.next)


@router.get("/holdings/{int:id}", response={200: HoldingOut, **READ_ERRORS}, operation_id="show_holding")
@endpoint(SEE, scope=READ)
def show_holding(request: HttpRequest, response: HttpResponse, id: int) -> dict[str, Any]:
    """One holding with its parts list."""
    rows = Holding.objects.visible_to(caller_of(request).person, SEE).with_counts().select_related("resource")
    holding = rows.filter(pk=id).first() if id <= HIGHEST else None
    if holding is None:
        raise Http404
    response.headers["ETag"] = stamp(holding.updated_at)
    return _holding(holding)


@router.get("/items", response={200: ItemsOut, **LIST_ERRORS}, operation_id="list_items")
@endpoint(WORK, scope=READ)
def list_items(request: HttpRequest, asked: Query[ItemFilters]) -> Slice[Any]:
    """The items of one's centre, retired ones too."""
    rows = Item.objects.visible_to(caller_of(request).person, WORK).select_related("place")
    if asked.holding is not None:
        rows = rows.filter(holding=asked.holding)
    if asked.barcode is not None:
        rows = rows.filter(barcode=codes.meant(asked.barcode))
    if asked.state is not None:
        rows = rows.filter(state=asked.state)
    if asked.place is not None:
        rows = rows.filter(place__code=codes.tidy(asked.place.replace("\x00", "")))
    found = slice_of(rows, request=request, asked=asked)
    return Slice([_item(request, each) for each in found.items], found.next)


@router.get("/items/{int:id}", response={200: ItemOut, **READ_ERRORS}, operation_id="show_item")
@endpoint(WORK, scope=READ)
def show_item(request: HttpRequest, response: HttpResponse, id: int) -> dict[str, Any]:
    """One item: where it stands and in what condition and state."""
    item = _seen(request, id)
    response.headers["ETag"] = stamp(item.updated_at)
    return _item(request, item)


@router.post("/items/{int:id}/state", response={200: ItemOut, **MAKE_ERRORS}, operation_id="set_item_state")
@endpoint(EDIT, scope=WRITE)
def set_item_state(request: HttpRequest, response: HttpResponse, id: int, sent: StateIn) -> dict[str, Any]:
    """Send an item to service, report it missing, retire it, or put it in use again.

    Bookings that no longer can be fulfilled are planned anew at once. An item that has a blocking fault, and is found
    or no longer retired, goes to service.
    """
    item = _seen(request, id)
    if not may(caller_of(request).person, EDIT, item):
        raise forbidden()
    _change(item, sent, caller_of(request).person)
    return show_item(request, response, id)


def _change(item: Item, sent: StateIn, person: Any) -> None:
    """The verb that leads to the state; what the item is in already changes nothing, but for a new service date."""
    said: dict[str, Any] = {"by": person, "at": timezone.now()}
    wanted = ItemState(sent.state)
    if wanted is ItemState.SERVICE:
        actions.send_to_service(item=item, where=sent.where, back_date=sent.back_date, note=sent.note, **said)
    elif wanted == item.state:
        return
    elif wanted is ItemState.RETIRED:
        actions.retire(items=[item], reason=sent.reason, **said)
    elif wanted is ItemState.MISSING:
        actions.report_missing(item=item, note=sent.note, **said)
    else:
        do = {
            ItemState.SERVICE: actions.back_from_service,
            ItemState.MISSING: actions.report_found,
            ItemState.RETIRED: actions.unretire,
        }[ItemState(item.state)]
        do(item=item, note=sent.note, **said)


def _seen(request: HttpRequest, id: int) -> Item:
    """The item, if the caller works with it."""
    rows = Item.objects.visible_to(caller_of(request).person, WORK).select_related("place")
    item: Item | None = rows.filter(pk=id).first() if id <= HIGHEST else None
    if item is None:
        raise Http404
    return item
