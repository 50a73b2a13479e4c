"""The story of a thing, and the log of a place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.organisations.rules import SEE as SEE_ORGANISATION

from .export import rows
from .forms import AuditForm
from .kinds import thread_kinds, visible
from .models import Node, Record, RecordQuerySet
from .rules import AUDIT, LOG
from .story import Step, story
from .telling import Line, lines

ROWS = 50


@page(public=True)
def show_story(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everything that led to a thing and everything that came of it, as far as one may see."""
    node = Node.objects.filter(pk=pk).select_related("organisation").first()
    steps = story(node) if node is not None else []
    seen = visible(request.user, ((step.id, step.kind) for step in steps))
    if node is None or node.pk not in seen:
        raise Http404(_("Sidan finns inte, eller så har du inte tillgång till den."))
    told = list(_told(steps, seen, node))
    known = thread_kinds().get(node.kind)
    return render(request, "threads/story.html", {"node": node, "steps": told, "kind": known})


def _told(steps: list[Step], seen: set[int], node: Node) -> Iterator[dict[str, Any]]:
    """The steps for the page; those that may not be seen become one line, without a word of them."""
    known = thread_kinds()
    for shown, group in groupby(steps, key=lambda step: step.id in seen):
        if not shown:
            yield {"withheld": True}
            continue
        for step in group:
            kind = known.get(step.kind)
            here = step.id == node.pk
            yield {
                "step": step,
                "here": here,
                "label": kind.label if kind else "",
                "stage": kind.stage.value if kind else "house",
                "url": reverse(kind.url_name, args=[step.id]) if kind and not here else "",
            }


@page(LOG)
def audit_all(request: HttpRequest) -> HttpResponseBase:
    """The log of everything that the person answers for."""
    return _audit(request, Record.objects.visible_to(request.user, LOG), None)


@page(AUDIT, load=Organisation, see=SEE_ORGANISATION)
def audit(request: HttpRequest, organisation: Organisation) -> HttpResponseBase:
    """The log of a place and everything below it."""
    records = Record.objects.visible_to(request.user, AUDIT).within(organisation)
    return _audit(request, records, organisation)


def _audit(request: HttpRequest, records: RecordQuerySet, organisation: Organisation | None) -> HttpResponseBase:
    form = AuditForm(request.GET or None, records=records)
    found = (form.found() if form.is_bound else records).select_related("by", "about", "organisation")
    if request.GET.get("format") == "csv":
        return _csv(found)
    shown = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": shown,
        "lines": lines(shown.object_list),
        "organisation": organisation,
        "filtered": form.is_bound and any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "threads/audit.html", context)


def _csv(found: RecordQuerySet) -> StreamingHttpResponse:
    head = [
        _("När"),
        _("Vem"),
        _("Roll"),
        _("Vad som gjordes"),
        _("Plats"),
        _("Skäl"),
        _("Fält"),
        _("Före"),
        _("Efter"),
    ]
    table = (row for record in found.iterator(chunk_size=2000) for row in _csv_rows(lines([record])[0]))
    answer = StreamingHttpResponse(rows(_with_head(head, table)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="logg.csv"'
    return answer


def _with_head(head: list[str], table: Iterator[list[str]]) -> Iterator[list[str]]:
    yield head
    yield from table


def _csv_rows(line: Line) -> Iterator[list[str]]:
    """One row for each field that changed, so that a spreadsheet can filter by it; one when none did."""
    at = timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M:%S")
    start = [at, line.who, line.role, line.sentence, line.place, line.said]
    if not line.changes:
        yield [*start, "", "", ""]
    for change in line.changes:
        yield [*start, change.label, change.before, change.after]
