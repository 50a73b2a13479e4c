"""The stamp as an expression, to be asked for together with something else."""

from __future__ import annotations

from django.db.models import BigIntegerField, Subquery, Value
from django.db.models.functions import Coalesce

from .models import Stamp
from .prepared import Prepared

_named = Prepared(lambda names: Stamp.objects.filter(name__in=names).values_list("number"))


def stamp_now(name: str) -> int:
    """The stamp's number, in a statement of its own; 0 when none has been drawn."""
    return next((number for (number,) in _named.rows([name])), 0)


def stamp(name: str) -> Coalesce:
    """The stamp's number in the statement that it is put into; 0 when none has been drawn."""
    number = Stamp.objects.filter(name=name).values("number")[:1]
    return Coalesce(Subquery(number, output_field=BigIntegerField()), Value(0, output_field=BigIntegerField()))
