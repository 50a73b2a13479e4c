"""What was found in a search, as a table to work on."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from resursnav.deliver.resources import opening
from resursnav.deliver.resources.asking import Asked, ask
from resursnav.deliver.resources.finding import RESOURCE, audience
from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.rules import EDIT, SEE
from resursnav.foundation.access import which
from resursnav.foundation.access.pages import page
from resursnav.foundation.imports.cells import for_spreadsheet
from resursnav.foundation.search import index
from resursnav.foundation.ui.panels import row_filters

from ..oai import clean
from ..saying import header, row

PER_PAGE = 200
MOST = 20_000


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        """As it came."""
        return value


def found(request: HttpRequest) -> Iterator[list[str]]:
    """A row for every resource that the search finds for this person, in its order, up to the limit."""
    asked = Asked.of(request.GET, row_filters("resources:list", request.user))
    who, language = audience(request.user), get_language() or "sv"
    given, number = 0, 1
    while given < MOST:
        query = replace(ask(asked, who, language, counts=()), page=number, per_page=PER_PAGE)
        results = index.search(query)
        keys = results.ids(RESOURCE)
        rows = Resource.objects.visible_to(request.user, SEE).for_index().in_bulk(keys)
        opening.fill(rows.values())
        tended = which(request.user, EDIT, rows.values())
        yield from (row(rows[key], tended=key in tended) for key in keys if key in rows)
        given += len(keys)
        if number >= results.pages or not keys:
            return
        number += 1


@page(public=True)
def search_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The search as CSV that Swedish Excel opens rightly: semicolons, UTF-8 with its mark, no live formulas."""

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo(), delimiter=";")
        yield "\ufeff" + writer.writerow(header())
        for values in found(request):
            yield writer.writerow([for_spreadsheet(value) for value in values])

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="resurser.csv"'
    return answer


@page(public=True)
def search_xlsx(request: HttpRequest) -> FileResponse:
    """The search as an Excel workbook, every cell as text."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("Resurser")
    sheet.freeze_panes = "A2"
    heads = []
    for label in header():
        cell = WriteOnlyCell(sheet, value=label)
        cell.font = Font(bold=True)
        heads.append(cell)
    sheet.append(heads)
    for values in found(request):
        sheet.append([_text(sheet, value) for value in values])
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the answer closes it when it has been sent
    book.save(file)
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename="resurser.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


def _text(sheet: Any, value: str) -> Any:
    """A cell that Excel shows and does not calculate, whatever it begins with; Excel holds 32,767 characters."""
    cell = WriteOnlyCell(sheet, value=clean(value)[:32_000])
    if cell.data_type == "f":
        cell.data_type = "s"
    return cell
