"""How much is used: what was asked for, the rows of a table, and the rights that have a limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.http import QueryDict
from django.template.defaultfilters import date as date_text
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.deliver.resources.models import SubjectTerm
from resursnav.deliver.resources.vocabulary import MediaType
from resursnav.landscape.agreements.models import Agreement, UsageRight
from resursnav.landscape.agreements.rules import SEE as SEE_AGREEMENT

from .models import CodeWay, Meter, Seat, StreamUse, StreamUseQuerySet
from .rules import SEE_USE

# What one may count by: the column, and its name.
BY: dict[str, tuple[str, Any]] = {
    "resource": ("resource", gettext_lazy("resurs")),
    "agreement": ("right__agreement", gettext_lazy("avtal")),
    "municipality": ("municipality", gettext_lazy("kommun")),
    "unit": ("unit", gettext_lazy("enhet")),
    "subject": ("subject", gettext_lazy("ämne")),
    "type": ("media_type", gettext_lazy("medietyp")),
    "way": ("way", gettext_lazy("användningssätt")),
    "month": ("month", gettext_lazy("månad")),
}
HEADS = (gettext_lazy("Visningar"), gettext_lazy("Med klasskod"), gettext_lazy("Avvisade, fullt"))
LIMITED = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """Which days, counted by what."""

    first: date
    last: date
    by: str

    @classmethod
    def of(cls, given: QueryDict, today: date) -> Asked:
        """What the address says; else this school year by resource. Days the wrong way round are turned."""
        first, last = _day(given.get("from", "")), _day(given.get("to", ""))
        first, last = first or school_year(last or today), last or today
        by = given.get("by", "")
        return cls(min(first, last), max(first, last), by if by in BY else "resource")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    key: Any
    label: str
    uses: int
    by_code: int
    away: int


@dataclass(frozen=True, slots=True)
class Limited:
    """A right with a limit: how much of it is gone, and how many places are taken now."""

    right: UsageRight
    uses: int
    seats: int

    @property
    def percent(self) -> int:
        """How much of the uses is gone."""
        return 100 * self.uses // self.right.most_uses if self.right.most_uses else 0


def school_year(day: date) -> date:
    """The first of August at or before the day."""
    return date(day.year if day.month >= 8 else day.year - 1, 8, 1)


def found(person: Any, asked: Asked) -> StreamUseQuerySet:
    """The lines of the days that the person may see."""
    rows: StreamUseQuerySet = StreamUse.objects.visible_to(person, SEE_USE).between(asked.first, asked.last)
    return rows


def counted(rows: StreamUseQuerySet, by: str) -> QuerySet[Any, Any]:
    """The rows added up, the most used first; months in their order."""
    column = BY[by][0]
    named = rows.annotate(month=TruncMonth("day")) if by == "month" else rows
    groups = [column, _NAMES[by]] if by in _NAMES else [column]
    summed = (
        named.order_by()
        .values(*groups)
        .annotate(
            uses=Sum("number"), by_codes=Sum("number", filter=Q(by_code=True), default=0), away=Sum("turned_away")
        )
    )
    return summed.order_by(column) if by == "month" else summed.order_by("-uses", *groups)


def told(rows: Sequence[dict[str, Any]], by: str, person: Any) -> list[Row]:
    """The lines with names that the person may read."""
    column = BY[by][0]
    names = _names(by, [row[column] for row in rows], person)
    return [Row(row[column], _label(by, row, column, names), row["uses"], row["by_codes"], row["away"]) for row in rows]


_NAMES = {"resource": "resource__title", "municipality": "municipality__name", "unit": "unit__name"}


def _names(by: str, keys: Sequence[Any], person: Any) -> dict[Any, str]:
    if by == "agreement":
        seen = Agreement.objects.visible_to(person, SEE_AGREEMENT).filter(pk__in=[key for key in keys if key])
        return dict(seen.values_list("pk", "title"))
    if by == "subject":
        return dict(SubjectTerm.objects.school().filter(code__in=keys).values_list("code", "label"))
    return {}


def _label(by: str, row: dict[str, Any], column: str, names: dict[Any, str]) -> str:
    key = row[column]
    match by:
        case "agreement":
            return names.get(key) or (_("ett annat avtal") if key else _("utan avtal"))
        case "subject":
            return names.get(key) or _("inget skolämne")
        case "type":
            return str(MediaType(key).label)
        case "way":
            return str(CodeWay(key).label)
        case "month":
            return date_text(key, "F Y")
        case _:
            return str(row[_NAMES[by]])


def limited(person: Any, now: datetime) -> list[Limited]:
    """The rights with a limit that the person may see and that hold today, those nearest their end first."""
    today = timezone.localdate(now)
    rights = UsageRight.objects.visible_to(person, SEE_AGREEMENT).filter(way__in=CodeWay.values)
    rights = rights.filter(Q(most_users__isnull=False) | Q(most_uses__isnull=False))
    rights = rights.filter(agreement__in=Agreement.objects.in_force(today))
    held = Seat.objects.held_at(now).filter(right=OuterRef("pk")).order_by().values("right").annotate(n=Count("pk"))
    gone = Meter.objects.filter(right=OuterRef("pk")).values("uses")
    rights = rights.annotate(seats_now=Coalesce(Subquery(held.values("n")), 0), used=Coalesce(Subquery(gone), 0))
    lines = [Limited(right, right.used, right.seats_now) for right in rights[: 10 * LIMITED]]
    return sorted(lines, key=lambda line: -line.percent)[:LIMITED]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
