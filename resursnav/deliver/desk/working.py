"""What one press at the desk does: lending's verbs, for one booking or for many, and what came of it in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.deliver.lending import actions as lending
from resursnav.deliver.lending.models import Allocation, Booking, State
from resursnav.deliver.stock.models import Item
from resursnav.kernel.errors import Unable

DEEDS = ("pack", "unpack", "send", "receive", "hand_out", "take_back", "check", "undo")
DONE: dict[str, tuple[Any, Any]] = {
    "pack": (gettext_lazy("En bokning packad."), gettext_lazy("%(n)s bokningar packade.")),
    "unpack": (gettext_lazy("En bokning uppackad."), gettext_lazy("%(n)s bokningar uppackade.")),
    "send": (gettext_lazy("En bokning skickad."), gettext_lazy("%(n)s bokningar skickade.")),
    "receive": (gettext_lazy("En bokning framme."), gettext_lazy("%(n)s bokningar framme.")),
    "hand_out": (gettext_lazy("En bokning utlämnad."), gettext_lazy("%(n)s bokningar utlämnade.")),
    "take_back": (gettext_lazy("En bokning tillbaka."), gettext_lazy("%(n)s bokningar tillbaka.")),
    "deliver": (gettext_lazy("En bokning framme."), gettext_lazy("%(n)s bokningar framme.")),
    "undo": (gettext_lazy("En bokning ångrad."), gettext_lazy("%(n)s bokningar ångrade.")),
    "check": (gettext_lazy("En bokning kontrollerad."), gettext_lazy("%(n)s bokningar kontrollerade.")),
}


@dataclass
class Outcome:
    """How many it was done with, and what was refused: which, and why."""

    done: int = 0
    refused: list[str] = field(default_factory=list)

    def said(self, deed: str) -> str:
        """What was done, in words; empty for nothing."""
        if not self.done:
            return ""
        one, many = DONE[deed]
        return str(one) if self.done == 1 else str(many) % {"n": self.done}


def do(deed: str, bookings: Iterable[Booking], *, by: Any, at: datetime) -> Outcome:
    """Do it with each of the bookings; one that is refused stops none of the others."""
    outcome, rows = Outcome(), list(bookings)
    if deed == "send" and len(rows) > 1 and _sent_together(rows, by, at):
        return Outcome(len(rows))
    for booking in rows:
        try:
            _do(deed, booking, by, at)
        except Unable as refusal:
            said = {"what": booking.holding.title(), "unit": booking.order.unit.name, "why": refusal.reason}
            outcome.refused.append(_("%(what)s till %(unit)s: %(why)s") % said)
        else:
            outcome.done += 1
    return outcome


def _sent_together(rows: list[Booking], by: Any, at: datetime) -> bool:
    """Send all in one go, so that whoever gets several things gets one message; False when one of them cannot."""
    try:
        lending.send(bookings=rows, by=by, at=at)
    except Unable:
        return False
    return True


def _do(deed: str, booking: Booking, by: Any, at: datetime) -> None:
    if deed == "pack":
        lending.pack(booking=booking, by=by, at=at)
    elif deed == "unpack":
        lending.unpack(booking=booking, by=by, at=at)
    elif deed == "send":
        lending.send(bookings=[booking], by=by, at=at)
    elif deed in {"receive", "deliver"}:
        if deed == "deliver" and booking.state == State.PACKED:  # nobody pressed Send before the van left
            lending.send(bookings=[booking], by=by, at=at)
        lending.receive(bookings=[booking], by=by, at=at)
    elif deed == "hand_out":
        lending.hand_out(booking=booking, by=by, at=at)
    elif deed == "take_back":
        lending.take_back(items=copies_of(booking), by=by, at=at)
    elif deed == "undo" and booking.state == State.RETURNED:
        lending.undo_return(bookings=[booking], by=by, at=at)
    elif deed == "undo":
        lending.undo_step(bookings=[booking], by=by, at=at)
    else:
        for item in copies_of(booking):
            lending.check(item=item, by=by, at=at)


def copies_of(booking: Booking) -> Sequence[Item]:
    """The copies that the booking has now."""
    chosen = Allocation.objects.filter(booking=booking, open=True)
    return list(Item.objects.filter(pk__in=chosen.values("item")).order_by("pk"))
