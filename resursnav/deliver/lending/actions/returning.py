"""What comes back, and what does not: take back, check, report lost; each copy by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from resursnav.deliver.stock import actions as stock
from resursnav.deliver.stock.facts import ItemFacts
from resursnav.deliver.stock.models import Holding, Item, ItemState
from resursnav.foundation.keeping.prepared import Prepared
from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from ..availability import DAY
from ..conditions import free_again
from ..counting import conditions_of
from ..models import AWAY, Allocation, Booking, Happened, InvoiceBasis, State
from . import letters
from .held import keep, move, part, settle, stretch
from .replanning import replan
from .suspending import lift_when_all_is_back
from .telling import UnableToLend, happened


@transaction.atomic
def take_back(*, items: Iterable[Item], by: Person | None, at: datetime) -> list[Booking]:
    """These copies have come back and wait to be checked; others of the same booking may still be out.

    Refuses a copy that is not out, and says where it is; then nothing is taken back.
    """
    today = localdate(at)
    made = []
    for booking, copies in _out(items):
        came = part(booking, copies)
        check_days = conditions_of([came.holding])[came.holding_id].check_days
        came.blocked_to = max(today + check_days * DAY, today + DAY)
        move([came], State.RETURNED, at=at)
        keep([came], "blocked_to")
        stretch([came])
        made.append(came)
    happened(Happened.RETURNED, made, by=by, at=at)
    lift_when_all_is_back(made, at)
    replan({came.holding_id for came in made}, at=at)
    return made


def _out(items: Iterable[Item]) -> list[tuple[Booking, list[Allocation]]]:
    """The bookings of the copies, with those of their copies that came; their holdings are locked."""
    asked = list(items)
    Holding.objects.locked(item.holding_id for item in asked)
    found: dict[int, Allocation] = {copy.item_id: copy for copy in _copies.objects([item.pk for item in asked])}
    grouped: dict[int, tuple[Booking, list[Allocation]]] = {}
    for item in asked:
        copy = found.pop(item.pk, None)
        if copy is None or copy.booking.state not in AWAY:
            raise UnableToLend(_where(item, copy), field="items")
        grouped.setdefault(copy.booking_id, (copy.booking, []))[1].append(copy)
    return list(grouped.values())


def _open(items: Collection[int]) -> QuerySet[Allocation]:
    rows = Allocation.objects.filter(item__in=items, open=True)
    return rows.select_related("booking__holding__resource", "booking__order__unit", "booking__order__person")


_copies = Prepared(_open)


def _copy_of(item: Item) -> Allocation | None:
    """The loan that has the copy, of which there is one at most; the holding is locked."""
    return next(iter(_copies.objects([item.pk])), None)


def _where(item: Item, copy: Allocation | None) -> str:
    if item.state == ItemState.RETIRED:
        return _("%(code)s är gallrad.") % {"code": item.barcode}
    if copy is not None and copy.booking.state == State.PACKED:
        return _("%(code)s är packad men inte skickad.") % {"code": item.barcode}
    if copy is not None and copy.booking.state == State.RETURNED:
        return _("%(code)s är redan tillbaka och väntar på kontroll.") % {"code": item.barcode}
    return _("%(code)s är inte utlånad.") % {"code": item.barcode}


@transaction.atomic
def check(
    *,
    item: Item,
    by: Person | None,
    at: datetime,
    condition: str = "",
    missing: Mapping[int, int] | None = None,
    fault: str = "",
    blocking: bool = False,
) -> Booking:
    """Look at a copy that has come back, say how it is, and put it on the shelf or aside to be mended.

    `missing` says how many lack of each counted part of a kit, by the part's key; a fault that is blocking keeps the
    copy from being lent, and what was booked after is planned anew.
    """
    Holding.objects.locked([item.holding_id])
    copy = _copy_of(item)
    if copy is None or copy.booking.state != State.RETURNED:
        raise UnableToLend(_where(item, copy), field="items")
    done = part(copy.booking, [copy])
    free([done], State.CHECKED, at)
    happened(Happened.CHECKED, [done], by=by, at=at)
    _tell_stock(item, condition, missing, fault, blocking=blocking, by=by, at=at)
    settle([done.order_id], at=at)
    replan([done.holding_id], at=at)
    return done


def _tell_stock(
    item: Item,
    condition: str,
    missing: Mapping[int, int] | None,
    fault: str,
    *,
    blocking: bool,
    by: Person | None,
    at: datetime,
) -> None:
    """Let stock keep how the copy is, and take it out of lending when it must be mended first."""
    if condition and condition != item.condition:
        facts = ItemFacts(item.place, item.shelf, condition, item.note, item.value)
        stock.edit_item(item=item, barcode=item.barcode, facts=facts, by=by, at=at)
    if missing is not None:
        stock.note_missing(item=item, missing=missing, by=by, at=at)
    if fault:
        stock.report_fault(item=item, text=fault, blocking=blocking, by=by, at=at)


@transaction.atomic
def send_out_again(*, item: Item, by: Person | None, at: datetime) -> Booking:
    """It had not come back after all: the copy is with the borrower again, as long as nobody has checked it."""
    today = localdate(at)
    Holding.objects.locked([item.holding_id])
    copy = _copy_of(item)
    if copy is None or copy.booking.state != State.RETURNED:
        raise UnableToLend(
            _("%(code)s väntar inte på kontroll, så det går inte att ångra.") % {"code": item.barcode}, field="items"
        )
    out = part(copy.booking, [copy])
    out.blocked_to = max(free_again(conditions_of([out.holding])[out.holding_id], out.back_date), today + DAY)
    move([out], State.OUT, at=at)
    keep([out], "blocked_to")
    stretch([out])
    happened(Happened.OUT_AGAIN, [out], by=by, at=at)
    replan([out.holding_id], at=at)
    return out


def free(rows: Iterable[Booking], to: State, at: datetime) -> None:
    """The bookings are over, and their copies are free from today; kept are the days that they really took."""
    today, ended = localdate(at), list(rows)
    for row in ended:
        row.blocked_to = max(today, row.blocked_from)
    move(ended, to, at=at)
    keep(ended, "blocked_to", "reason")
    Allocation.objects.filter(booking__in=[row.pk for row in ended], open=True).update(ends=today, open=False)


@transaction.atomic
def report_lost(*, item: Item, reason: str, by: Person | None, at: datetime, invoice: bool = True) -> Booking:
    """A copy that is packed, away or unchecked is gone: the loan ends, stock misses it, the unit may have to pay."""
    Holding.objects.locked([item.holding_id])
    copy = _copy_of(item)
    if copy is None:
        raise UnableToLend(_where(item, copy), field="items")
    gone = part(copy.booking, [copy])
    gone.reason = " ".join(clean(reason).split())[:300]
    free([gone], State.LOST, at)
    happened(Happened.LOST, [gone], by=by, at=at)
    if invoice:
        invoice_for(gone, [item], by=by, at=at)
    stock.report_missing(item=item, note=reason, by=by, at=at)
    settle([gone.order_id], at=at)
    lift_when_all_is_back([gone], at)
    replan([gone.holding_id], at=at)
    letters.lost(gone, by=by, at=at)
    return gone


def invoice_for(booking: Booking, items: Iterable[Item], *, by: Person | None, at: datetime) -> list[InvoiceBasis]:
    """A line for the accounts for each copy, with what it is worth; once for each loan."""
    known = set(InvoiceBasis.objects.filter(booking=booking).values_list("item", flat=True))
    made = [
        InvoiceBasis(
            owner_id=booking.order.owner_id,
            unit_id=booking.order.unit_id,
            booking=booking,
            item=item,
            amount=item.value,
            text=f"{booking.holding.title()}, {item.barcode}"[:300],
            made_at=at,
        )
        for item in items
        if item.pk not in known
    ]
    InvoiceBasis.objects.bulk_create(made)
    if made:
        happened(Happened.INVOICED, [booking], by=by, at=at)
    return made
