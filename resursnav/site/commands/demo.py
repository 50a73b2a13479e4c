"""`resursnav demo`: a county's resource centre with invented people, started on this computer."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from resursnav.foundation.people.personas import personas
from resursnav.foundation.search import index, lexicon
from resursnav.kernel.text import number
from resursnav.site.collected import collect
from resursnav.site.commands.serve import granian
from resursnav.site.database import migrate, refresh_statistics
from resursnav.site.demo.plant import plant_when_changed
from resursnav.site.demo.volume import plant_copies, plant_loans, plant_volume
from resursnav.site.processes import Company, answers, free_port


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and beginning anew."""
    parser.add_argument("--host", default=settings.BIND_HOST, help="adress att lyssna på")
    parser.add_argument("--port", type=int, default=settings.BIND_PORT, help="port; är den upptagen tas nästa lediga")
    parser.add_argument("--reset", action="store_true", help="kasta allt som lagts in och börja om")
    parser.add_argument(
        "--scale",
        type=int,
        default=0,
        metavar="N",
        help="minst N verk till, med exemplar och lån",
    )
    parser.add_argument("--prepare", action="store_true", help="gör allt färdigt men starta inget")


def reset() -> None:
    """Throw away what the demo has made; only inside its own folder."""
    folder = Path(settings.DATA_DIR)
    for name in ("resursnav.sqlite3", "resursnav.sqlite3-wal", "resursnav.sqlite3-shm", "secret-key", "demo-stamp"):
        (folder / name).unlink(missing_ok=True)
    for name in ("media", "cache", "search", "static"):
        shutil.rmtree(folder / name, ignore_errors=True)


def say(text: str) -> None:
    """A line for whoever waits."""
    print(text, flush=True)


def prepare(scale: int) -> None:
    """Bring database, demo data, index and static files to where the pages need them."""
    if migrate():
        say("Databasen är färdig.")
    planted = plant_when_changed(at=timezone.now(), tell=lambda name: say(f"Planterar {name} ..."))
    if planted:
        say("  " + ", ".join(f"{part.name}: {number(part.count)} ({part.seconds:.1f} s)" for part in planted))
    extra = plant_volume(count=scale, at=timezone.now()) if scale else 0
    copies = plant_copies(count=scale, at=timezone.now()) if scale else 0
    loans = plant_loans(count=scale, at=timezone.now()) if scale else 0
    if loans:
        say(f"Skrev in {number(loans)} lån och bokningar från tio år.")
    if copies:
        say(f"Ställde {number(copies)} exemplar på hyllorna.")
    if extra:
        say(f"Planterade {number(extra)} verk till. Bygger sökindexet, det tar en stund ...")
    lexicon.lexicon()  # compiled the first time, which takes some seconds
    taken = index.rebuild() if extra else index.drain()
    if planted or extra or copies or loans:
        refresh_statistics()
        say(f"Sökindexet är byggt ({number(taken)} sidor).")
    collect()


def run(args: argparse.Namespace) -> int:
    """Prepare, start server and worker, say where and what to try, and stop both together."""
    if not settings.EMBEDDED:
        print("Demon kör på en SQLite-fil; ta bort DATABASE_URL ur miljön.", file=sys.stderr)
        return 1
    began = time.monotonic()
    if args.reset:
        reset()
        # A new secret key is made by the processes that are started below.
    prepare(args.scale)
    if args.prepare:
        return 0
    chosen = free_port(args.host, args.port)
    if chosen != args.port:
        print(f"Port {args.port} är upptagen; tar {chosen} i stället.", flush=True)
    address = f"http://{'localhost' if args.host == '127.0.0.1' else args.host}:{chosen}"
    env = {"RESURSNAV_URL": address, "RESURSNAV_DEMO": "1"}
    company = Company()
    company.listen()
    company.add("webbservern", granian(args.host, chosen), env)
    company.add("arbetaren", [sys.executable, "-m", "resursnav.site", "worker"], env)
    ended = company.wait(until=lambda: answers(args.host, chosen))
    if ended is None and not company.told_to_stop:
        print(welcome(address, time.monotonic() - began), flush=True)
        ended = company.wait()
    company.stop()
    if ended is not None:
        print(f"{ended.capitalize()} slutade oväntat, så allt stoppades. Se vad den skrev ovan.", file=sys.stderr)
        return 1
    print("Stoppat. Det du lade in finns kvar till nästa gång.", flush=True)
    return 0


def welcome(address: str, seconds: float) -> str:
    """Where it is, what to try and as whom, and how to stop it."""
    lines = [
        "",
        f"  Resursnav är igång på {address}  (efter {seconds:.1f} sekunder)",
        "",
        "  Resursnav är webbplatsen för ett läns resurscentrum: här hittar skolor, förskolor och bibliotek",
        "  läromedel, och här sköter centret sin katalog, sina tips och sina uppgifter om länet.",
        "",
        "  1. Öppna adressen och sök, till exempel vikingar eller robotar. Inget konto behövs.",
        f"  2. Välj sedan någon att vara på {address}{settings.LOGIN_URL}, till exempel:",
        "",
    ]
    chosen = personas()
    for persona in chosen:
        if persona.first:
            lines.append(f"       {persona.name}, {persona.role} ({persona.place})")
            lines.append(f"           {persona.what_to_try}")
    lines.append(f"       ... eller någon av {len(chosen) - sum(persona.first for persona in chosen)} andra.")
    lines += ["", "  Ctrl-C stoppar allt; det du lägger in finns kvar. `make demo-reset` börjar om från början.", ""]
    return "\n".join(lines)
