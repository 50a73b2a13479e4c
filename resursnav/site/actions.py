"""The worker's own bookkeeping: turns and signs of life."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from .models import JobTurn, WorkerBeat

LEASE = timedelta(seconds=60)
FORGET_BEATS = timedelta(days=1)


@transaction.atomic
def know_jobs(*, names: list[str]) -> None:
    """Give every job its row, so that a turn can be taken by one conditional update."""
    JobTurn.objects.bulk_create([JobTurn(name=name) for name in names], ignore_conflicts=True)


@transaction.atomic
def take_turn(*, name: str, worker: str, at: datetime) -> bool:
    """Take or keep the turn to run the job; False when another worker has it.

    One conditional UPDATE: of many workers that try at the same moment the database lets one through.
    """
    free = Q(held_until_at__isnull=True) | Q(held_until_at__lte=at) | Q(holder=worker)
    return JobTurn.objects.filter(free, name=name).update(holder=worker, held_until_at=at + LEASE) == 1


@transaction.atomic
def give_up_turns(*, worker: str) -> None:
    """Let others take over at once, when a worker stops."""
    JobTurn.objects.filter(holder=worker).update(holder="", held_until_at=None)


@transaction.atomic
def note_run(*, name: str, at: datetime) -> None:
    """The job went well."""
    JobTurn.objects.filter(name=name).update(ran_at=at, failures=0, error="")


@transaction.atomic
def note_failure(*, name: str, error: str, at: datetime) -> None:
    """The job failed: kept for `resursnav doctor`."""
    turn = JobTurn.objects.select_for_update().get(name=name)
    turn.ran_at, turn.failures, turn.error = at, turn.failures + 1, error[-4000:]
    turn.save(update_fields=["ran_at", "failures", "error"])


@transaction.atomic
def beat(*, worker: str, started_at: datetime, at: datetime) -> None:
    """The worker is alive; workers not heard of for a day are forgotten."""
    WorkerBeat.objects.update_or_create(worker=worker, defaults={"started_at": started_at, "seen_at": at})
    WorkerBeat.objects.filter(seen_at__lt=at - FORGET_BEATS).delete()


@transaction.atomic
def fall_silent(*, worker: str) -> None:
    """The worker stops on purpose."""
    WorkerBeat.objects.filter(worker=worker).delete()
