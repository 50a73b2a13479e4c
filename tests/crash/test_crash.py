"""The server and the people at the desk are killed again and again at work; nothing may be left half done.

A real server on the tests' database takes bookings over HTTP while other processes pack, send and take back. All are
killed by SIGKILL at random moments and started again. Afterwards the audit finds no fault, and every booking that was
answered for is there.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.audit import faults
from resursnav.deliver.lending.models import Allocation, Booking, Order, State
from resursnav.deliver.lending.tests.conftest import AT, book, line, make_county, van
from resursnav.deliver.transport.models import Route
from resursnav.deliver.transport.reading import plan_for
from resursnav.foundation.access import Role
from resursnav.site.commands.serve import granian
from tests import factories
from tests.journeys.conftest import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = 4
BORROWERS = 4
HANDS = 2
TOKEN = "a" * 32
ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def address() -> str:
    """The tests' own database, as the server's environment names it."""
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    who = f"{said['USER']}:{said['PASSWORD']}" if said["PASSWORD"] else said["USER"]
    return f"postgresql://{who}@{said['HOST']}:{said['PORT'] or 5432}/{said['NAME']}"


class Victims:
    """The server and two at the desk, in process groups of their own."""

    def __init__(self, port: int, folder: Any) -> None:
        self.port = port
        self.env = {
            **os.environ,
            "DATABASE_URL": address(),
            "DJANGO_SETTINGS_MODULE": "resursnav.site.settings",
            "RESURSNAV_DATA_DIR": str(folder),
            "RESURSNAV_SECRET_KEY": settings.SECRET_KEY,
            "RESURSNAV_URL": f"http://localhost:{port}",
            "RESURSNAV_DEBUG": "1",
        }
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start them and wait until the server answers."""
        hand = [sys.executable, "-m", "tests.crash.hand"]
        for words in (granian("127.0.0.1", self.port), *[hand] * HANDS):
            self.running.append(
                subprocess.Popen(
                    words, env=self.env, cwd=ROOT, start_new_session=True,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )
            )  # fmt: skip
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                asked = http.client.HTTPConnection("localhost", self.port, timeout=5)
                asked.request("GET", "/healthz")
                if asked.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        """At once, and all that they started."""
        for process in self.running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()


class Borrower(threading.Thread):
    """Somebody who books and cancels as long as the others live, and remembers what was answered for."""

    def __init__(self, port: int, key: str, wishes: list[tuple[int, Any]]) -> None:
        super().__init__()
        self.port, self.key, self.wishes = port, key, wishes
        self.stopped = threading.Event()
        self.ordered: set[int] = set()
        self.cancelled: set[int] = set()
        self.statuses: set[int] = set()

    def run(self) -> None:
        while not self.stopped.is_set():
            try:
                self.turn()
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)  # dead for the moment

    def turn(self) -> None:
        waiting = sorted(self.ordered - self.cancelled)
        if waiting and random.random() < 0.3:
            order = random.choice(waiting)
            if self.post(f"/lending/orders/{order}/cancel/", {"reason": ""}).endswith(f"/orders/{order}/"):
                self.cancelled.add(order)
            return
        holding, first = random.choice(self.wishes)
        said = {"use_from": first, "use_to": first + timedelta(days=4), "key": uuid4(), f"quantity_{holding}": 1}
        if found := re.search(r"/orders/(\d+)/$", self.post(f"/lending/book/?h={holding}", said)):
            self.ordered.add(int(found[1]))

    def post(self, path: str, said: dict[str, Any]) -> str:
        """Where the answer leads; empty when it leads nowhere."""
        asked = http.client.HTTPConnection("localhost", self.port, timeout=20)
        asked.request(
            "POST", path, urlencode(said),
            {
                "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN,
                "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.key}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            },
        )  # fmt: skip
        answer = asked.getresponse()
        answer.read()
        self.statuses.add(answer.status)
        return answer.headers.get("Location") or ""


def work(borrowers: list[Borrower]) -> None:
    """Let some bookings be answered for, however slow the machine is, and a moment more."""
    before, until = sum(len(one.ordered) for one in borrowers), time.monotonic() + 20
    while time.monotonic() < until and sum(len(one.ordered) for one in borrowers) < before + 2:
        time.sleep(0.02)
    time.sleep(random.uniform(0.0, 0.5))


def test_it_leaves_nothing_half_done_when_it_is_killed(tmp_path):
    county = make_county()
    Route.objects.all().delete()
    van(county.region, county.town, county.neighbour, weekdays=range(5))
    now, today = timezone.now(), timezone.localdate()
    plan = plan_for(county.school, start=today, end=today + timedelta(days=120))
    first = plan.first_use(now, 2)
    wishes = [(one.pk, first + timedelta(weeks=n)) for one in (county.book, county.kit) for n in range(3)]
    port = free_port()
    people = [factories.person(Role.TEACHER, county.school) for _ in range(BORROWERS)]
    borrowers = [Borrower(port, signed_in(person), wishes) for person in people]
    victims = Victims(port, tmp_path)
    try:
        for borrower in borrowers:
            borrower.start()  # nobody answers yet: they try again as people do
        for _kill in range(KILLS):
            victims.start()
            work(borrowers)
            victims.kill()
    finally:
        for borrower in borrowers:
            borrower.stopped.set()
        victims.kill()
        for borrower in borrowers:
            borrower.join(30)
    # 403: what was cancelled and not answered for, or has come back, is asked for once more.
    assert {status for borrower in borrowers for status in borrower.statuses} <= {302, 403, 422, 503}
    ordered = set().union(*(borrower.ordered for borrower in borrowers))
    cancelled = set().union(*(borrower.cancelled for borrower in borrowers))
    # Enough has happened to be worth looking at, and what was answered for is kept.
    assert len(ordered) >= KILLS
    assert Allocation.objects.exists()
    assert set(Order.objects.filter(pk__in=ordered).values_list("pk", flat=True)) == ordered
    still = Booking.objects.filter(order__in=cancelled).exclude(state=State.CANCELLED)
    assert not still.filter(state=State.BOOKED).exists()
    assert faults(today) == []


def test_its_audit_would_see_what_is_half_done():
    county = make_county()
    Booking.objects.filter(pk=_packed(county)).update(state=State.BOOKED)
    assert [fault.what for fault in faults(timezone.localdate())] != []


def _packed(county: Any) -> int:
    order = book(county)
    return actions.pack(booking=line(order), by=county.coordinator, at=AT).pk
