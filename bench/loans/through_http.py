"""Booking through the real server, as a browser does it: a signed-in teacher sends the form."""

from __future__ import annotations

import http.client
import os
import random
import subprocess
import sys
import time
from collections import Counter
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from resursnav.foundation.people.models import Person
from resursnav.site.collected import collect

from . import clients, verbs
from .volume import DAY, TODAY, County

WORKERS = 4  # on SQLite one process with as many threads, as `resursnav serve` runs it
CLIENTS = 8
TOKEN = "a" * 32


def measure(county: County, *, times: int, port: int) -> dict[str, Any]:
    """p50, p95, how many a second, and what was answered (302: booked, 422: not to be had)."""
    collect()
    workers = 1 if connection.vendor == "sqlite" else WORKERS
    served = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(2 * WORKERS // workers), "--no-ws", "--http", "1",
        "--log-level", "critical",
        "resursnav.site.wsgi:application",
    ]  # fmt: skip
    environment = {**os.environ, "RESURSNAV_URL": f"http://localhost:{port}"}
    server = subprocess.Popen(served, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        keys = {
            unit.pk: _signed_in(county.people[unit.pk]) for unit in county.units[:: max(1, len(county.units) // 40)]
        }
        _work(county, keys, port)(0, 160)  # warm
        taken, whole = clients.at_once(_work(county, keys, port), clients=CLIENTS, times=times)
        last = _connection(port)
        statuses = Counter(_once(county, keys, last, random.Random(uuid4().int)) for _turn in range(40))
    finally:
        server.terminate()
        server.wait(timeout=30)
    told = {"workers": workers, "clients": CLIENTS, **verbs.spread(taken)}
    return {**told, "per second": round(len(taken) / whole, 1), "answers": dict(statuses)}


def _work(county: County, keys: dict[int, str], port: int) -> clients.Work:
    def work(client: int, times: int) -> list[float]:
        dice, kept = random.Random(uuid4().int), _connection(port)
        taken = []
        for _turn in range(times):
            began = time.perf_counter()
            _once(county, keys, kept, dice)
            taken.append(time.perf_counter() - began)
        kept.close()
        return taken

    return work


def _connection(port: int) -> http.client.HTTPConnection:
    """Kept open from one booking to the next, as a browser keeps it."""
    return http.client.HTTPConnection("127.0.0.1", port, timeout=60)


def _once(county: County, keys: dict[int, str], asked: http.client.HTTPConnection, dice: random.Random) -> int:
    mine = County(county.centre, county.units, county.people, county.holdings, county.weights, dice)
    holding, first = mine.popular(), TODAY + (14 + 7 * dice.randrange(22) + dice.randrange(5)) * DAY
    said = {"use_from": first, "use_to": first + 4 * DAY, "key": uuid4(), f"quantity_{holding}": 1}
    asked.request(
        "POST", f"/lending/book/?h={holding}", urlencode(said),
        {
            "Host": f"localhost:{asked.port}", "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": TOKEN, "X-Forwarded-Proto": "http",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={keys[dice.choice(list(keys))]}; "
            f"{settings.CSRF_COOKIE_NAME}={TOKEN}",
        },
    )  # fmt: skip
    answer = asked.getresponse()
    answer.read()
    return answer.status


def _wait(port: int) -> None:
    for _turn in range(600):
        try:
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            asked.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
            if asked.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _signed_in(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)
