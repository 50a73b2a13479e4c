"""`resursnav serve`: the website, with the worker beside it."""

from __future__ import annotations

import argparse
import sys

from django.conf import settings

from resursnav.foundation.search import lexicon
from resursnav.site.collected import collect
from resursnav.site.database import waiting_migrations
from resursnav.site.processes import Company, answers, free_port


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and whether the worker runs here too."""
    parser.add_argument("--host", default=settings.BIND_HOST, help="adress att lyssna på (RESURSNAV_BIND)")
    parser.add_argument("--port", type=int, default=settings.BIND_PORT, help="port (RESURSNAV_PORT)")
    parser.add_argument("--no-worker", action="store_true", help="kör inte arbetaren; den körs någon annanstans")


def granian(host: str, port: int) -> list[str]:
    """The server's command line: one process and threads on SQLite, the set number of processes otherwise."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(settings.WEB_PROCESSES), "--blocking-threads", str(settings.WEB_THREADS),
        "--no-ws", "--http", "1", "--log-level", "warning", "--workers-kill-timeout", "10",
        "--respawn-failed-workers", "resursnav.site.wsgi:application",
    ]  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop; a child that ends by itself ends the whole, so that a supervisor sees it."""
    if waiting := waiting_migrations():
        print(f"Databasen saknar {len(waiting)} ändringar. Kör `resursnav migrate` först.", file=sys.stderr)
        return 1
    if free_port(args.host, args.port) != args.port:
        print(f"Port {args.port} är upptagen. Välj en annan med --port eller RESURSNAV_PORT.", file=sys.stderr)
        return 1
    collect()
    lexicon.lexicon()  # compiled the first time, so that no visitor waits for it
    company = Company()
    company.listen()
    company.add("webbservern", granian(args.host, args.port))
    if not args.no_worker:
        company.add("arbetaren", [sys.executable, "-m", "resursnav.site", "worker"])
    ended = company.wait(until=lambda: answers(args.host, args.port))
    if ended is None and not company.told_to_stop:
        print(f"Resursnav svarar på {settings.BASE_URL} (lyssnar på {args.host}:{args.port}).", flush=True)
        ended = company.wait()
    company.stop()
    if ended is not None:
        print(f"{ended.capitalize()} slutade oväntat, så allt stoppades. Se loggen ovan.", file=sys.stderr)
        return 1
    return 0
