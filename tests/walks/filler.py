"""Fills any table with believable rows of one side, so that new tables are walked over without being listed.

Every text of a row carries its side's marker. What a constraint demands beyond that stands in RECIPES.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.apps import apps
from django.db import DataError, IntegrityError, models, transaction

from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Assignment, Person
from tests import factories

from .recipes import ELSEWHERE, NOBODYS, RECIPES

_numbers = count(1)
MOMENT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
Model = type[models.Model]


def ours() -> list[Model]:
    """Every table of ours that the world does not make itself."""
    found = [model for model in apps.get_models() if model.__module__.startswith("resursnav.")]
    return [model for model in found if model._meta.label not in ELSEWHERE]


def targets(model: Model) -> Iterator[tuple[models.Field[Any, Any], Model]]:
    for field in model._meta.local_fields:
        if field.is_relation and isinstance(field, models.ForeignKey):
            yield field, field.related_model


def in_order(found: list[Model]) -> list[Model]:
    """The tables such that each comes after those that it must point at."""
    placed: list[Model] = []
    waiting = list(found)
    while waiting:
        ready = [
            model
            for model in waiting
            if all(target not in waiting or target is model for field, target in targets(model) if not field.null)
        ]
        if not ready:
            raise ValueError(f"These tables must point at each other: {[model._meta.label for model in waiting]}")
        placed += ready
        waiting = [model for model in waiting if model not in ready]
    return placed


def sided(model: Model, seen: frozenset[Model] = frozenset()) -> bool:
    """Whether rows belong to somebody: to a place or a person, by themselves or through what they point at."""
    if model._meta.label in NOBODYS:
        return False
    return any(
        target in {Organisation, Person}
        or (target not in seen and target is not model and sided(target, seen | {model}))
        for _field, target in targets(model)
        if target.__module__.startswith("resursnav.")
    )


class Filler:
    """Makes rows of one side: `marker` stands in all their texts, and they belong to its places and people."""

    def __init__(self, marker: str, town: Organisation) -> None:
        self.marker, self.town = marker, town
        self.rows: dict[Model, list[models.Model]] = {Organisation: [town], Person: []}

    def places(self, many: int) -> None:
        """More schools in the municipality."""
        self.rows[Organisation] += [
            factories.organisation(self.town, name=f"Skolan {self.marker} {next(_numbers)}") for _ in range(many)
        ]

    def people(self, many: int) -> None:
        """More teachers, one after the other at the places."""
        for _ in range(many):
            number = next(_numbers)
            node = self.rows[Organisation][len(self.rows[Person]) % len(self.rows[Organisation])]
            names = {"given_name": self.marker, "family_name": f"{self.marker} {number}"}
            email = f"{self.marker}{number}@example.org".lower()
            somebody = factories.person(email=email, **names)
            self.rows[Person].append(somebody)
            self.rows.setdefault(Assignment, []).append(factories.assignment(somebody, Role.TEACHER, node))

    def fill(self, model: Model, many: int = 1) -> list[models.Model]:
        """Make that many rows of the table."""
        rows = []
        for _ in range(many):
            made = model(**self.values(model))
            try:
                with transaction.atomic():
                    made.save(force_insert=True)
            except (IntegrityError, DataError) as problem:
                raise AssertionError(
                    f"{model._meta.label} needs a recipe (tests/walks/recipes.py): {problem}"
                ) from None
            self.rows.setdefault(model, []).append(made)
            rows.append(made)
        for field in model._meta.local_many_to_many:
            linked = self.rows.get(field.related_model, [])[:1]
            through = field.remote_field.through
            if through._meta.auto_created and linked:
                for row in rows:
                    getattr(row, field.name).add(*linked)
        return rows

    def another(self, label: str) -> models.Model:
        """A row of the table that nothing points at yet."""
        return self.fill(apps.get_model(label))[0]

    def first(self, label: str) -> Any:
        """The first row of the table on this side."""
        return self.rows[apps.get_model(label)][0]

    def values(self, model: Model) -> dict[str, Any]:
        number = next(_numbers)
        recipe = RECIPES.get(model._meta.label, {})
        values = {
            field.name: self.value(model, field, number)
            for field in model._meta.local_fields
            if not (field.primary_key and not field.is_relation and isinstance(field, models.AutoField))
            and field.name not in recipe
        }
        for name, given in recipe.items():
            values[name] = given(self, number) if callable(given) else given
        return {name: value for name, value in values.items() if value is not ...}

    def value(self, model: Model, field: models.Field[Any, Any], number: int) -> Any:
        """A value for the field; ... leaves it to its default."""
        if isinstance(field, models.ForeignKey):
            return self.linked(model, field)
        if field.choices:
            return ... if field.has_default() or field.blank else field.choices[0][0]
        if isinstance(field, models.CharField | models.TextField):
            return self.text(field, number)
        if field.null or field.has_default():
            return ...
        return self.plain(field, number)

    def linked(self, model: Model, field: models.ForeignKey[Any, Any]) -> Any:
        target = field.related_model
        if target is model:
            return None if field.null else ...
        if isinstance(field, models.OneToOneField):
            return self.fill(target)[0]
        known = self.rows.get(target)
        if known:  # one after the other, because a place or a person often has only one row of a kind
            return known[len(self.rows.get(model, [])) % len(known)]
        return None if field.null else self.fill(target)[0]

    def text(self, field: models.Field[Any, Any], number: int) -> str:
        if isinstance(field, models.EmailField):
            return f"{self.marker}{number}@example.org".lower()
        if isinstance(field, models.URLField):
            return f"https://example.org/{self.marker}{number}"
        text = f"{self.marker} {number}"
        return text if field.max_length is None or len(text) <= field.max_length else str(number)[-field.max_length :]

    def plain(self, field: models.Field[Any, Any], number: int) -> Any:
        kinds: tuple[tuple[type, Any], ...] = (
            (models.BooleanField, False),
            (models.DateTimeField, MOMENT),
            (models.DateField, date(2026, 11, 2)),
            (models.TimeField, MOMENT.time()),
            (models.DecimalField, Decimal(1)),
            (models.FloatField, 1.0),
            (models.SmallIntegerField, number % 30_000),
            (models.PositiveSmallIntegerField, number % 30_000),
            (models.IntegerField, number),
            (models.JSONField, {}),
            (models.UUIDField, uuid.uuid4()),
            (models.BinaryField, b"x"),
        )
        for kind, value in kinds:
            if isinstance(field, kind):
                return value
        raise ValueError(f"No value for {field}: add one to {__name__} or a recipe to recipes.py")
