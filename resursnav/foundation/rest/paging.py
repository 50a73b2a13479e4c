"""Lists in pages: by key, so that a page stays right while rows come and go, and costs the same wherever it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from .cursors import LONGEST, BadCursor, read, written
from .problems import Problem

Row = TypeVar("Row", bound=Model)

USUAL, MOST = 20, 100


def _written(value: object) -> object:
    """Only moments written as dates: a bare number would be taken for seconds since 1970."""
    if isinstance(value, str) and not re.match(r"\d{4}-\d{2}-\d{2}", value):
        raise PydanticCustomError("datetime_written", "Write a moment as in 2026-11-22T08:00:00Z")
    return value


def _in_utc(value: datetime) -> datetime:
    """The moment in UTC, which every database takes; without a zone it is Swedish time.

    PostgreSQL refuses zones more than 16 hours off. What lies outside the calendar is its first or last day.
    """
    aware = value if value.tzinfo else timezone.make_aware(value)
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        return datetime(1, 1, 1, tzinfo=UTC) if aware.year == 1 else datetime(9999, 12, 31, tzinfo=UTC)


Moment = Annotated[datetime, BeforeValidator(_written), AfterValidator(_in_utc)]


class Paged(Schema):
    """Which page of a list is wanted."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="How many things a page has.")
    cursor: str | None = Field(
        None, max_length=LONGEST, description="The marker of the page, as it stands in `next` of the page before."
    )


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """One page of rows, and the address of the next; None when this is the last."""

    items: Sequence[Row]
    next: str | None


def slice_of(rows: QuerySet[Row], *, request: HttpRequest, asked: Paged) -> Slice[Row]:
    """The rows after the marker, in order of their keys."""
    if asked.cursor:
        rows = rows.filter(pk__gt=place_of(asked.cursor, "after"))
    found = list(rows.order_by("pk")[: asked.limit + 1])
    more = len(found) > asked.limit
    found = found[: asked.limit]
    return Slice(found, address_of(request, written("after", found[-1].pk)) if more else None)


def place_of(cursor: str, kind: str) -> int:
    """The place that the marker names; a problem when it was not made here."""
    try:
        return read(cursor, kind)
    except BadCursor:
        detail = _("Bokmärket går inte att läsa. Börja om från första sidan.")
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=[(("query", "cursor"), detail)]) from None


def address_of(request: HttpRequest, cursor: str) -> str:
    """The address that was asked for, at another marker."""
    asked: Any = request.GET.copy()
    asked["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
