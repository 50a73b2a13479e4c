"""The database as a whole: which migrations it has, and bringing it up to date."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

CACHE_TABLE = "cache"


def waiting_migrations() -> list[str]:
    """The migrations that this version has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> int:
    """Apply what is waiting, and make the cache's table where the cache lives in the database; how many there were."""
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    waiting = waiting_migrations()
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
    if connection.vendor != "sqlite":  # embedded, the cache has a file of its own
        call_command("createcachetable", CACHE_TABLE, verbosity=0)
    if waiting:
        refresh_statistics()
    return len(waiting)


def refresh_statistics() -> None:
    """Let the database count its tables, so that it chooses the right index at any size.

    SQLite never does so by itself, and without the counts it sorts all of a region's resources for a page of fifty.
    PostgreSQL does, but only some time after very much was read in. A tenth of a second for 150,000 resources; a sample
    of each index, which would be quicker, misleads SQLite.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
