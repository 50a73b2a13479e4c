"""What a scanned code is, and what to do with it now. Looks; what is done is done by lending's verbs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.deliver.lending.actions import last_steps
from resursnav.deliver.lending.models import AWAY, Allocation, Booking, Happened, State
from resursnav.deliver.lending.rules import WORK
from resursnav.deliver.stock.finding import item_by_code
from resursnav.deliver.stock.models import Item, ItemState
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.ui.components.words import day as day_words
from resursnav.foundation.ui.components.words import day_year

LONGEST = 300
OFFERED = 3
UNDO = {
    Happened.SENT: gettext_lazy("Den är inte skickad"),
    Happened.RECEIVED: gettext_lazy("Den är inte framme"),
    Happened.HANDED_OUT: gettext_lazy("Den är inte utlämnad"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done with one press: the verb, what it says on the button, and for which booking."""

    deed: str
    label: str
    booking: Booking | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a code turned out to be: the item if there is one, how it stands in a sentence, and what can be done."""

    code: str
    item: Item | None
    sentence: str
    tone: str
    offers: list[Offer] = field(default_factory=list)
    booking: Booking | None = None


def look(code: str, *, owner: Organisation, person: Any, today: date) -> Seen:
    """What the scanner typed, in at most six statements."""
    typed = " ".join(code.replace("\0", "").split())[:LONGEST]
    item = item_by_code(typed, owner=owner)
    if item is None:
        return Seen(typed, None, _("Ingen här har den koden. Kontrollera att den hör till ert centrum."), "danger")
    return of(item, person=person, today=today, code=typed)


def of(item: Item, *, person: Any, today: date, code: str = "") -> Seen:
    """How an item stands now."""
    code = code or item.barcode
    copy = (
        Allocation.objects.filter(item=item, open=True)
        .select_related("booking__holding__resource", "booking__order__unit", "booking__order__owner")
        .first()
    )
    if copy is not None:
        return _busy(code, item, copy.booking, today)
    if item.state == ItemState.RETIRED:
        said = {"reason": item.retired_reason}
        return Seen(code, item, _("Gallrad: %(reason)s Den ska inte lånas ut.") % said, "danger")
    if item.state != ItemState.IN_USE:
        said = {"state": str(item.get_state_display())}
        return Seen(code, item, _("Den är %(state)s. Säg på dess sida att den är tillbaka.") % said, "warning")
    return _free(code, item, person)


def _busy(code: str, item: Item, booking: Booking, today: date) -> Seen:
    """One that is packed, away, or back and unchecked."""
    said: Mapping[str, str] = {
        "unit": booking.order.unit.name,
        "day": day_words(booking.leave_date),
        "back": day_words(booking.hand_over_date),
    }
    if booking.state == State.PACKED:
        offers = [
            Offer("send", _("Skicka"), booking),
            Offer("hand_out", _("Lämna ut över disk"), booking),
            Offer("unpack", _("Packa upp"), booking),
        ]
        return Seen(code, item, _("Packad för %(unit)s. Lämnar centret %(day)s.") % said, "info", offers, booking)
    if booking.state in AWAY:
        offers = [Offer("take_back", _("Ta tillbaka"), booking)]
        if booking.pk in (steps := last_steps([booking], today)):
            offers.append(Offer("undo", str(UNDO[steps[booking.pk]]), booking))
        if booking.is_late(today):
            told = _("Utlånad till %(unit)s, och skulle ha lämnats %(back)s.") % said
            return Seen(code, item, told, "warning", offers, booking)
        return Seen(code, item, _("Utlånad till %(unit)s, ska lämnas %(back)s.") % said, "info", offers, booking)
    offers = [Offer("check", _("Hel och komplett, ställ på plats"), booking)]
    return Seen(code, item, _("Tillbaka från %(unit)s och väntar på kontroll.") % said, "good", offers, booking)


def _free(code: str, item: Item, person: Any) -> Seen:
    """One that lies on the shelf: for whom it may be packed, the first that leaves first."""
    waiting = (
        Booking.objects.visible_to(person, WORK)
        .filter(holding=item.holding_id, state=State.BOOKED)
        .whole()
        .order_by("leave_date", "booked_at", "pk")[:OFFERED]
    )
    offers = [
        Offer("pack", _("Packa för %(unit)s, lämnar %(day)s")
              % {"unit": booking.order.unit.name, "day": day_words(booking.leave_date)}, booking)
        for booking in waiting
    ]  # fmt: skip
    if offers:
        return Seen(code, item, _("Ledig. Den kan packas."), "info", offers)
    return Seen(
        code, item, _("Inte utlånad och inte bokad. Ställ den på plats: %(where)s.") % {"where": home(item)}, "plain"
    )


def home(item: Item) -> str:
    """Where the copy belongs."""
    return ", ".join(filter(None, [item.place.name if item.place else "", item.shelf])) or _("utan hylla")


def told_back(booking: Booking) -> str:
    """What to say when something has come back."""
    said = {"unit": booking.order.unit.name, "day": day_year(booking.changed_at)}
    return _("Tillbaka från %(unit)s. Kontrollera den.") % said
