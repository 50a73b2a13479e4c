"""Searches that found nothing, noted in a file while the page is shown and counted by the worker.

Showing a page must not write to the database, so the note waits in this node's data folder; it holds a day, a
cleaned text and a municipality, never a person.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from pathlib import Path

from resursnav.foundation.organisations.models import Organisation

from . import index
from .actions import record_failed_search
from .privacy import without_persons

LARGEST = 2_000_000  # bytes of notes that may wait; a flood after that is not worth remembering


def notes() -> Path:
    return index.folder() / "failed.jsonl"


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
