"""Static files: collected, hashed and compressed when one of them has changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def fingerprint() -> str:
    """A hash of the name, size and time of every file that would be collected."""
    made = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list(None):
            about = Path(storage.path(name)).stat()
            made.update(f"{getattr(storage, 'prefix', '')}/{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return made.hexdigest()


def collect() -> bool:
    """Collect when something has changed; whether it had."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    now = fingerprint()
    if stamp.is_file() and stamp.read_text() == now:
        return False
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(now)
    return True
