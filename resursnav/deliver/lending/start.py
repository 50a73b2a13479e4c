"""Lines for the start page: what one must do about loans, and what is coming."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from resursnav.kernel.manifest import StartLine

from . import wording
from .models import OPEN, Booking, State
from .rules import BORROWERS

MOST = 3


def waiting(person: Any) -> list[StartLine]:
    """What is late, or has lost its place, of what one has oneself; offers stand in the bell."""
    today = timezone.localdate()
    own = Booking.objects.filter(order__person=person.pk)
    rows = own.filter(state=State.BUMPED) | own.late(today)
    return [_line(row, today) for row in rows.whole().order_by("hand_over_date", "pk")[:MOST]]


def mine(person: Any) -> list[StartLine]:
    """The next few that come or are to be given back; the centre's people have theirs among all the others."""
    if not any(post.role in BORROWERS for post in person.standing()):
        return []
    today = timezone.localdate()
    rows = Booking.objects.filter(order__person=person.pk, state__in=OPEN, hand_over_date__gte=today)
    rows = rows.exclude(state__in=[State.BUMPED, State.RETURNED])
    return [_line(row, today) for row in rows.whole().order_by("hand_over_date", "pk")[:MOST]]


def _line(row: Booking, today: Any) -> StartLine:
    status = wording.status(row, today)
    url = reverse("lending:order", args=[row.order_id])
    return StartLine(row.holding.title(), url, about=status.sentence, icon="package-open")
