"""The worker: runs every job of the manifests over and over, each by one worker at a time.

A turn (JobTurn) is kept between runs and renewed, so an idle worker writes seldom; a worker that dies loses
its turns after a minute, one that is stopped gives them up at once. A job that fails waits longer each
time, is logged, and stops nobody else. Jobs must bear being run twice: a worker that froze for more than a
minute cannot know that another took over.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils import timezone

from resursnav.kernel.manifest import Job, load

from . import actions

log = logging.getLogger("resursnav.worker")

RENEW = actions.LEASE.total_seconds() / 3
BEAT = 15.0
LONGEST_WAIT = 3600.0
THREADS = 4


@dataclass
class Slot:
    """One job as this worker sees it."""

    job: Job
    key: str
    run: Callable[[], int]
    due: float = 0.0
    renew: float = 0.0
    mine: bool = False
    failures: int = 0
    running: bool = False


def worker_name() -> str:
    """This process, by node and number."""
    return f"{settings.NODE}:{os.getpid()}"


class Worker:
    """Runs jobs until told to stop."""

    def __init__(
        self, jobs: tuple[Job, ...], *, name: str | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        self.name = name or worker_name()
        self.clock = clock
        self.started_at = timezone.now()
        self.slots = [Slot(job, self._key(job), load(job.run)) for job in jobs]
        self.stopping = threading.Event()
        self.wake = threading.Event()
        self.pool = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="job")
        self.next_beat = 0.0

    def _key(self, job: Job) -> str:
        return f"{job.name}@{settings.NODE or socket.gethostname()}" if job.everywhere else job.name

    def stop(self) -> None:
        """Finish what runs, then end."""
        self.stopping.set()
        self.wake.set()

    def run(self) -> None:
        """The loop; returns after `stop`."""
        log.info("Arbetaren %s börjar med %d jobb.", self.name, len(self.slots))
        while not self.stopping.is_set():
            try:
                pause = self.tick()
            except Exception:  # the database may be away for a while; the worker outlives that
                log.exception("Arbetaren kom inte åt databasen och försöker igen om tio sekunder.")
                close_old_connections()
                pause = 10.0
            self.wake.wait(timeout=pause)
            self.wake.clear()
        self.pool.shutdown(wait=True)
        self._leave()

    def tick(self) -> float:
        """Start what is due, keep the turns, give a sign of life; returns how long nothing needs doing."""
        now = self.clock()
        if now >= self.next_beat:
            close_old_connections()
            actions.know_jobs(names=[slot.key for slot in self.slots])
            actions.beat(worker=self.name, started_at=self.started_at, at=timezone.now())
            self.next_beat = now + BEAT
        for slot in self.slots:
            if now >= slot.renew or (now >= slot.due and not slot.mine and not slot.running):
                slot.mine = actions.take_turn(name=slot.key, worker=self.name, at=timezone.now())
                slot.renew = now + RENEW
                if not slot.mine:
                    slot.due = now + min(RENEW, slot.job.every)
            if slot.mine and not slot.running and now >= slot.due:
                slot.running = True
                self.pool.submit(self._run, slot)
        waits = [slot.renew if slot.running else min(slot.due, slot.renew) for slot in self.slots]
        return max(0.05, min([self.next_beat, *waits]) - self.clock())

    def _run(self, slot: Slot) -> None:
        """One run of one job, in a thread of the pool."""
        done = 0
        try:
            close_old_connections()
            done = slot.run()
            slot.failures = 0
            actions.note_run(name=slot.key, at=timezone.now())
        except Exception:  # a job may fail in any way; the others go on
            slot.failures += 1
            log.exception("Jobbet %s misslyckades (%d gånger i rad).", slot.job.name, slot.failures)
            self._note_failure(slot, traceback.format_exc())
        finally:
            connections.close_all()
            slot.due = self.clock() + self._wait(slot, done)
            slot.running = False
            self.wake.set()

    def _wait(self, slot: Slot, done: int) -> float:
        if slot.failures:
            return max(slot.job.every, min(2.0**slot.failures, LONGEST_WAIT))
        return 0.0 if slot.job.greedy and done else slot.job.every

    def _note_failure(self, slot: Slot, error: str) -> None:
        try:
            actions.note_failure(name=slot.key, error=error, at=timezone.now())
        except Exception:  # the failure may be that the database is away
            log.exception("Felet i jobbet %s kunde inte sparas.", slot.job.name)

    def _leave(self) -> None:
        try:
            actions.give_up_turns(worker=self.name)
            actions.fall_silent(worker=self.name)
        except Exception:  # the turns run out by themselves
            log.exception("Arbetaren kunde inte lämna över.")
        log.info("Arbetaren %s har slutat.", self.name)
