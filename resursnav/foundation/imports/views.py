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
from resursnav.kernel.text import number as number_text

from . import actions
from .cells import for_spreadsheet
from .kinds import ImportKind, kind_of
from .models import ImportBatch, Status, Verdict
from .rules import RUN, SEE

PER_PAGE = 30
SHOWN_PROBLEMS = 50
SHOWN_CHANGES = 40
POLL_SECONDS = 2
TONES = {Status.APPLIED: "good", Status.FAILED: "danger", Status.REFUSED: "danger", Status.CHECKED: "warning"}


@page(SEE)
def index(request: HttpRequest) -> HttpResponse:
    """Every import that the person may see, the latest first."""
    rows = ImportBatch.objects.visible_to(request.user, SEE).select_related("organisation", "uploaded_by")
    listed = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    batches = [{"batch": one, "kind": _label(one), "tone": TONES.get(Status(one.status), "info")} for one in listed]
    return render(request, "imports/index.html", {"page": listed, "batches": batches})


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
    kind = _kind(batch)
    done, total = batch.progress()
    changes = batch.changes.exclude(verdict=Verdict.SAME)
    return render(
        request,
        template,
        {
            "batch": batch,
            "kind": kind,
            "tone": TONES.get(Status(batch.status), "info"),
            "facts": _facts(batch),
            "groups": [
                (verdict.label, list(changes.filter(verdict=verdict)[:SHOWN_CHANGES])) for verdict in _told(batch)
            ],
            "problems": batch.problems.wrong()[:SHOWN_PROBLEMS],
            "notes": batch.problems.notes()[:SHOWN_PROBLEMS],
            "done": done,
            "total": total,
            "left": max(0, total - done),
            "may_run": may(request.user, RUN, batch),
            "poll": POLL_SECONDS,
            "confirm_label": _confirm_label(batch, kind),
            "match_url": reverse(kind.match_url, args=[batch.pk]) if kind and kind.match_url else "",
            "done_url": reverse(kind.done_url) if kind and kind.done_url else "",
            "done_label": kind.done_label if kind and kind.done_label else _("Visa det som togs in"),
        },
    )


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

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo(), delimiter=";")
        yield "\ufeff" + writer.writerow([_("Rad"), _("Fält"), _("Värde"), _("Skäl"), _("Följd")])
        for one in importbatch.problems.iterator(chunk_size=1000):
            result = _("togs in ändå") if one.is_note else _("togs inte in")
            cells = [str(one.line or ""), one.field, one.value, str(one), result]
            yield writer.writerow([for_spreadsheet(cell) for cell in cells])

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="import-{importbatch.pk}.csv"'
    return answer


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        """As it came."""
        return value


def _kind(batch: ImportBatch) -> ImportKind | None:
    try:
        return kind_of(batch.kind)
    except KeyError:
        return None


def _label(batch: ImportBatch) -> str:
    kind = _kind(batch)
    return str(kind.label) if kind else batch.kind


def _told(batch: ImportBatch) -> list[Verdict]:
    return [verdict for verdict in Verdict if verdict not in {Verdict.SAME, Verdict.WRONG} and getattr(batch, verdict)]


def _facts(batch: ImportBatch) -> list[tuple[str, int]]:
    """What it does, in numbers; nothings are left out except the first."""
    told = [
        (_("nya"), batch.new),
        (_("ändras"), batch.changed),
        (_("flyttas"), batch.moved),
        (_("saknas i filen"), batch.missing),
        (_("oförändrade"), batch.same),
        (_("felaktiga, tas inte in"), batch.wrong),
    ]
    return [(label, number) for at, (label, number) in enumerate(told) if number or at == 0]


def _confirm_label(batch: ImportBatch, kind: ImportKind | None) -> str:
    """What the button says; nothing when there is nothing to do, for then there is no button."""
    number = batch.new + batch.changed + batch.moved
    noun = str(kind.noun) if kind and kind.noun else _("poster")
    if batch.changes_nothing:
        if kind is None or not kind.withdraws or not batch.missing:
            return ""
        return _("Dra tillbaka %(number)s %(noun)s som saknas") % {"number": number_text(batch.missing), "noun": noun}
    return _("Ta in %(number)s %(noun)s") % {"number": number_text(number), "noun": noun}
