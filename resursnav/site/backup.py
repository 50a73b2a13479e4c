"""A backup is one file: the database as it was at one moment, the uploaded files, and a list with checksums.

SQLite is copied by its own backup interface while people work. PostgreSQL is read table by table with COPY in
one snapshot, so no client programs of the right version are needed. The search index is not in it: it is built
from the database. Secrets are not in it either: they stand in the environment and are kept apart.
"""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

FORMAT = 1
LIST = "manifest.json"
SQLITE_NAME = "database/resursnav.sqlite3"
BLOCK = 1024 * 1024
# What the running product makes anew, and the state of migrations, which a restore makes by migrating.
LEFT_OUT = {"cache", "django_migrations"}


@dataclass
class Contents:
    """What a backup holds: said in it, and checked before anything is restored."""

    made_at: str
    engine: str
    migrations: list[list[str]]
    tables: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def default_name(at: datetime) -> str:
    """A name that sorts by time."""
    return f"resursnav-{at:%Y%m%d-%H%M%S}.tar.gz"


def applied_migrations() -> list[list[str]]:
    """Every migration that the database has."""
    return [list(key) for key in sorted(MigrationRecorder(connection).applied_migrations())]


def make(target: Path, *, at: datetime) -> Contents:
    """Write a backup to `target`, which appears only when it is whole; what it holds."""
    target.parent.mkdir(parents=True, exist_ok=True)
    contents = Contents(made_at=at.isoformat(), engine=connection.vendor, migrations=applied_migrations())
    half = target.with_name(f"{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as work, tarfile.open(half, "w:gz", compresslevel=5) as tar:
            for name, path in dump(Path(work), contents):
                _add(tar, name, path, contents)
            for path in media_files():
                _add(tar, f"media/{path.relative_to(settings.MEDIA_ROOT).as_posix()}", path, contents)
            listed = json.dumps(asdict(contents), ensure_ascii=False, indent=1).encode()
            about = tarfile.TarInfo(LIST)
            about.size, about.mtime = len(listed), int(at.timestamp())
            tar.addfile(about, io.BytesIO(listed))
        half.chmod(0o600)  # it holds personal data
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    return contents


def media_files() -> list[Path]:
    """Every uploaded file, in the order of names."""
    root = Path(settings.MEDIA_ROOT)
    return sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())


def dump(work: Path, contents: Contents) -> Iterator[tuple[str, Path]]:
    """The database as files in `work`: their names in the backup and where they are."""
    if connection.vendor == "sqlite":
        yield SQLITE_NAME, _copy_sqlite(work)
    else:
        yield from _copy_tables(work, contents)


def _copy_sqlite(work: Path) -> Path:
    connection.ensure_connection()
    copy = work / "resursnav.sqlite3"
    target = sqlite3.connect(copy)
    try:
        connection.connection.backup(target)
        # One file without a journal beside it, and proven to be readable.
        target.execute("PRAGMA journal_mode=DELETE")
        (verdict,) = target.execute("PRAGMA quick_check").fetchone()
    finally:
        target.close()
    if verdict != "ok":
        raise OSError(f"Databasfilen är skadad: {verdict}")
    return copy


def _copy_tables(work: Path, contents: Contents) -> Iterator[tuple[str, Path]]:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        # Every table as it was at the same moment, whatever people do meanwhile.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        contents.tables = _columns(cursor)
        for table, columns in contents.tables.items():
            path = work / table
            with path.open("wb") as file, cursor.copy(f"COPY {named(table, columns)} TO STDOUT") as rows:
                for block in rows:
                    file.write(block)
            yield f"database/{table}.copy", path


def _columns(cursor: Any) -> dict[str, list[str]]:
    """Every table with the columns that hold data (those that the database computes are left out)."""
    cursor.execute(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c "
        "JOIN information_schema.tables t USING (table_schema, table_name) "
        "WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' "
        "ORDER BY c.table_name, c.ordinal_position"
    )
    found: dict[str, list[str]] = {}
    for table, column in cursor.fetchall():
        if table not in LEFT_OUT:
            found.setdefault(table, []).append(column)
    return found


def named(table: str, columns: list[str]) -> str:
    """table (columns), quoted."""
    quote = connection.ops.quote_name
    return f"{quote(table)} ({', '.join(quote(column) for column in columns)})"


def _add(tar: tarfile.TarFile, name: str, path: Path, contents: Contents) -> None:
    """Put the file in the archive and its checksum in the list."""
    with path.open("rb") as file:
        contents.files[name] = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        about = tar.gettarinfo(arcname=name, fileobj=file)
        about.uid = about.gid = 0
        about.uname = about.gname = ""
        tar.addfile(about, file)
