"""Sending a file in, and saying which column is which."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from resursnav.foundation.access.pages import page
from resursnav.foundation.imports import actions as imports
from resursnav.foundation.imports import words
from resursnav.foundation.imports.models import ImportBatch, Status
from resursnav.foundation.imports.reasons import Unreadable
from resursnav.foundation.imports.rules import RUN
from resursnav.foundation.imports.tabular import Row, Table
from resursnav.foundation.imports.uploads import together, was_refused
from resursnav.kernel.errors import Unable

from ..actions import remember_columns
from ..formats import table
from ..formats.catalogue import FORMATS, guess
from ..forms import ColumnsForm, UploadForm
from ..models import ColumnMatching
from ..owners import Owners
from ..rules import TAKE_IN
from ..taking import KIND

EXAMPLES = 3
OPEN = (Status.MATCHING, Status.CHECKED, Status.REFUSED)
"""While it is like this, columns can be matched anew."""


@page(TAKE_IN, methods=("GET", "POST"))
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file and say where it comes from."""
    owners = Owners(request.user)
    known = owners.sources()
    if request.method != "POST":
        return render(request, "exchange/upload.html", {"form": UploadForm(owners, known=known)})
    form = UploadForm(owners, request.POST, request.FILES, known=known, too_large=was_refused(request))
    if form.is_valid():
        try:
            return _received(request, form.cleaned_data)
        except Unable as refusal:
            form.add_error(refusal.field, refusal.reason)
        except Unreadable as refused:
            form.add_error("file", words.describe(refused.reason, refused.details, refused.line))
    return render(request, "exchange/upload.html", {"form": form}, status=422)


def _received(request: HttpRequest, said: dict[str, Any]) -> HttpResponse:
    """Keep the file; a table first waits for its columns, anything else is checked."""
    name, content = together(said["file"])
    batch = imports.receive(
        kind=KIND,
        name=name,
        content=content,
        organisation=said["owner"],
        by=request.user,
        at=timezone.now(),
        source=said["source"],
        options={name: said[name] for name in ("status", "visibility", "whole")},
        matching=True,
    )
    try:
        code = said["format"] or guess(batch.path)
        if code == "table":
            table.opened(batch.path)
    except Unreadable as refused:
        imports.refuse(batch=batch, refused=refused, by=request.user, at=timezone.now())
        raise
    if code == "table":
        return redirect("exchange:columns", pk=batch.pk)
    source = FORMATS[code].source or batch.source
    batch = imports.match(batch=batch, options={"format": code}, source=source, by=request.user, at=timezone.now())
    return _checked(batch)


def _checked(batch: ImportBatch) -> HttpResponse:
    if batch.is_small:
        imports.check(batch=batch, at=timezone.now())
    return redirect("imports:show", pk=batch.pk)


@page(RUN, load=ImportBatch, methods=("GET", "POST"))
def columns(request: HttpRequest, importbatch: ImportBatch) -> HttpResponse:
    """Say which column is which; guessed from their names and from the last time."""
    if importbatch.kind != KIND or importbatch.status not in OPEN:
        return redirect("imports:show", pk=importbatch.pk)
    try:
        opened = table.opened(importbatch.path)
        rows = [row for row in _first(opened) if isinstance(row, Row)][:EXAMPLES]
    except Unreadable as refused:
        return _refused(request, importbatch, refused)
    guessed = importbatch.options.get("columns") or table.guess(opened.columns, _remembered(importbatch))
    form = ColumnsForm(opened.columns, guessed, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen, at = form.matched(), timezone.now()
        options = {"format": "table", "columns": chosen, "media_type": form.usual_media()}
        try:
            batch = imports.match(batch=importbatch, options=options, by=request.user, at=at)
        except Unable as refusal:
            form.add_error(refusal.field, refusal.reason)
        else:
            if batch.organisation:
                remember_columns(owner=batch.organisation, source=batch.source, columns=chosen, by=request.user, at=at)
            return _checked(batch)
    fields = [
        {"field": form[f"column_{at}"], "examples": [row[column] for row in rows if row[column]]}
        for at, column in enumerate(opened.columns)
    ]
    known = sum(1 for column in opened.columns if column in guessed)
    context = {"form": form, "fields": fields, "batch": importbatch, "known": known}
    return render(request, "exchange/columns.html", context, status=422 if form.errors else 200)


def _first(opened: Table) -> list[Any]:
    """The first rows and remarks; the table is closed behind them."""
    found = []
    for one in opened.rows():
        found.append(one)
        if len(found) >= EXAMPLES * 3:
            break
    return found


def _remembered(batch: ImportBatch) -> dict[str, str]:
    known = ColumnMatching.objects.filter(owner=batch.organisation, source=batch.source).first()
    return known.columns if known else {}


def _refused(request: HttpRequest, batch: ImportBatch, refused: Unreadable) -> HttpResponse:
    said = words.describe(refused.reason, refused.details, refused.line)
    return render(request, "exchange/unreadable.html", {"batch": batch, "reason": said}, status=422)
