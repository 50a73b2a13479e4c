"""Writing very many rows at once, past the ORM: with COPY on PostgreSQL and one prepared statement on SQLite.

Only for imports. The rows have been checked by `drafts.fitted`, and the database's own constraints still judge each.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models


def insert(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]], *, ignore_known: bool = False
) -> int:
    """Insert rows of values for these fields of the model; says how many.

    `ignore_known` passes over rows that a unique constraint knows already.
    """
    columns: list[Any] = [model._meta.get_field(name) for name in names]
    return insert_into(model._meta.db_table, columns, rows, ignore_known=ignore_known)


def insert_into(
    table: str, columns: Sequence[Any], rows: Iterable[Sequence[Any]], *, ignore_known: bool = False
) -> int:
    """The same, for a table and its fields. `ignore_known` passes over rows that a unique constraint knows already."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.column) for column in columns)
    ready = _ready(columns, rows)
    if not ready:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not ignore_known:
            with cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy:
                for row in ready:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            known = " ON CONFLICT DO NOTHING" if ignore_known else ""
            sql = f"INSERT INTO {quote(table)} ({names}) VALUES ({marks}){known}"  # noqa: S608  # names: the models'
            cursor.executemany(sql, ready)
    return len(ready)


def update(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Update rows: the last value of each is the key; says how many."""
    quote = connection.ops.quote_name
    columns: list[Any] = [model._meta.get_field(name) for name in names]
    sets = ", ".join(f"{quote(column.column)} = %s" for column in columns)
    key = quote("id")
    sql = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {key} = %s"  # noqa: S608  # names from the models
    ready = _ready(columns, rows)
    if ready:
        with connection.cursor() as cursor:
            cursor.executemany(sql, ready)
    return len(ready)


def new_keys(model: type[models.Model], number: int) -> list[int]:
    """Keys that nobody else will get, for rows to be inserted in this transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [f'"{table}"', number]
            )
            return [row[0] for row in cursor.fetchall()]
        # The transaction began with SQLite's write lock, so nobody else can be counting here.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        first = (found[0] if found else 0) + 1
    return list(range(first, first + number))


def _ready(columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """The rows as the database takes them; only columns that need it are touched."""
    changes = [(at, change) for at, column in enumerate(columns) if (change := _prepare(column))]
    if not changes:
        return list(rows)
    ready: list[Sequence[Any]] = []
    for row in rows:
        cells = list(row)
        for at, change in changes:
            cells[at] = change(cells[at])
        ready.append(cells)
    return ready


def _prepare(column: Any) -> Callable[[Any], Any] | None:
    if isinstance(column, models.JSONField):
        return _json
    if isinstance(column, models.DateTimeField) and connection.vendor == "sqlite":
        return _sqlite_moment
    return None


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _json(value: Any) -> str:
    return _ENCODER.encode(value) if value else "{}" if isinstance(value, dict) else "[]"


@lru_cache(maxsize=64)
def _sqlite_moment(value: datetime | None) -> Any:
    return None if value is None else connection.ops.adapt_datetimefield_value(value)
