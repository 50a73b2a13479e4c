"""The codes that lending keeps, with the words that people see."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# The stamp of all loan rules (foundation/keeping): whoever changes one draws it anew.
RULES = "lending.rules"


class State(TextChoices):
    """How far a booking has come."""

    ASKED = "asked", _("väntar på godkännande")
    OFFERED = "offered", _("erbjuden ur kön")
    BOOKED = "booked", _("bokad")
    PACKED = "packed", _("packad")
    SENT = "sent", _("på väg")
    OUT = "out", _("utlånad")
    RETURNED = "returned", _("återlämnad")
    BUMPED = "bumped", _("får inte plats")
    CHECKED = "checked", _("klar")
    CANCELLED = "cancelled", _("avbokad")
    REFUSED = "refused", _("avslagen")
    LOST = "lost", _("kom inte tillbaka")


# Those that hold copies, so that nobody else can have them; and of these the ones that have certain copies.
HOLDING = (State.ASKED, State.OFFERED, State.BOOKED, State.PACKED, State.SENT, State.OUT, State.RETURNED)
WITH_COPIES = (State.PACKED, State.SENT, State.OUT, State.RETURNED)
# Not packed yet: can be changed and taken back by whoever booked.
UNPACKED = (State.ASKED, State.BOOKED, State.BUMPED)
AWAY = (State.SENT, State.OUT)
ENDED = (State.CHECKED, State.CANCELLED, State.REFUSED, State.LOST)
OPEN = (*HOLDING, State.BUMPED)


class QueueState(TextChoices):
    """How it goes for somebody in the queue."""

    WAITING = "waiting", _("väntar")
    OFFERED = "offered", _("har fått ett erbjudande")
    ACCEPTED = "accepted", _("tackade ja")
    LEFT = "left", _("lämnade kön")
    EXPIRED = "expired", _("svarade inte i tid")


QUEUED = (QueueState.WAITING, QueueState.OFFERED)


class Happened(TextChoices):
    """What can happen to an order or a booking: the lines of its story."""

    ORDERED = "ordered", _("beställde")
    OFFERED = "offered", _("fick ett erbjudande ur kön")
    APPROVED = "approved", _("godkände")
    REFUSED = "refused", _("avslog")
    CHANGED = "changed", _("ändrade")
    CANCELLED = "cancelled", _("avbokade")
    BUMPED = "bumped", _("fick inte plats längre")
    RESTORED = "restored", _("fick plats igen")
    PACKED = "packed", _("packade")
    UNPACKED = "unpacked", _("packade upp")
    SENT = "sent", _("skickade")
    RECEIVED = "received", _("tog emot")
    HANDED_OUT = "handed_out", _("lämnade ut")
    RETURNED = "returned", _("tog tillbaka")
    OUT_AGAIN = "out_again", _("ångrade återlämningen")
    UNDONE = "undone", _("ångrade det senaste")
    CHECKED = "checked", _("kontrollerade")
    RENEWED = "renewed", _("lånade om")
    HANDED_OVER = "handed_over", _("lämnade över")
    LATE = "late", _("blev försenad")
    REMINDED = "reminded", _("påminde")
    LOST = "lost", _("kom inte tillbaka")
    FAULT = "fault", _("anmälde ett fel")
    INVOICED = "invoiced", _("gav underlag för faktura")


class FactKind(TextChoices):
    """What is counted for the statistics."""

    LOAN = "loan", _("lån")
    REFUSAL = "refusal", _("nej till en bokning")
    WAIT = "wait", _("väntan i kö")


class Why(TextChoices):
    """Why somebody could not have what they asked for; what the statistics count refusals by."""

    NONE_FREE = "none_free", _("inget exemplar ledigt")
    NO_COPIES = "no_copies", _("färre exemplar än så")
    NOT_BOOKABLE = "not_bookable", _("går inte att boka")
    NO_RIGHT = "no_right", _("ingen rätt att låna")
    NO_TRANSPORT = "no_transport", _("går inte att skicka dit")
    TOO_LATE = "too_late", _("för sent beställt")
    TOO_LONG = "too_long", _("för lång tid")
    TOO_FAR = "too_far", _("för långt fram")
    QUOTA = "quota", _("för många lån samtidigt")
    SUSPENDED = "suspended", _("spärrad")
    DECIDED = "decided", _("centret sa nej")
