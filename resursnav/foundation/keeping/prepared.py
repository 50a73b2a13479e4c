"""A query that is asked all the time: its SQL is worked out once for each shape, and then only filled in.

To write the SQL of a union takes the ORM several times as long as the database needs to answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Given = int | str | date
# Lists are filled up to one of these lengths with their last value, so that few shapes are worked out.
LENGTHS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


class Prepared:
    """`build` makes the query from lists of keys, texts or days, of which every value becomes a parameter as it is.

    A list stands in an `__in`, or has one value (`[day]`) that stands anywhere. The query yields plain values, which
    nothing converts on the way: numbers and texts; days are texts on SQLite, and `as_day` reads both. What else
    `build` puts into the query must be the same each time.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self._build = build
        self._known: dict[tuple[Any, ...], tuple[str, list[tuple[Any, int | None]]] | None] = {}

    def rows(self, *lists: Sequence[Given]) -> list[tuple[Any, ...]]:
        """What the query gives for the lists."""
        filled = [_filled(each) for each in lists]
        shape = (connection.vendor, *((len(each), type(each[0]) if each else None) for each in filled))
        if shape not in self._known:
            self._known[shape] = self._written(filled)
        written = self._known[shape]
        if written is None:
            return []
        sql, holes = written
        values = [value for each in filled for value in each]
        with connection.cursor() as cursor:
            cursor.execute(sql, [kind if number is None else kind(values[number]) for kind, number in holes])
            return list(cursor.fetchall())

    def _written(self, lists: list[list[Given]]) -> tuple[str, list[tuple[Any, int | None]]] | None:
        """The SQL and its parameters: constants, or how to adapt which of the values; None when nothing can be found.

        It is written for values that nothing in the house has, so that they are known again among the parameters.
        """
        places: dict[Any, int] = {}
        stand_ins = []
        for each in lists:
            stand_ins.append([_stand_in(value, len(places) + number) for number, value in enumerate(each)])
            for value in stand_ins[-1]:
                places[_adapter(value)(value)] = len(places)
        try:
            sql, parameters = self._build(*stand_ins).query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            return None
        values = [value for each in stand_ins for value in each]
        holes: list[tuple[Any, int | None]] = []
        for parameter in parameters:
            number = places.get(parameter) if isinstance(parameter, int | str | date) else None
            if number is None:
                holes.append((parameter, None))
            else:
                given = values[number]
                holes.append((_adapter(given) if isinstance(given, date) else type(parameter), number))
        return sql, holes


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
    return f"\ue000{number}" if isinstance(value, str) else date(1, 1, 1) + timedelta(number)


def _adapter(value: Given) -> Callable[[Any], Any]:
    return connection.ops.adapt_datefield_value if isinstance(value, date) else type(value)
