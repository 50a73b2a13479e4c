"""The centre's list of bookings as it is asked for: filtered, and told row by row for a table to take out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.organisations.names import name_key

from . import wording
from .models import AWAY, ENDED, OPEN, Booking, State
from .rules import WORK

CHOICES: Mapping[str, Any] = {
    "open": _("Pågående"),
    "asked": _("Väntar på godkännande"),
    "bumped": _("Får inte plats"),
    "coming": _("Bokade"),
    "away": _("Utlånade"),
    "late": _("Försenade"),
    "ended": _("Avslutade"),
}
HEADS = (
    _("Beställning"), _("Vad"), _("Nummer"), _("Antal"), _("Enhet"), _("Från"), _("Till"), _("Lämnas senast"), _("Läge")
)  # fmt: skip
_STATES: Mapping[str, tuple[str, ...]] = {
    "open": OPEN,
    "asked": (State.ASKED,),
    "bumped": (State.BUMPED,),
    "coming": (State.BOOKED, State.PACKED),
    "away": AWAY,
    "ended": ENDED,
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it does not know is as if it were not said."""

    q: str
    which: str
    format: str

    @classmethod
    def of(cls, given: QueryDict) -> Asked:
        """Read from the address."""
        return cls(
            q=given.get("q", "")[:100].replace("\0", "").strip(),
            which=given.get("which", "") if given.get("which") in CHOICES else "open",
            format=given.get("format", "") if given.get("format") in ("csv", "xlsx") else "",
        )

    @property
    def narrowed(self) -> bool:
        """Whether something has been chosen."""
        return bool(self.q) or self.which != "open"

    def rows(self, person: Any, today: date) -> Any:
        """The bookings, those that matter first first."""
        rows = Booking.objects.visible_to(person, WORK)
        rows = rows.late(today) if self.which == "late" else rows.filter(state__in=_STATES[self.which])
        for word in self.q.split():
            rows = rows.filter(
                Q(holding__number__istartswith=self.q)
                | Q(holding__resource__title__icontains=word)
                | Q(order__unit__name_key__contains=name_key(word))
                | (Q(order=int(word)) if word.isascii() and word.isdecimal() and len(word) < 10 else Q())
            )
        newest = self.which == "ended"
        return rows.whole().order_by(*(("-use_from", "-pk") if newest else ("leave_date", "pk")))


def cells(row: Booking, today: date) -> list[str]:
    """A booking as a row of a table; the borrower is not taken out."""
    return [
        str(row.order_id),
        row.holding.title(),
        row.holding.number,
        str(row.quantity),
        row.order.unit.name,
        row.use_from.isoformat(),
        row.use_to.isoformat(),
        row.hand_over_date.isoformat(),
        wording.status(row, today).label,
    ]
