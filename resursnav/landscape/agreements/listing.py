"""The list of agreements as it is asked for: filtered, sorted, and told row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from . import notice, reading, wording
from .models import Agreement, AgreementQuerySet, Counterpart
from .rules import SEE

STATUSES = {"now": _("Gäller"), "coming": _("Gäller inte än"), "ended": _("Har upphört"), "all": _("Alla")}
MONTHS = ("3", "6", "12")
SORTS = {
    "title": ("title_key",),
    "counterpart": ("counterpart__name_key", "title_key"),
    "ends": (F("valid_to").asc(nulls_last=True), "title_key"),
    "-ends": (F("valid_to").desc(nulls_last=True), "title_key"),
    "notice": (F("notice_by").asc(nulls_last=True), "title_key"),
    "-notice": (F("notice_by").desc(nulls_last=True), "title_key"),
    "-title": ("-title_key",),
    "-counterpart": ("-counterpart__name_key", "title_key"),
}
HEADS = (
    _("Avtal"), _("Avtalsnummer"), _("Motpart"), _("Avtalspart"), _("Gäller från och med"), _("Gäller till och med"),
    _("Sista uppsägningsdag"), _("Om ingen gör något"), _("Pris per år"), _("Status"),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it does not know is as if it were not said."""

    q: str
    status: str
    months: str
    counterpart: int | None
    sort: str

    @classmethod
    def of(cls, given: QueryDict) -> Asked:
        """Read from the address."""
        known = given.get("counterpart", "")
        return cls(
            q=given.get("q", "")[:100].replace("\0", "").strip(),
            status=given.get("status", "") if given.get("status") in STATUSES else "now",
            months=given.get("months", "") if given.get("months") in MONTHS else "",
            counterpart=int(known) if known.isascii() and known.isdecimal() and len(known) < 10 else None,
            sort=given.get("sort", "") if given.get("sort") in SORTS else "title",
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order was asked for."""
        return bool(self.q or self.months or self.counterpart or self.status != "now")


@dataclass(frozen=True, slots=True)
class Row:
    """One agreement as a row: its status, its last day, and its price where the reader may know it."""

    agreement: Agreement
    status: wording.Status
    end: date | None
    last_day: date | None
    priced: bool
    price: Decimal | None


def found(asked: Asked, person: Any, day: date) -> AgreementQuerySet:
    """The agreements that were asked for and that the person may see."""
    rows: AgreementQuerySet = Agreement.objects.visible_to(person, SEE)
    if asked.status == "now":
        rows = rows.in_force(day)
    elif asked.status == "coming":
        rows = rows.filter(valid_from__gt=day)
    elif asked.status == "ended":
        rows = rows.ended(day)
    if asked.months:
        rows = rows.filter(valid_to__gt=day, valid_to__lte=notice.add_months(day, int(asked.months)) + notice.DAY)
    if asked.counterpart is not None:
        rows = rows.filter(counterpart=asked.counterpart)
    return rows.matching(asked.q).select_related("counterpart", "owner").order_by(*SORTS[asked.sort], "pk")


def counterparts(person: Any) -> list[tuple[int, str]]:
    """The counterparts of the agreements that the person may see, to choose among."""
    seen = Agreement.objects.visible_to(person, SEE).values("counterpart")
    return list(Counterpart.objects.filter(pk__in=seen).values_list("pk", "name"))


def told(agreements: Sequence[Agreement], person: Any, day: date) -> list[Row]:
    """The agreements as rows, in two statements more."""
    priced = reading.priced(agreements, person)
    rows = []
    for one in agreements:
        end = one.end_on(day)
        shown = one.pk in priced
        last = end - notice.DAY if end else None
        rows.append(Row(one, wording.status(one, day), end, last, shown, one.price_on(day) if shown else None))
    return rows


def cells(row: Row, day: date) -> list[str]:
    """The row for a spreadsheet."""
    one = row.agreement
    return [
        one.title,
        one.number,
        one.counterpart.name,
        one.owner.name,
        one.valid_from.isoformat(),
        row.last_day.isoformat() if row.last_day else "",
        one.notice_by.isoformat() if one.notice_by else "",
        wording.consequence(one, day),
        f"{row.price:.2f}".replace(".", ",") if row.price is not None else "",
        row.status.label,
    ]
