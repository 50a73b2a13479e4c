"""Suggestions while one types, the coordinator's synonyms, and what people looked for in vain."""

from __future__ import annotations

import csv
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from resursnav.foundation.access import limits, may
from resursnav.foundation.access.pages import page
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.kernel.errors import Unable

from . import index, registry
from .actions import drop_synonyms, keep_synonyms
from .documents import Query
from .forms import SynonymForm
from .models import FailedSearch, SynonymGroup
from .rules import SEE_FAILED, SYNONYMS

PERIODS = (30, 90, 365)
# A quick typist makes about this many in a minute; a program makes more.
MOST_SUGGESTIONS = 240


@page(public=True)
def suggest(request: HttpRequest) -> JsonResponse:
    """Words and things to choose from while somebody types, only those that the person may find."""
    if seconds := limits.wait(request, limits.Limit("suggest", MOST_SUGGESTIONS)):
        return JsonResponse({"items": []}, status=429, headers={"Retry-After": str(seconds)})
    query = Query(audience=registry.audience_of(request.user), language=get_language() or "sv")
    items = []
    for found in index.suggest(request.GET.get("q", ""), query):
        kind = registry.kinds().get(found.kind)
        item: dict[str, str] = {"label": found.text, "kind": str(kind.label) if kind else ""}
        if kind and kind.url_name:
            item["url"] = reverse(kind.url_name, args=[found.id])
        items.append(item)
    answer = JsonResponse({"items": items})
    answer["Cache-Control"] = "private, max-age=60"
    return answer


@page(SYNONYMS)
def synonyms(request: HttpRequest) -> HttpResponse:
    """All groups of synonyms."""
    groups = SynonymGroup.objects.all()
    wanted = request.GET.get("q", "").strip().casefold()[:60]
    shown = [group for group in groups if any(wanted in word.casefold() for word in group.words)]
    listed = Paginator(shown, 50).get_page(request.GET.get("page"))
    return render(request, "search/synonyms.html", {"page": listed, "count": len(shown), "any": bool(groups)})


@page(SYNONYMS, methods=("GET", "POST"))
def new_synonyms(request: HttpRequest) -> HttpResponse:
    """Say that some words mean the same."""
    return _edit(request, None)


@page(SYNONYMS, load=SynonymGroup, see=SYNONYMS, methods=("GET", "POST"))
def edit_synonyms(request: HttpRequest, synonymgroup: SynonymGroup) -> HttpResponse:
    """Change a group of synonyms."""
    return _edit(request, synonymgroup)


def _edit(request: HttpRequest, group: SynonymGroup | None) -> HttpResponse:
    words = "\n".join(group.words) if group else request.GET.get("word", "")[:60]
    form = SynonymForm(request.POST or None, initial={"words": words, "language": group.language if group else "sv"})
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_synonyms(group=group, by=_person(request), at=timezone.now(), **form.cleaned_data)
        except Unable as refusal:
            form.add_error(refusal.field, refusal.reason)
        else:
            index.read_synonyms_anew()
            messages.success(
                request, _("Sparat: {words}. Sökningen använder orden från och med nu.").format(words=kept)
            )
            return redirect("search:synonyms")
    return render(request, "search/edit_synonyms.html", {"form": form, "group": group})


@page(SYNONYMS, load=SynonymGroup, see=SYNONYMS, methods=("GET", "POST"))
def remove_synonyms(request: HttpRequest, synonymgroup: SynonymGroup) -> HttpResponse:
    """Take a group of synonyms away, after asking."""
    if request.method == "POST":
        drop_synonyms(group=synonymgroup, by=_person(request), at=timezone.now())
        index.read_synonyms_anew()
        messages.success(request, _("Gruppen är borttagen."))
        return redirect("search:synonyms")
    return render(request, "search/remove_synonyms.html", {"group": synonymgroup})


@page(SEE_FAILED)
def failed(request: HttpRequest) -> HttpResponse:
    """What people looked for in vain, the most wanted first; as a table or a file."""
    days = next((days for days in PERIODS if request.GET.get("days") == str(days)), PERIODS[1])
    rows = FailedSearch.objects.visible_to(request.user, SEE_FAILED)
    municipalities = Organisation.objects.filter(kind=Kind.MUNICIPALITY, pk__in=rows.values("municipality"))
    place = next((m for m in municipalities if str(m.pk) == request.GET.get("municipality")), None)
    shown = rows.since(timezone.localdate() - timedelta(days=days))
    shown = shown.filter(municipality=place) if place else shown
    grouped = shown.by_text()
    if request.GET.get("format") == "csv":
        return _as_csv(grouped[:10_000])
    listed = Paginator(grouped, 50).get_page(request.GET.get("page"))
    context = {"page": listed, "days": days, "periods": PERIODS, "municipalities": municipalities, "place": place}
    context["tends"] = may(request.user, SYNONYMS)
    return render(request, "search/failed.html", context)


def _as_csv(rows: Any) -> HttpResponse:
    """The table as a file that spreadsheets open in Swedish; no cell can act as a formula."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="sokningar-utan-traff.csv"'
    out = csv.writer(answer, delimiter=";")
    out.writerow([_("Sökte efter"), _("Gånger"), _("Kommuner"), pgettext("date", "Senast")])
    for row in rows:
        text = f"'{row['text']}" if row["text"][:1] in "=+-@\t\r" else row["text"]
        out.writerow([text, row["times"], row["places"], row["last"].isoformat()])
    return answer


def _person(request: HttpRequest) -> Any:
    return request.user
