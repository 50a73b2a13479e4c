"""The cache that all processes share, in which counting is exact: limits on guessing and flooding stand on it.

Django's own shared caches read a number, add one and write it back, so that of several who count at once only one is
counted; and their `add`, which allauth takes for a lock, lets two in. Here each of these is one statement.

Embedded (SQLite): a file of its own, because whoever counts must never wait for somebody who writes in the database.
On a cluster (PostgreSQL): the table `cache`, which `resursnav migrate` makes.
"""

from __future__ import annotations

import base64
import os
import pickle
import sqlite3
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

_ADD = (
    "INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s) ON CONFLICT (cache_key) DO UPDATE "
    "SET value = excluded.value, expires = excluded.expires WHERE {table}.expires <= %s RETURNING cache_key"
)
_SET = (
    "INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s) ON CONFLICT (cache_key) DO UPDATE "
    "SET value = excluded.value, expires = excluded.expires"
)
_GET = "SELECT value FROM {table} WHERE cache_key = %s AND expires > %s"
_COUNT = (
    "UPDATE {table} SET value = CAST(CAST(value AS BIGINT) + %s AS TEXT) "
    "WHERE cache_key = %s AND expires > %s RETURNING value"
)
_TOUCH = "UPDATE {table} SET expires = %s WHERE cache_key = %s AND expires > %s RETURNING cache_key"
_DELETE = "DELETE FROM {table} WHERE cache_key = %s RETURNING cache_key"
_TIDY = "DELETE FROM {table} WHERE expires <= %s"
_CLEAR = "DELETE FROM {table}"

FOREVER = datetime(9999, 1, 1, tzinfo=UTC).timestamp()
TIDY_EVERY = 500  # writes of one process


class ExactCache(BaseCache):
    """A cache in SQL. What has run out is removed; what has not is never thrown away to make room."""

    table = "cache"

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.location = location
        self.writes = 0

    def _ask(self, sql: str, *given: Any) -> list[Any]:
        """Run one statement and give its rows."""
        raise NotImplementedError

    def _moment(self, seconds: float) -> Any:
        """Seconds since 1970 as the table keeps them."""
        raise NotImplementedError

    def _now(self) -> Any:
        return self._moment(time.time())

    def _end(self, timeout: Any) -> Any:
        end = self.get_backend_timeout(timeout)
        return self._moment(FOREVER if end is None else end)

    def _write(self, sql: str, *given: Any) -> bool:
        self.writes += 1
        if self.writes % TIDY_EVERY == 0:
            self._ask(_TIDY, self._now())
        return bool(self._ask(sql, *given))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep the value unless there is one; of several at once, one alone is told True."""
        name = self.make_and_validate_key(key, version=version)
        return self._write(_ADD, name, _written(value), self._end(timeout), self._now())

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep the value."""
        name = self.make_and_validate_key(key, version=version)
        self._write(_SET, name, _written(value), self._end(timeout))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or the default when there is none or it has run out."""
        rows = self._ask(_GET, self.make_and_validate_key(key, version=version), self._now())
        return _read(rows[0][0]) if rows else default

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number and tell what it became; everybody who counts at once is counted."""
        rows = self._ask(_COUNT, delta, self.make_and_validate_key(key, version=version), self._now())
        if not rows:
            raise ValueError(f"Key '{key}' not found")
        return int(rows[0][0])

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Let the value last longer."""
        name = self.make_and_validate_key(key, version=version)
        return self._write(_TOUCH, self._end(timeout), name, self._now())

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget the value; whether there was one."""
        return self._write(_DELETE, self.make_and_validate_key(key, version=version))

    def clear(self) -> None:
        """Forget everything."""
        self._ask(_CLEAR)


def _written(value: Any) -> str:
    """A number as digits, so that the database can count; everything else pickled."""
    if type(value) is int:
        return str(value)
    return base64.b64encode(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)).decode()


def _read(text: str) -> Any:
    if text.removeprefix("-").isdigit():
        return int(text)
    return pickle.loads(base64.b64decode(text))  # noqa: S301  # written by ourselves, where only we can write


class ClusterCache(ExactCache):
    """In the table that all machines share."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(location, params)
        self.table = location

    def _ask(self, sql: str, *given: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql.format(table=connection.ops.quote_name(self.table)), given)
            return list(cursor.fetchall()) if cursor.description else []

    def _moment(self, seconds: float) -> Any:
        return datetime.fromtimestamp(seconds, tz=UTC)


class EmbeddedCache(ExactCache):
    """In a file of its own beside the database; `location` is the folder."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(location, params)
        self.path = Path(location) / "cache.sqlite3"
        self.kept = threading.local()

    def _ask(self, sql: str, *given: Any) -> list[Any]:
        try:
            return self._told(sql, given)
        except sqlite3.DatabaseError as broken:
            # A file that is no longer a database is begun anew: what was in it could be lost at any time anyhow.
            if broken.sqlite_errorcode not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
                raise
            self._begin_anew()
            return self._told(sql, given)

    def _told(self, sql: str, given: tuple[Any, ...]) -> list[Any]:
        opened = self._opened()
        return opened.execute(sql.format(table=self.table).replace("%s", "?"), given).fetchall()

    def _moment(self, seconds: float) -> Any:
        return seconds

    def _opened(self) -> sqlite3.Connection:
        """This thread's connection: opened when it is first asked for, and never carried over into a forked process."""
        process, opened = getattr(self.kept, "opened", (0, None))
        if process == os.getpid() and opened is not None and self.path.exists():
            return opened  # type: ignore[no-any-return]  # a thread's own attribute has no type
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        fresh.execute("PRAGMA journal_mode = WAL")
        fresh.execute("PRAGMA synchronous = NORMAL")
        fresh.execute(
            f"CREATE TABLE IF NOT EXISTS {self.table} "
            "(cache_key TEXT PRIMARY KEY, value TEXT NOT NULL, expires REAL NOT NULL) WITHOUT ROWID"
        )
        fresh.execute(f"CREATE INDEX IF NOT EXISTS {self.table}_expires ON {self.table} (expires)")
        self.kept.opened = (os.getpid(), fresh)
        return fresh

    def _begin_anew(self) -> None:
        self.close_thread()
        for ending in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(f"{self.path}{ending}").unlink()

    def close_thread(self) -> None:
        """Let go of this thread's connection."""
        _process, opened = getattr(self.kept, "opened", (0, None))
        if opened is not None:
            opened.close()
        self.kept.opened = (0, None)
