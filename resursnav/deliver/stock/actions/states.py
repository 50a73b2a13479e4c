"""Where an item is when it cannot be lent: on service, missing, retired; and back again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from resursnav.foundation.people.models import Person
from resursnav.kernel.events import tell
from resursnav.kernel.text import clean

from ..events import ItemLeft, ItemReturned
from ..models import Fault, Item, ItemState
from .telling import UnableToStock, check, items_held, recorded

MOST = 500


@transaction.atomic
def send_to_service(
    *, item: Item, where: str = "", back_date: date | None = None, note: str = "", by: Person | None, at: datetime
) -> Item:
    """Take an item out of lending to be mended; `back_date` is the first day on which it can be lent again.

    For an item that is on service already it says where and until when anew.
    """
    [found], where = items_held([item]), " ".join(clean(where).split())
    _must_be(found, ItemState.IN_USE, ItemState.SERVICE)
    if back_date is not None and back_date <= localdate(at):
        raise UnableToStock(_("Dagen då det är tillbaka måste ligga efter i dag."), field="back_date")
    since = found.out_from if found.state == ItemState.SERVICE and found.out_from else localdate(at)
    _become(found, ItemState.SERVICE, "served", by, at, note, out_from=since, back_date=back_date, service_at=where)
    return found


@transaction.atomic
def back_from_service(*, item: Item, note: str = "", by: Person | None, at: datetime) -> Item:
    """The item is mended and can be lent again; the faults that kept it from being lent are closed with it."""
    [found] = items_held([item])
    _must_be(found, ItemState.SERVICE)
    blocking = Fault.objects.open().filter(item=found, blocking=True)
    blocking.update(mended_at=at, mended_note=clean(note)[:500])
    _become(found, ItemState.IN_USE, "back", by, at, note)
    return found


@transaction.atomic
def report_missing(*, item: Item, note: str = "", by: Person | None, at: datetime) -> Item:
    """The item should stand on its shelf and does not."""
    [found] = items_held([item])
    _must_be(found, ItemState.IN_USE, ItemState.SERVICE)
    _become(found, ItemState.MISSING, "missed", by, at, note, out_from=localdate(at))
    return found


@transaction.atomic
def report_found(*, item: Item, note: str = "", by: Person | None, at: datetime) -> Item:
    """The item that was missing is here again; with a fault that blocks it goes to service."""
    [found] = items_held([item])
    _must_be(found, ItemState.MISSING)
    _return(found, "found", by, at, note)
    return found


@transaction.atomic
def retire(*, items: Sequence[Item], reason: str, by: Person | None, at: datetime) -> list[Item]:
    """Part with the items for good. Their barcodes stay theirs, so that a scanned one tells what it was."""
    reason = clean(reason)
    if not reason:
        raise UnableToStock(_("Skriv varför exemplaret gallras."), field="reason")
    if len(items) > MOST:
        raise UnableToStock(_("Gallra högst %(most)d exemplar i taget.") % {"most": MOST})
    found = items_held(items)
    for item in found:
        _must_be(item, ItemState.IN_USE, ItemState.SERVICE, ItemState.MISSING)
        _become(item, ItemState.RETIRED, "retired", by, at, "", retired_at=at, retired_reason=reason)
    return found


@transaction.atomic
def unretire(*, item: Item, note: str = "", by: Person | None, at: datetime) -> Item:
    """Take a retirement back: the item stands on its shelf again."""
    [found] = items_held([item])
    _must_be(found, ItemState.RETIRED)
    _return(found, "unretired", by, at, note)
    return found


@transaction.atomic
def forget_promises(*, by: Person | None, at: datetime) -> int:
    """What was promised back from service by today and is not here no longer counts as lendable; how many that were."""
    late = list(Item.objects.late_from_service(localdate(at)).order_by("pk")[:MOST])
    done = 0
    for item in items_held(late):
        if item.state == ItemState.SERVICE and item.back_date is not None:
            kept = {"out_from": item.out_from, "service_at": item.service_at}
            _become(item, ItemState.SERVICE, "service_late", by, at, "", **kept)
            done += 1
    return done


def block(item: Item, *, by: Person | None, at: datetime) -> None:
    """Take an item that can be lent out of lending, because of a fault; the caller holds it and has told why."""
    if item.state == ItemState.IN_USE:
        _become(item, ItemState.SERVICE, "", by, at, "", out_from=localdate(at))


def unblock(item: Item, *, by: Person | None, at: datetime) -> None:
    """The last fault that blocked is mended: lend it again, unless it is away at somebody's who mends it."""
    waits = Fault.objects.open().filter(item=item, blocking=True).exists()
    if item.state == ItemState.SERVICE and not item.service_at and not waits:
        _become(item, ItemState.IN_USE, "", by, at, "")


def snapshot(item: Item) -> dict[str, Any]:
    """Where the item is now, as plain values for the log."""
    said = {name: getattr(item, name) for name in ("out_from", "back_date", "service_at", "retired_reason")}
    return {**said, "state": str(item.get_state_display())}


def _return(item: Item, verb: str, by: Person | None, at: datetime, note: str) -> None:
    """Back on the shelf, or to service when something is still wrong with it."""
    if Fault.objects.filter(item=item, blocking=True, mended_at__isnull=True).exists():
        _become(item, ItemState.SERVICE, verb, by, at, note, out_from=localdate(at))
    else:
        _become(item, ItemState.IN_USE, verb, by, at, note)


def _must_be(item: Item, *states: ItemState) -> None:
    if item.state in states:
        return
    told: dict[str, Any] = {
        ItemState.IN_USE: _("Exemplar %(code)s är i bruk."),
        ItemState.SERVICE: _("Exemplar %(code)s är på service."),
        ItemState.MISSING: _("Exemplar %(code)s är anmält som saknat. Anmäl först att det har hittats."),
        ItemState.RETIRED: _("Exemplar %(code)s är gallrat. Ta först tillbaka gallringen."),
    }
    raise UnableToStock(told[ItemState(item.state)] % {"code": item.barcode})


# What an item says of itself in each state beside the state.
_NOTHING: dict[str, Any] = {
    "out_from": None,
    "back_date": None,
    "service_at": "",
    "retired_at": None,
    "retired_reason": "",
}


def _become(item: Item, state: ItemState, verb: str, by: Person | None, at: datetime, note: str, **told: Any) -> None:
    """Give the item its new state, write it down, and tell those who count on it."""
    before, was, promised = snapshot(item), item.state, item.back_date
    for name, value in {**_NOTHING, **told, "state": state, "updated_at": at}.items():
        setattr(item, name, value)
    check(item)
    item.save()
    if verb:
        recorded(verb, item, by=by, at=at, before=before, after=snapshot(item), said=clean(note))
    _tell(item, was, promised)


def _tell(item: Item, was: str, promised: date | None) -> None:
    """Nothing is told when neither more nor fewer can be lent than before."""
    never = date.max
    before = date.min if was == ItemState.IN_USE else promised or never
    after = date.min if item.state == ItemState.IN_USE else item.back_date or never
    if after > before:
        tell(ItemLeft(item.pk, item.holding_id, item.state))
    elif after < before:
        tell(ItemReturned(item.pk, item.holding_id))
