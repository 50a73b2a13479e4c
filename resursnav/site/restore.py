"""Putting a backup back: first everything is checked, then it goes in whole or not at all.

What was there before is never lost: it is saved as a backup of its own first.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tarfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from .backup import BLOCK, FORMAT, LIST, SQLITE_NAME, Contents, named


class BadBackup(Exception):
    """The file cannot be restored; the message says why."""


def unpack(source: Path, folder: Path) -> Contents:
    """Unpack the backup into the folder and prove every file against the list."""
    sums: dict[str, str] = {}
    listed: dict[str, Any] | None = None
    try:
        with tarfile.open(source, "r:*") as tar:
            for member in tar:
                if member.name == LIST:
                    listed = json.loads(tar.extractfile(member).read())  # type: ignore[union-attr]  # a plain file
                    continue
                sums[member.name] = _take(tar, member, folder)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise BadBackup(f"Filen går inte att läsa som en säkerhetskopia: {error}") from error
    if listed is None:
        raise BadBackup("Filen saknar sin innehållslista; den är avbruten eller gjord av något annat.")
    if listed.get("format") != FORMAT:
        raise BadBackup("Säkerhetskopian är gjord av en annan version och kan inte läsas av den här.")
    contents = Contents(**listed)
    wrong = sorted(name for name in contents.files | sums if contents.files.get(name) != sums.get(name))
    if wrong:
        raise BadBackup(f"Säkerhetskopian är skadad. Det gäller {len(wrong)} filer, bland annat {wrong[0]}.")
    return contents


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    """Unpack one plain file below the folder, never outside it; its checksum."""
    target = (folder / member.name).resolve()
    if not member.isreg() or not target.is_relative_to(folder.resolve()):
        raise BadBackup(f"Säkerhetskopian innehåller något som inte hör hemma där: {member.name}")
    target.parent.mkdir(parents=True, exist_ok=True)
    made = hashlib.sha256()
    stream = tar.extractfile(member)
    if stream is None:
        raise BadBackup(f"Säkerhetskopian saknar innehållet i {member.name}")
    with stream, target.open("wb") as file:
        while block := stream.read(BLOCK):
            made.update(block)
            file.write(block)
    return made.hexdigest()


def check_fits(contents: Contents) -> None:
    """Refuse a backup of the other engine, or of a newer version than this one."""
    if contents.engine != connection.vendor:
        raise BadBackup(f"Säkerhetskopian är från {contents.engine}, men databasen här är {connection.vendor}.")
    known = set(MigrationExecutor(connection).loader.graph.nodes)
    newer = [f"{app}.{name}" for app, name in contents.migrations if (app, name) not in known]
    if newer:
        raise BadBackup(f"Säkerhetskopian är gjord av en nyare version (den har {newer[0]}). Uppgradera först.")


def put_back(contents: Contents, folder: Path) -> None:
    """Replace database and uploaded files by those of the unpacked backup, then bring the tables up to date."""
    if connection.vendor == "sqlite":
        _put_sqlite(folder / SQLITE_NAME)
    else:
        with transaction.atomic(durable=True):
            _put_tables(contents, folder)
    _put_media(folder / "media")
    # The index is of what was there before; without one, search answers from the database until it is built.
    shutil.rmtree(Path(settings.DATA_DIR) / "search", ignore_errors=True)
    call_command("migrate", interactive=False, verbosity=0)


def _put_sqlite(copy: Path) -> None:
    probe = sqlite3.connect(copy)
    (verdict,) = probe.execute("PRAGMA integrity_check").fetchone()
    probe.close()
    if verdict != "ok":
        raise BadBackup(f"Databasen i säkerhetskopian är skadad: {verdict}")
    target = Path(connection.settings_dict["NAME"])
    connections.close_all()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.restoring")
    shutil.copyfile(copy, beside)
    for journal in ("-wal", "-shm"):
        target.with_name(target.name + journal).unlink(missing_ok=True)
    beside.replace(target)


def _put_tables(contents: Contents, folder: Path) -> None:
    """All in one transaction: the tables as the backup's version had them, then its rows."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if there := connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {', '.join(quote(table) for table in there)} CASCADE")
    executor = MigrationExecutor(connection)
    wanted = {(app, name) for app, name in contents.migrations}
    everything = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    executor.migrate([], plan=[step for step in everything if (step[0].app_label, step[0].name) in wanted])
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(quote(table) for table in contents.tables)} CASCADE")
        for table, columns in contents.tables.items():
            path = folder / "database" / f"{table}.copy"
            with path.open("rb") as file, cursor.copy(f"COPY {named(table, columns)} FROM STDIN") as rows:
                while block := file.read(BLOCK):
                    rows.write(block)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a row that points nowhere stops everything here
        models = MigrationExecutor(connection).loader.project_state().apps.get_models()
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _put_media(copy: Path) -> None:
    """The uploaded files of the backup take the place of those here."""
    target = Path(settings.MEDIA_ROOT)
    aside = target.with_name(f"{target.name}.replaced")
    shutil.rmtree(aside, ignore_errors=True)
    if target.exists():
        target.replace(aside)
    if copy.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(copy, target)
    shutil.rmtree(aside, ignore_errors=True)
