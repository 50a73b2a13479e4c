"""Excel workbooks (.xlsx), read sheet by sheet and row by row without loading them whole."""

import itertools
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .limits import DEFAULT, Limits
from .reasons import Unreadable

PIECE = 1024 * 1024
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


@dataclass(slots=True)
class Book:
    """An opened workbook: its sheets, the one that is read, and that sheet's rows with line numbers."""

    sheets: list[str]
    sheet: str
    rows: Iterator[tuple[int, list[str]]]


def open_book(path: Path, sheet: str = "", limits: Limits = DEFAULT) -> Book:
    """The named sheet, or the first visible one with anything in it."""
    _refuse_entities(path)
    book = _loaded(path, values=True)
    names = [page.title for page in book.worksheets if page.sheet_state == "visible"]
    if sheet and sheet not in names:
        raise Unreadable("table.no_such_sheet", sheet=sheet, found=", ".join(names))
    if not names:
        raise Unreadable("file.empty")
    chosen = sheet or next((name for name in names if _has_rows(book[name], limits)), names[0])
    rows = _rows(book[chosen], limits)
    if _has_formulas(path):
        rows = _with_formulas(rows, _rows(_loaded(path, values=False)[chosen], limits))
    return Book(names, chosen, rows)


def _loaded(path: Path, *, values: bool) -> Any:
    """The workbook with what its formulas came to, or with the formulas."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles it does not know; we read none
            return load_workbook(path, read_only=True, data_only=values, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, ParseError, DefusedXmlException) as error:
        raise Unreadable("file.broken_excel", error=str(error)[:200]) from error


def _has_formulas(path: Path) -> bool:
    """Whether any sheet has a formula, so that the workbook must be read a second time."""
    with zipfile.ZipFile(path) as archive:
        sheets = [one for one in archive.infolist() if one.filename.startswith("xl/worksheets/")]
        for sheet in sheets:
            with archive.open(sheet) as file:
                last = b""
                while piece := file.read(PIECE):
                    if _FORMULA.search(last + piece):
                        return True
                    last = piece[-8:]
    return False


def _with_formulas(
    values: Iterator[tuple[int, list[str]]], formulas: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    """The rows with the formula itself where nobody has calculated it: an empty cell would lose it in silence."""
    for (line, cells), (_line, written) in zip(values, formulas, strict=False):
        yield line, [cell or (text if text.startswith("=") else "") for cell, text in zip(cells, written, strict=False)]


def _has_rows(page: object, limits: Limits) -> bool:
    return any(any(cells) for _, cells in itertools.islice(_rows(page, limits), 50))


def _rows(page: object, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    line = 0
    page.reset_dimensions()  # type: ignore[attr-defined]  # what the file says of its own size is often wrong
    try:
        for values in page.iter_rows(values_only=True):  # type: ignore[attr-defined]  # read-only sheet
            line += 1
            if len(values) > limits.columns and any(value is not None for value in values[limits.columns :]):
                raise Unreadable("table.too_many_columns", line=line, found=len(values), limit=limits.columns)
            yield line, [as_text(value) for value in values[: limits.columns]]
    except (zipfile.BadZipFile, ParseError, DefusedXmlException, ValueError, KeyError, IndexError) as error:
        raise Unreadable("file.broken_excel", line=line + 1, error=str(error)[:200]) from error


def as_text(value: object) -> str:
    """A cell's value as the text that a CSV would have: whole numbers without decimals, dates in ISO order."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _refuse_entities(path: Path) -> None:
    """No part of a workbook has any business with a document type."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if member.filename.endswith((".xml", ".rels")):
                with archive.open(member) as file:
                    if _DOCTYPE.search(file.read(4096)):
                        raise Unreadable("xml.forbidden", what=member.filename)
