"""When something changes further down: copies leave or come back, routes and days change."""

from __future__ import annotations

from resursnav.deliver.stock.events import ItemLeft, ItemReturned, ItemsAdded
from resursnav.deliver.stock.models import Item
from resursnav.deliver.transport.events import RoutesChanged
from resursnav.kernel.events import on

from . import actions
from .actions.leaving import copy_left


@on(ItemLeft)
def copy_gone(event: ItemLeft) -> None:
    """Plan anew what was booked; stock has stamped the copy with the time."""
    at = Item.objects.values_list("updated_at", flat=True).get(pk=event.item_id)
    copy_left(item_id=event.item_id, holding_id=event.holding_id, reason=event.reason, at=at)


@on(ItemReturned)
def copy_back(event: ItemReturned) -> None:
    """Whoever lost a place, or waits, may have it."""
    at = Item.objects.values_list("updated_at", flat=True).get(pk=event.item_id)
    actions.replan([event.holding_id], at=at)


@on(ItemsAdded)
def copies_added(event: ItemsAdded) -> None:
    """The same."""
    at = Item.objects.values_list("updated_at", flat=True).get(pk=event.item_ids[0])
    actions.replan([event.holding_id], at=at)


@on(RoutesChanged)
def routes_changed(event: RoutesChanged) -> None:
    """Reckon the days of what is booked anew."""
    actions.follow_routes(below=event.owner_id, at=event.at)
