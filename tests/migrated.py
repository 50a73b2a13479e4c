"""An empty SQLite database with all migrations run, made once and copied for each test run: to migrate takes long.

It is found by what it was made of (every migration, and the locked packages), so another set of migrations makes
another one. PostgreSQL's databases are migrated each time.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.core import management
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def template() -> Path:
    """Where the migrated file is, or will be."""
    made_of = hashlib.sha256()
    for path in sorted([*ROOT.glob("resursnav/*/*/migrations/*.py"), ROOT / "requirements" / "test.txt"]):
        made_of.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return Path(tempfile.gettempdir()) / f"resursnav-migrated-{os.getuid()}-{made_of.hexdigest()[:24]}.sqlite3"


def copying(command: Callable[..., Any]) -> Callable[..., Any]:
    """Django's way to run a command, with "migrate" answered by a copy."""

    def call(name: str, *words: Any, **said: Any) -> Any:
        if name != "migrate":
            return command(name, *words, **said)
        kept = template()
        connection.ensure_connection()
        if kept.exists():
            with sqlite3.connect(kept) as source:
                source.backup(connection.connection)
            source.close()
            return None
        done = command(name, *words, **said)
        half = kept.with_suffix(f".{os.getpid()}")
        with sqlite3.connect(half) as copy:
            connection.connection.backup(copy)
        copy.close()
        half.replace(kept)
        return done

    return call


def install() -> None:
    """Let every SQLite test database of this process be a copy. Commands that tests run themselves are as ever."""
    if connection.vendor != "sqlite":
        return
    create = connection.creation.create_test_db

    def create_test_db(*words: Any, **said: Any) -> str:
        with patch.object(management, "call_command", copying(management.call_command)):
            return create(*words, **said)

    connection.creation.create_test_db = create_test_db
