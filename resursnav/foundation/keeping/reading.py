"""The stamp as an expression, to be asked for together with something else."""

from __future__ import annotations

from django.db.models import BigIntegerField, Subquery, Value
from django.db.models.functions import Coalesce

from .models import Stamp


def stamp(name: str) -> Coalesce:
    """The stamp's number in the statement that it is put into; 0 when none has been drawn."""
    number = Stamp.objects.filter(name=name).values("number")[:1]
    return Coalesce(Subquery(number, output_field=BigIntegerField()), Value(0, output_field=BigIntegerField()))
