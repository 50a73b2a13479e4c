"""Pages about imports of every kind: the list, one batch from check to result, and its log."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page
from resursnav.kernel.errors import Unable

from . import actions, told
from .cells import for_spreadsheet
from .kinds import ImportKind, kinds
from .models import ImportBatch, Status
from .rules import RUN, SEE

PER_PAGE = 30
POLL_SECONDS = 2


@page(SEE)
def index(request: HttpRequest) -> HttpResponse:
    """Every import that the person may see, the latest first."""
    rows = ImportBatch.objects.visible_to(request.user, SEE).select_related("organisation", "uploaded_by")
    listed = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    batches = [{"batch": one, "kind": told.label(one), "tone": told.tone(one)} for one in listed]
    ways = {one.new_url: one.new_label for one in kinds() if one.new_rule and may(request.user, one.new_rule)}
    return render(request, "imports/index.html", {"page": listed, "batches": batches, "ways": list(ways.items())})


@page(SEE, load=ImportBatch)
def show(request: HttpRequest, importbatch: ImportBatch) -> HttpResponse:
    """One import: how far it has come, what it would do, what is wrong, and the button that does it."""
    return _shown(request, importbatch, "imports/show.html")


@page(SEE, load=ImportBatch)
def progress(request: HttpRequest, importbatch: ImportBatch) -> HttpResponse:
    """The part of the page that changes while somebody waits; a whole page for those who come here without htmx."""
    if request.headers.get("HX-Request") != "true":
        return redirect("imports:show", pk=importbatch.pk)
    return _shown(request, importbatch, "imports/parts/_state.html")


def _shown(request: HttpRequest, batch: ImportBatch, template: str) -> HttpResponse:
    batch = ImportBatch.objects.select_related("organisation", "uploaded_by", "confirmed_by").get(pk=batch.pk)
    kind = told.kind(batch)
    done, total = batch.progress()
    problems, notes = told.problems(batch, kind)
    context = {
        "batch": batch,
        "kind": kind,
        "label": told.label(batch),
        "tone": told.tone(batch),
        "facts": told.facts(batch, kind),
        "groups": told.groups(batch, kind),
        "problems": problems,
        "notes": notes,
        "done": done,
        "total": total,
        "may_run": may(request.user, RUN, batch),
        "poll": POLL_SECONDS,
        "confirm_label": told.confirm_label(batch, kind),
        "match_url": reverse(kind.match_url, args=[batch.pk]) if _is_matched(batch, kind) else "",
        "done_url": reverse(kind.done_url) if kind and kind.done_url else "",
        "done_label": kind.done_label if kind and kind.done_label else _("Visa det som togs in"),
        "new_url": reverse(kind.new_url) if kind and kind.new_url else "",
    }
    return render(request, template, context)


def _is_matched(batch: ImportBatch, kind: ImportKind | None) -> bool:
    """Whether there are columns to say something about."""
    return bool(kind and kind.match_url) and (batch.status == Status.MATCHING or "columns" in batch.options)


@page(RUN, load=ImportBatch, methods=("POST",))
def confirm(request: HttpRequest, importbatch: ImportBatch) -> HttpResponse:
    """Take it in: at once when it is small, otherwise the worker does it."""
    return _do(request, importbatch, actions.confirm, actions.apply)


@page(RUN, load=ImportBatch, methods=("POST",))
def check(request: HttpRequest, importbatch: ImportBatch) -> HttpResponse:
    """Check the file anew."""

    def again(*, batch: ImportBatch, by: Any, at: Any) -> ImportBatch:
        return actions.match(batch=batch, options={}, by=by, at=at)

    return _do(request, importbatch, again, actions.check)


@page(RUN, load=ImportBatch, methods=("POST",))
def discard(request: HttpRequest, importbatch: ImportBatch) -> HttpResponse:
    """Stop it and throw the file away."""
    return _do(request, importbatch, actions.discard, None)


def _do(request: HttpRequest, batch: ImportBatch, first: Any, then: Any) -> HttpResponse:
    try:
        batch = first(batch=batch, by=request.user, at=timezone.now())
        if then is not None and batch.is_small:
            then(batch=batch, at=timezone.now())
    except Unable as refusal:
        messages.error(request, refusal.reason)
    return redirect("imports:show", pk=batch.pk)


@page(SEE, load=ImportBatch)
def problems(request: HttpRequest, importbatch: ImportBatch) -> StreamingHttpResponse:
    """The log as a table, to mend the file by."""

    kind = told.kind(importbatch)

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo(), delimiter=";")
        yield "\ufeff" + writer.writerow([_("Rad"), _("Fält"), _("Värde"), _("Skäl"), _("Följd")])
        for one in importbatch.problems.iterator(chunk_size=1000):
            result = _("togs in ändå") if one.is_note else _("togs inte in")
            cells = [str(one.line or ""), told.field_name(kind, one.field), one.value, str(one), result]
            yield writer.writerow([for_spreadsheet(cell) for cell in cells])

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="import-{importbatch.pk}.csv"'
    return answer


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        """As it came."""
        return value
