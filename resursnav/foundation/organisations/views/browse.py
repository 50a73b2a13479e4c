"""Reading the tree: search and browse, and the page of one organisation."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page
from resursnav.foundation.imports.cells import for_spreadsheet
from resursnav.foundation.ui.panels import panels

from ..models import Counted, HistoryEntry, Kind, Organisation, OrganisationQuerySet, UnitType
from ..rules import EDIT, FOUND, GROW, IMPORT, RESHAPE, SEE


def _found(request: HttpRequest, today: date) -> OrganisationQuerySet:
    """The organisations that the filter asks for; closed ones only when asked for."""
    rows = Organisation.objects.visible_to(request.user, SEE)
    if request.GET.get("closed") != "1":
        rows = rows.not_closed_on(today)
    q = request.GET.get("q", "")[:100].replace("\0", "").strip()
    if q:
        rows = rows.matching(q)
    what = request.GET.get("type", "")
    if what in UnitType.values:
        rows = rows.filter(unit_type=what)
    elif what in Kind.values:
        rows = rows.filter(kind=what)
    return rows


def _asked(request: HttpRequest) -> bool:
    return bool(request.GET.get("q", "").strip() or request.GET.get("type") or request.GET.get("closed"))


@page(SEE)
def index(request: HttpRequest) -> HttpResponse:
    """The regions with their counts, or what the filter finds."""
    today = timezone.localdate()
    asked = _asked(request)
    rows = _found(request, today) if asked else Organisation.objects.filter(kind=Kind.REGION).not_closed_on(today)
    if request.GET.get("format") == "csv":
        return _csv(rows)
    rows = rows.select_related("parent") if asked else rows.with_units(today)
    return render(
        request,
        "organisations/index.html",
        {
            "page": Paginator(rows, 50).get_page(request.GET.get("page")),
            "asked": asked,
            "q": request.GET.get("q", "")[:100],
            "type": request.GET.get("type", ""),
            "closed": request.GET.get("closed") == "1",
            "types": [*Kind.choices[:3], *UnitType.choices],
            "today": today,
            "may_import": may(request.user, IMPORT),
            "may_found": may(request.user, FOUND),
        },
    )


def _csv(rows: OrganisationQuerySet) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="organisationer.csv"'
    response.write("\ufeff")  # Excel reads UTF-8 only with this mark
    sheet = csv.writer(response, delimiter=";")
    sheet.writerow([_("Namn"), _("Nivå"), _("Typ"), _("Kod"), _("Sigel"), _("Ligger under"), _("Postort"), _("E-post")])
    for node in rows.select_related("parent").iterator(chunk_size=1000):
        parent = node.parent.name if node.parent else ""
        cells = [node.name, str(node.get_kind_display()), str(node.get_unit_type_display()), node.code, node.sigel]
        sheet.writerow([for_spreadsheet(cell) for cell in [*cells, parent, node.town, node.email]])
    return response


class _PageOfMany(Paginator):  # type: ignore[type-arg]  # takes no argument when it runs
    """Pages whose rows tell how many there are in all, so that one question is enough."""

    def get_page(self, number: Any) -> Page[Any]:
        """The page with its total; the last page for a number past the end, as everywhere."""
        wanted = int(number) if str(number).isascii() and str(number).isdecimal() and len(str(number)) < 8 else 1
        start = (max(wanted, 1) - 1) * self.per_page
        every: Any = self.object_list
        rows = list(every.with_total()[start : start + self.per_page])
        if not rows and wanted > 1:
            return super().get_page(number)
        self.count = rows[0].total if rows else 0
        return Page(rows, max(wanted, 1), self)


def _head_counts(node: Any) -> list[dict[str, Any]]:
    """The latest figures that came with the node."""
    return [
        {"label": label, "number": getattr(node, f"latest_{what}"), "day": getattr(node, f"latest_{what}_date")}
        for what, label in Counted.choices
        if getattr(node, f"latest_{what}") is not None
    ]


def _name_heir(organisation: Organisation, history: list[HistoryEntry]) -> None:
    """What the organisation went up in stands in its story too, and need not be read again."""
    for entry in history:
        if entry.other is not None and entry.other_id == organisation.merged_into_id:
            organisation.merged_into = entry.other


@page(SEE, load=Organisation)
def show(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What it is, where it lies, how to reach it, what lies below, and its story."""
    today = timezone.localdate()
    below = organisation.children.with_units(today).order_by("kind", "name_key")
    if request.GET.get("closed") != "1":
        below = below.not_closed_on(today)
    path = list(Organisation.objects.path_to(organisation.pk).with_head_counts())
    organisation.known_above = frozenset(node.pk for node in path)
    history = list(organisation.history.select_related("other")[:50])
    _name_heir(organisation, history)
    context: dict[str, Any] = {
        "organisation": organisation,
        "path": [node for node in path if node.pk != organisation.pk],
        "page": _PageOfMany(below, 60).get_page(request.GET.get("page")),
        "closed": request.GET.get("closed") == "1",
        "is_open": organisation.is_open(today),
        "history": history,
        "counts": [count for node in path if node.pk == organisation.pk for count in _head_counts(node)],
        "panels": panels(request, "organisations:show", organisation),
        "today": today,
        "may_edit": may(request.user, EDIT, organisation),
        "may_grow": may(request.user, GROW, organisation),
        "may_reshape": may(request.user, RESHAPE, organisation),
    }
    return render(request, "organisations/show.html", context)
