"""A query that is asked all the time: its SQL is worked out once for each shape, and then only filled in.

To write the SQL of a union takes the ORM several times as long as the database needs to answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable

Given = int | str | date | UUID
# Lists are filled up to one of these lengths with their last value, so that few shapes are worked out.
LENGTHS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class _Written:
    """A query as SQL: its parameters are constants, or say how to adapt which of the values."""

    sql: str
    holes: list[tuple[Any, int | None]]
    queryset: QuerySet[Any]
    compiler: Any


@dataclass(frozen=True, slots=True)
class _Asked:
    """What Django makes instances from: a queryset whose SQL has been written already."""

    model: type[Model]
    db: str
    query: Any
    _known_related_objects: dict[Any, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Ready:
    """The query of such a queryset."""

    compiler: Any

    def get_compiler(self, using: str) -> Any:
        return self.compiler


class Prepared:
    """`build` makes the query from lists of keys, texts, days or UUIDs; every value becomes a parameter as it is.

    A list stands in an `__in`, or has one value (`[day]`) that stands anywhere. `rows` yields plain values, which
    nothing converts on the way: numbers and texts; days are texts on SQLite, and `as_day` reads both. `objects` yields
    instances as the queryset would, `select_related` and annotations with them. What else `build` puts into the query
    must be the same each time.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self._build = build
        self._known: dict[tuple[Any, ...], _Written | None] = {}

    def rows(self, *lists: Sequence[Given]) -> list[tuple[Any, ...]]:
        """What the query of values gives for the lists."""
        written, parameters = self._filled_in(lists)
        if written is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(written.sql, parameters)
            return list(cursor.fetchall())

    def objects(self, *lists: Sequence[Given]) -> list[Any]:
        """What the query of whole rows gives for the lists."""
        written, parameters = self._filled_in(lists)
        if written is None:
            return []
        compiler = copy(written.compiler)
        compiler.connection, compiler.as_sql = connections[written.queryset.db], lambda: (written.sql, parameters)
        asked: Any = _Asked(written.queryset.model, written.queryset.db, _Ready(compiler))
        return list(ModelIterable(asked))

    def _filled_in(self, lists: Sequence[Sequence[Given]]) -> tuple[_Written | None, list[Any]]:
        filled = [_filled(each) for each in lists]
        shape = (connection.vendor, *((len(each), type(each[0]) if each else None) for each in filled))
        if any(len(each) > LENGTHS[-1] for each in filled):
            written = self._written(filled)  # each such length is a shape of its own: too many to keep
        elif shape in self._known:
            written = self._known[shape]
        else:
            written = self._known[shape] = self._written(filled)
        if written is None:
            return None, []
        values = [value for each in filled for value in each]
        return written, [kind if number is None else kind(values[number]) for kind, number in written.holes]

    def _written(self, lists: list[list[Given]]) -> _Written | None:
        """The SQL for lists of these lengths; None when nothing can be found.

        It is written for values that nothing in the house has, so that they are known again among the parameters.
        """
        places: dict[Any, int] = {}
        stand_ins = []
        for each in lists:
            stand_ins.append([_stand_in(value, len(places) + number) for number, value in enumerate(each)])
            for value in stand_ins[-1]:
                places[_adapter(value)(value)] = len(places)
        queryset = self._build(*stand_ins)
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return None
        values = [value for each in stand_ins for value in each]
        holes: list[tuple[Any, int | None]] = []
        for parameter in parameters:
            number = places.get(parameter) if isinstance(parameter, Given) else None
            if number is None:
                holes.append((parameter, None))
            else:
                given = values[number]
                holes.append((_adapter(given) if isinstance(given, date | UUID) else type(parameter), number))
        return _Written(sql, holes, queryset, compiler)


def as_day(value: date | str) -> date:
    """A day as either database gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _filled(values: Sequence[Given]) -> list[Given]:
    found = list(values)
    length = next((length for length in LENGTHS if length >= len(found)), len(found))
    return found + found[-1:] * (length - len(found))


def _stand_in(value: Given, number: int) -> Given:
    if isinstance(value, int):
        return -(2**52) - number
    if isinstance(value, UUID):
        return UUID(int=2**100 + number)
    return f"\ue000{number}" if isinstance(value, str) else date(1, 1, 1) + timedelta(number)


def _adapter(value: Given) -> Callable[[Any], Any]:
    if isinstance(value, UUID):
        return _key
    return connection.ops.adapt_datefield_value if isinstance(value, date) else type(value)


def _key(value: UUID) -> UUID | str:
    return value if connection.features.has_native_uuid_field else value.hex
