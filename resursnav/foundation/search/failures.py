"""Searches that found nothing, noted in a file while the page is shown and counted by the worker.

Showing a page must not write to the database, so the note waits in this node's data folder; it holds a day, a
cleaned text and a municipality, never a person.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from pathlib import Path

from django.http import HttpRequest

from resursnav.foundation.access import limits
from resursnav.foundation.organisations.models import Organisation

from . import index
from .actions import record_failed_search
from .privacy import without_persons

LARGEST = 2_000_000  # bytes of notes that may wait; a flood after that is not worth remembering


A_DAY = 24 * 3600
# Programs that say what they are; what they ask for, nobody misses.
ROBOT = re.compile(r"bot\b|crawl|spider|slurp|preview|monitor|curl|wget|python|scrapy", re.IGNORECASE)


def notes() -> Path:
    return index.folder() / "failed.jsonl"


def note_once(request: HttpRequest, *, text: str, municipality_id: int | None, at: datetime) -> bool:
    """The same for somebody's page: once a day for the same sender and words, and never for a robot or a prefetch.

    Whoever turns back to the page, or lets a program load it over and over, does not make the need look greater.
    """
    if ROBOT.search(request.headers.get("User-Agent", "")) or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return False
    kept = without_persons(text)
    if len(kept) < 2 or not limits.once(request, f"failed search {kept}", A_DAY):
        return False
    return note(text=kept, municipality_id=municipality_id, at=at)


def note(*, text: str, municipality_id: int | None, at: datetime) -> bool:
    """Remember that a search found nothing; False when there was nothing to remember, or no room."""
    kept = without_persons(text)
    path = notes()
    if len(kept) < 2:
        return False
    line = json.dumps([at.isoformat(timespec="minutes"), kept, municipality_id]) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGEST:
            return False
        with path.open("a", encoding="utf-8") as file:  # one short line in append mode is written in one piece
            file.write(line)
    except OSError:  # a full disk must not stop anybody from searching
        return False
    return True


def collect() -> int:
    """Count what has been noted; returns how many searches.  A crash halfway counts some of them twice at worst."""
    path = notes()
    taken = path.with_suffix(".taken")
    if path.exists() and not taken.exists():
        path.rename(taken)
    if not taken.exists():
        return 0
    seen: Counter[tuple[str, str, int | None]] = Counter()
    for line in taken.read_text(encoding="utf-8").splitlines():
        try:
            at, text, municipality_id = json.loads(line)
            seen[(datetime.fromisoformat(at).isoformat(), str(text), municipality_id)] += 1
        except (ValueError, TypeError):
            continue
    places = set(
        Organisation.objects.filter(pk__in={place for _, _, place in seen if place}).values_list("pk", flat=True)
    )
    for (at, text, place), times in seen.items():
        known = place if place in places else None
        record_failed_search(text=text, municipality=known, at=datetime.fromisoformat(at), times=times)
    taken.unlink()
    return sum(seen.values())
