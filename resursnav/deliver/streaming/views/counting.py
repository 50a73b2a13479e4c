"""How much is streamed, for the centre and for those who answer for a municipality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.foundation.imports import sheets
from resursnav.foundation.ui.asking import StaffRequest
from resursnav.foundation.ui.charts import Chart, Series

from .. import using
from ..rules import SEE_USE

PER_PAGE = 50
MOST = 20_000


@page(SEE_USE)
def use(request: StaffRequest) -> HttpResponse:
    """The uses of some days by resource, agreement, place, subject or month; and the rights that have a limit."""
    now = timezone.now()
    asked = using.Asked.of(request.GET, timezone.localdate(now))
    rows = using.found(request.user, asked)
    counted = using.counted(rows, asked.by)
    kind = request.GET.get("format", "")
    if kind in ("csv", "xlsx"):
        make = sheets.as_csv if kind == "csv" else sheets.as_xlsx
        heads = [str(using.BY[asked.by][1]).capitalize(), *using.HEADS]
        return make("strommat", heads, _cells(using.told(list(counted[:MOST]), asked.by, request.user)))
    pages = Paginator(counted, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "choices": [(code, label) for code, (_column, label) in using.BY.items()],
        "pages": pages,
        "rows": using.told(list(pages), asked.by, request.user),
        "totals": rows.totals(),
        "chart": _chart(using.told(list(using.counted(rows, "month")), "month", request.user)),
        "limits": using.limited(request.user, now),
        "head": using.BY[asked.by][1],
    }
    return render(request, "streaming/use.html", context)


def _cells(rows: Iterable[using.Row]) -> Iterator[list[str]]:
    for row in rows:
        yield [row.label, str(row.uses), str(row.by_code), str(row.away)]


def _chart(months: list[using.Row]) -> Chart | None:
    """The months as bars; nothing to see in one alone."""
    if len(months) < 2:
        return None
    most: Any = max(months, key=lambda row: row.uses)
    title = _("Mest strömmades i %(month)s") % {"month": most.label}
    return Chart(
        title, tuple(row.label for row in months), (Series(_("visningar"), tuple(row.uses for row in months)),)
    )
