"""Measures pages: SQL statements, milliseconds in process and through HTTP, and memory, at a county's ten-year volume.

    python -m bench.pages                     150,000 works beside the demo's own
    python -m bench.pages --scale 20000       fewer
    python -m bench.pages --keep FOLDER       use (or make) the data in this folder, to measure again without planting
    python -m bench.pages --database postgresql://...   on an empty PostgreSQL database
    python -m bench.pages --json              figures for a program

The demo's county is planted, the volume beside it, and the index built.  Each address is then fetched as a stranger, a
teacher and a coordinator with different questions each time: first in this process (SQL statements counted), then
through the real server over one kept connection, then with eight connections at once.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
import platform
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client

from bench import bootstrap
from bench.search import spread
from resursnav.deliver.curriculum.models import Subject
from resursnav.deliver.resources.models import Resource
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Assignment
from resursnav.site.commands.demo import prepare
from resursnav.site.garbage import settle

ROUNDS = 40
STRANGERS = itertools.count(1)
CLIENTS = 8
WORDS = (
    "film", "robotar", "vulkaner", "läsförståelse", "vikingatiden", "källkritik", "bråk", "rymden", "demokrati",
    "samer", "energi", "undervisningsfilm", "vattnets kretslopp", "bedömning", "utomhus", "minoriteter", "statistik",
    "sagor",
    "programmering", "hållbar utveckling", "åk 4", "matematik", "lärarhandledning", "magnetism", "rättigheter", "kost",
)  # fmt: skip
FILTERS = ("", "&type=film", "&type=film&type=book&grade=5", "&sort=newest", "&language=sv&page=3")


def addresses() -> dict[str, list[str]]:
    """The pages to fetch, by what they are; a page that takes a question has many."""

    def turned(one: str, keys: list[Any]) -> list[str]:
        return [one.format(key) for key in keys]

    def spaced(keys: list[Any]) -> list[Any]:
        return keys[:: max(1, len(keys) // ROUNDS)][:ROUNDS]

    searches = [f"?q={quote(word)}{more}" for word in WORDS for more in FILTERS]
    resources = spaced(list(Resource.objects.filter(status="published").order_by("pk").values_list("pk", flat=True)))
    places = spaced(list(Organisation.objects.order_by("pk").values_list("pk", flat=True)))
    regions = list(Organisation.objects.filter(kind="region").values_list("pk", flat=True))
    subjects = list(Subject.objects.values_list("code", flat=True))
    return {
        "start": ["/"],
        "search": ["/resources/" + search for search in searches],
        "search without a word": ["/resources/"],
        "resource": turned("/resources/{}/", resources),
        "similar": turned("/resources/{}/similar/", resources),
        "as you type": ["/search/suggest/?q=" + quote(word[:4]) for word in WORDS],
        "subject": turned("/resources/subjects/{}/", subjects),
        "gaps": ["/resources/subjects/gaps/"],
        "collections": ["/collections/"],
        "organisation": turned("/organisations/{}/", places + regions),
        "organisations": ["/organisations/"],
        "work list": ["/resources/work/", "/resources/work/?status=draft", "/resources/work/?q=film"],
        "API, resources": ["/api/v1/resources", "/api/v1/resources?limit=100"],
        "API, search": ["/api/v1/resources/search" + search for search in searches[::5]],
    }


def sessions() -> dict[str, str]:
    """A session's key for each kind of viewer."""
    made = {"stranger": ""}
    for code in ("teacher", "coordinator"):
        person = Assignment.objects.filter(role=code).order_by("pk")[0].person
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        made[code] = str(session.session_key)
    return made


def somebody() -> str:
    """An address that has not asked before, as the proxy in front tells it: strangers are limited one by one."""
    number = next(STRANGERS)
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def rounds(paths: list[str]) -> Iterator[str]:
    """As many addresses as are measured, beginning anew when they run out."""
    for number in range(max(ROUNDS, len(paths) if len(paths) <= len(WORDS) * len(FILTERS) else ROUNDS)):
        yield paths[number % len(paths)]


def in_process(pages: dict[str, list[str]], keys: dict[str, str]) -> list[dict[str, Any]]:
    """Each page through all of Django: the status, the most SQL statements, milliseconds of the processor and clock."""
    told = []
    for viewer, key in keys.items():
        client = Client(headers={"host": "localhost"}, SERVER_NAME="localhost")
        if key:
            client.cookies[settings.SESSION_COOKIE_NAME] = key
        for name, paths in pages.items():
            asked: list[int] = []
            used: list[float] = []
            clock: list[float] = []
            statuses = set()
            for turn in range(2):
                # The first turn warms what a running server holds; it is not counted.
                for path in list(rounds(paths))[: 5 if turn == 0 else None]:
                    count = 0

                    def counting(execute: Callable[..., Any], *arguments: Any) -> Any:
                        nonlocal count
                        count += 1
                        return execute(*arguments)

                    start, begun = time.perf_counter(), time.thread_time()
                    with connection.execute_wrapper(counting):
                        answer = client.get(path, headers={"X-Forwarded-For": somebody()})
                    if turn:
                        used.append((time.thread_time() - begun) * 1000)
                        clock.append((time.perf_counter() - start) * 1000)
                        asked.append(count)
                        statuses.add(answer.status_code)
            told.append(
                {"page": name, "viewer": viewer, "status": sorted(statuses), "SQL": max(asked), "ms": spread(clock),
                 "CPU ms": spread(used)}
            )  # fmt: skip
    return told


class Server:
    """The real server on this data, with its worker beside it."""

    def __init__(self, port: int) -> None:
        self.port = port

    def __enter__(self) -> Server:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "resursnav.site", "serve", "--port", str(self.port)],
            env={**os.environ, "RESURSNAV_URL": f"http://localhost:{self.port}"},
            stdout=subprocess.DEVNULL,
        )
        for _ in range(300):
            try:
                if self.get(http.client.HTTPConnection("localhost", self.port, timeout=5), "/healthz", "")[0] == 200:
                    return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=40)

    @staticmethod
    def get(connection: http.client.HTTPConnection, path: str, key: str) -> tuple[int, int]:
        """The status and how many bytes came."""
        headers = {"X-Forwarded-For": somebody(), "X-Forwarded-Proto": "http"}
        if key:
            headers["Cookie"] = f"sessionid={key}"
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, len(answer.read())

    def memory(self) -> dict[str, int]:
        """Megabytes of each process, with its share of what several have in common (PSS)."""
        told: dict[str, int] = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_text().replace("\0", " ")
                parents = re.search(r"^PPid:\s+(\d+)", (folder / "status").read_text(), re.M)
                held = re.search(r"^Pss:\s+(\d+)", (folder / "smaps_rollup").read_text(), re.M)
            except OSError:
                continue
            if held and parents and "python" in command and self._is_ours(int(folder.name)):
                kind = "worker" if " worker" in command else "web" if "granian" in command else "serve"
                told[f"{kind} {folder.name}"] = int(held[1]) // 1024
        return told

    def _is_ours(self, number: int) -> bool:
        while number > 1:
            if number == self.process.pid:
                return True
            found = re.search(r"^PPid:\s+(\d+)", Path(f"/proc/{number}/status").read_text(), re.M)
            number = int(found[1]) if found else 0
        return False


def through_http(server: Server, pages: dict[str, list[str]], keys: dict[str, str]) -> list[dict[str, Any]]:
    """Each page over one kept connection."""
    told = []
    for viewer, key in keys.items():
        connection = http.client.HTTPConnection("localhost", server.port, timeout=60)
        for name, paths in pages.items():
            clock, weights = [], []
            for number, path in enumerate([*list(rounds(paths))[:5], *rounds(paths)]):
                start = time.perf_counter()
                _, weight = server.get(connection, path, key)
                if number >= 5:
                    clock.append((time.perf_counter() - start) * 1000)
                    weights.append(weight)
            told.append({"page": name, "viewer": viewer, "ms": spread(clock), "kB": round(max(weights) / 1000)})
        connection.close()
    return told


def at_once(server: Server, paths: list[str], *, seconds: float = 10.0) -> dict[str, Any]:
    """Search pages a second when eight ask as fast as they can; milliseconds as they see them."""
    clock: list[float] = []
    until = time.perf_counter() + seconds

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("localhost", server.port, timeout=60)
        turn = number
        while time.perf_counter() < until:
            start = time.perf_counter()
            server.get(connection, paths[turn % len(paths)], "")
            clock.append((time.perf_counter() - start) * 1000)
            turn += CLIENTS

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"connections": CLIENTS, "pages a second": round(len(clock) / seconds), "ms": spread(clock)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=int, default=150_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database: postgresql://...")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    chosen = {"RESURSNAV_BENCH_DATA": options.keep and str(options.keep.resolve())}
    chosen["RESURSNAV_BENCH_DATABASE"] = options.database
    if any(value and os.environ.get(name) != value for name, value in chosen.items()):
        # Settings are read when the product is imported, so both are chosen in a process of its own.
        environment = {**os.environ, **{name: value for name, value in chosen.items() if value}}
        sys.exit(subprocess.run([sys.executable, "-m", "bench.pages", *sys.argv[1:]], env=environment).returncode)

    start = time.perf_counter()
    prepare(options.scale)
    planting = time.perf_counter() - start
    pages, keys = addresses(), sessions()
    settle()
    figures: dict[str, Any] = {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "load average": os.getloadavg()[0],
        "resources": Resource.objects.count(),
        "planting and indexing, s": round(planting, 1),
        "in process": in_process(pages, keys),
    }
    with Server(options.port) as server:
        figures["through HTTP"] = through_http(server, pages, keys)
        figures["search pages at once"] = at_once(server, pages["search"])
        figures["memory, MB"] = server.memory()
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    for name, told in figures.items():
        if isinstance(told, list):
            print(f"\n{name}")
            for row in told:
                print("  " + "  ".join(f"{key} {value}" for key, value in row.items()))
        else:
            print(f"{name}: {told}")


if __name__ == "__main__":
    assert bootstrap.SCRATCH
    main()
