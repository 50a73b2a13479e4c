"""What the worker does for lending, over and over; each step in a transaction of its own."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from . import actions
from .actions.caring import due, past
from .models import AWAY, Booking, QueueEntry, State

BATCH = 50  # holdings, or loans, in one transaction


def keep_time() -> int:
    """Once an hour: what is late keeps its copies, what was never fetched lets go, offers run out, people are told.

    A holding is locked only while its own bookings are looked at.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    done = 0
    for act, wanted in ((actions.note_lateness, due(today)), (actions.let_go, past(today))):
        keys = sorted(set(Booking.objects.filter(wanted).values_list("holding", flat=True)))
        for start in range(0, len(keys), BATCH):
            done += act(holding_ids=keys[start : start + BATCH], at=now)
    for entry in QueueEntry.objects.run_out(now).order_by("answer_by", "pk"):
        actions.expire_offer(entry=entry, by=None, at=now)
        done += 1
    return done


def remind() -> int:
    """Once an hour: what has arrived, what is soon to be given back, what is late."""
    now = timezone.now()
    today = timezone.localdate(now)
    arrived = Booking.objects.filter(state=State.SENT, use_from__lt=today)
    soon = Booking.objects.filter(state__in=AWAY, hand_over_date__lte=today + timedelta(days=30))
    late = Booking.objects.late(today)
    done = 0
    for act, rows in ((actions.arrive, arrived), (actions.remind, soon), (actions.follow_up_late, late)):
        found = list(rows.only("pk").order_by("pk"))
        for start in range(0, len(found), BATCH):
            done += act(bookings=found[start : start + BATCH], at=now)
    return done


def forget() -> int:
    """Cut the borrower out of what has been closed for as long as settings say; one batch a call."""
    now = timezone.now()
    before = now - timedelta(days=settings.LOAN_MEMORY_DAYS)
    return actions.forget_borrowers(older_than=before, by=None, at=now)
