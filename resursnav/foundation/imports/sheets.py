"""A list as a file: CSV that Swedish Excel opens rightly, or a workbook. No cell calculates anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from .cells import clean, for_spreadsheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(name: str, heads: Sequence[Any], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """Semicolons, and UTF-8 with its mark."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.write("\ufeff")
    sheet = csv.writer(answer, delimiter=";")
    sheet.writerow([str(head) for head in heads])
    for row in rows:
        sheet.writerow([for_spreadsheet(cell) for cell in row])
    return answer


def as_xlsx(name: str, heads: Sequence[Any], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """One sheet, every cell as text."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    bold = []
    for head in heads:
        cell = WriteOnlyCell(sheet, value=str(head))
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    for row in rows:
        sheet.append([_text(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    answer = HttpResponse(out.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _text(sheet: Any, value: str) -> Any:
    """A cell that Excel shows and does not calculate; Excel holds 32,767 characters."""
    cell = WriteOnlyCell(sheet, value=clean(value)[:32_000])
    if cell.data_type == "f":
        cell.data_type = "s"
    return cell
