"""The tree as it stood at the end of a year, from the snapshot that was kept then."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from resursnav.foundation.access.pages import page

from ..models import Kind, Organisation, TreeSnapshot
from ..rules import SEE

# Under which column of the snapshot the units of a node of this kind are counted.
_COUNTED_BY = {Kind.REGION: "region", Kind.MUNICIPALITY: "municipality"}


@page(SEE)
def whole(request: HttpRequest) -> HttpResponse:
    """The regions of a year."""
    return _year(request, None)


@page(SEE, load=Organisation)
def below(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What lay directly below the organisation in a year, and what it was called."""
    return _year(request, organisation)


def _year(request: HttpRequest, node: Organisation | None) -> HttpResponse:
    kept = TreeSnapshot.objects.visible_to(request.user, SEE)
    years = list(kept.order_by("-year").values_list("year", flat=True).distinct())
    asked = request.GET.get("year", "")
    year = next((one for one in years if str(one) == asked), years[0] if years else 0)
    rows = kept.filter(year=year).select_related("organisation", "organisation__parent").order_by("kind", "name", "pk")
    then = rows.filter(organisation=node).select_related("parent", "municipality", "region").first() if node else None
    rows = rows.filter(parent=node) if node else rows.filter(kind=Kind.REGION)
    listed = Paginator(rows, 60).get_page(request.GET.get("page"))
    _count_units(kept.filter(year=year), list(listed))
    return render(
        request,
        "organisations/years.html",
        {"node": node, "then": then, "year": year, "years": years, "page": listed},
    )


def _count_units(kept: Any, rows: list[TreeSnapshot]) -> None:
    """Give each row `units`: how many units lay below it that year; below a department only those right under it."""
    units = kept.filter(kind=Kind.UNIT).order_by()
    found: dict[tuple[str, int], int] = {}
    for column in {_COUNTED_BY.get(Kind(row.kind), "parent") for row in rows if row.kind != Kind.UNIT}:
        wanted = [row.organisation_id for row in rows if _COUNTED_BY.get(Kind(row.kind), "parent") == column]
        counted = units.filter(**{f"{column}__in": wanted}).values_list(column).annotate(number=Count("pk"))
        found |= {(column, pk): number for pk, number in counted}
    for row in rows:
        row.units = found.get((_COUNTED_BY.get(Kind(row.kind), "parent"), row.organisation_id), 0)  # type: ignore[attr-defined]  # read by the template
