"""Somebody at the desk who packs, sends, takes back and checks until killed: `python -m tests.crash.hand`."""

from __future__ import annotations

import contextlib
import random

import django

django.setup()

from django.db import close_old_connections  # noqa: E402  # Django must be set up first
from django.utils import timezone  # noqa: E402  # the same

from resursnav.deliver.lending import actions  # noqa: E402  # the same
from resursnav.deliver.lending.models import Allocation, Booking, State  # noqa: E402  # the same
from resursnav.kernel.errors import Unable  # noqa: E402  # the same


def turn() -> None:
    """One thing that is done next, with a booking taken at random."""
    dice = random.random()
    at = timezone.now()
    if dice < 0.4:
        for booking in Booking.objects.filter(state=State.BOOKED).order_by("?")[:1]:
            actions.pack(booking=booking, by=None, at=at)
    elif dice < 0.6:
        actions.send(bookings=Booking.objects.filter(state=State.PACKED).order_by("?")[:2], by=None, at=at)
    elif dice < 0.8:
        for copy in Allocation.objects.filter(open=True, booking__state=State.SENT).order_by("?")[:1]:
            actions.take_back(items=[copy.item], by=None, at=at)
    else:
        for copy in Allocation.objects.filter(open=True, booking__state=State.RETURNED).order_by("?")[:1]:
            actions.check(item=copy.item, by=None, at=at)


if __name__ == "__main__":
    while True:
        close_old_connections()
        with contextlib.suppress(Unable):
            turn()
