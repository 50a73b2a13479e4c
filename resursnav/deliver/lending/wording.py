"""Bookings in words: how one stands in a sentence, and what has happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from resursnav.deliver.stock.models import Fault
from resursnav.foundation.ui.components.words import day as day_words

from .models import Booking, Happened, OrderEvent, QueueEntry, QueueState, State

# State -> the tone of its badge.
TONES: Mapping[str, str] = {
    State.ASKED: "warning",
    State.OFFERED: "warning",
    State.BOOKED: "info",
    State.PACKED: "info",
    State.SENT: "info",
    State.OUT: "info",
    State.RETURNED: "good",
    State.BUMPED: "danger",
    State.CHECKED: "plain",
    State.CANCELLED: "plain",
    State.REFUSED: "plain",
    State.LOST: "plain",
}


@dataclass(frozen=True, slots=True)
class Status:
    """A word with its tone, and a sentence that says what comes next."""

    label: str
    tone: str
    sentence: str


def status(booking: Booking, today: date) -> Status:
    """How the booking stands on the day."""
    label, tone = str(booking.get_state_display()), TONES[booking.state]
    if booking.is_late(today):
        days = (today - booking.hand_over_date).days
        label = ngettext("%(n)d dag försenad", "%(n)d dagar försenad", days) % {"n": days}
        tone = "danger"
    return Status(label[:1].upper() + label[1:], tone, _sentence(booking, today))


def _sentence(booking: Booking, today: date) -> str:
    first, back = day_words(booking.use_from), day_words(booking.hand_over_date)
    if booking.is_late(today):
        return _("Skulle ha lämnats %(day)s. Lämna den så snart du kan; andra väntar kanske.") % {"day": back}
    sentences: dict[str, Any] = {
        State.ASKED: gettext_lazy("Centret svarar. Säger det ja är den hos er %(first)s."),
        State.OFFERED: gettext_lazy("Svara på erbjudandet för att få den %(first)s."),
        State.BOOKED: gettext_lazy("Är hos er %(first)s. Lämnas tillbaka senast %(back)s."),
        State.PACKED: gettext_lazy("Är packad och kommer %(first)s. Lämnas tillbaka senast %(back)s."),
        State.SENT: gettext_lazy("Är på väg och kommer %(first)s. Lämnas tillbaka senast %(back)s."),
        State.OUT: gettext_lazy("Lämnas tillbaka senast %(back)s."),
        State.RETURNED: gettext_lazy("Är tillbaka på centret."),
        State.BUMPED: gettext_lazy("Det finns inget exemplar de dagarna. Ändra eller avboka, eller vänta."),
        State.CHECKED: gettext_lazy("Tillbaka och kontrollerad."),
        State.CANCELLED: gettext_lazy("Avbokad."),
        State.REFUSED: gettext_lazy("Centret sa nej."),
        State.LOST: gettext_lazy("Lånet är avslutat, men den kom inte tillbaka."),
    }
    told = str(sentences[booking.state]) % {"first": first, "back": back}
    return f"{told} {booking.reason}".strip() if not booking.is_open else told


def period(booking: Booking) -> str:
    """The days of use in few words."""
    if booking.use_from == booking.use_to:
        return day_words(booking.use_from)
    return _("%(first)s till %(last)s") % {"first": day_words(booking.use_from), "last": day_words(booking.use_to)}


EVENTS: Mapping[str, Any] = {
    Happened.ORDERED: gettext_lazy("Beställdes"),
    Happened.OFFERED: gettext_lazy("Erbjöds ur kön"),
    Happened.APPROVED: gettext_lazy("Godkändes av centret"),
    Happened.REFUSED: gettext_lazy("Centret sa nej"),
    Happened.CHANGED: gettext_lazy("Ändrades"),
    Happened.CANCELLED: gettext_lazy("Avbokades"),
    Happened.BUMPED: gettext_lazy("Fick inte plats längre"),
    Happened.RESTORED: gettext_lazy("Fick plats igen"),
    Happened.PACKED: gettext_lazy("Packades"),
    Happened.UNPACKED: gettext_lazy("Packades upp"),
    Happened.SENT: gettext_lazy("Skickades"),
    Happened.RECEIVED: gettext_lazy("Kom fram"),
    Happened.HANDED_OUT: gettext_lazy("Lämnades ut"),
    Happened.RETURNED: gettext_lazy("Kom tillbaka"),
    Happened.OUT_AGAIN: gettext_lazy("Hade inte kommit tillbaka"),
    Happened.UNDONE: gettext_lazy("Det senaste ångrades"),
    Happened.CHECKED: gettext_lazy("Kontrollerades"),
    Happened.RENEWED: gettext_lazy("Lånades om"),
    Happened.HANDED_OVER: gettext_lazy("Lämnades över till en kollega"),
    Happened.LATE: gettext_lazy("Blev försenad"),
    Happened.REMINDED: gettext_lazy("Påminnelse skickades"),
    Happened.LOST: gettext_lazy("Anmäldes som borta"),
    Happened.FAULT: gettext_lazy("Fel anmäldes"),
    Happened.INVOICED: gettext_lazy("Underlag för faktura gjordes"),
}


def told(event: OrderEvent) -> str:
    """What happened, in words."""
    return str(EVENTS[event.what])


def fault(found: Fault) -> str:
    """What is wrong with a copy, and whether it has been mended."""
    said = f"{found.item.barcode}: {found.text}"
    if found.mended_at is None:
        return said
    return f"{said} " + _("Åtgärdat %(day)s.") % {"day": day_words(localdate(found.mended_at))}


def waiting(entry: QueueEntry, place: int) -> str:
    """How it stands for somebody in the queue; `place` counts from one."""
    if entry.state == QueueState.OFFERED:
        return _("Den är ledig för dig nu.")
    told = _("Du är nummer %(place)d i kön.") % {"place": place}
    if entry.promise_date is None:
        return told
    return f"{told} " + _("Som det ser ut kan du få den %(day)s.") % {"day": day_words(entry.promise_date)}
