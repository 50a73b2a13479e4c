"""The log as a table for a spreadsheet. No Django in here."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator


class _Line:
    """Where the csv module writes one row, which is then handed on."""

    def write(self, row: str) -> str:
        return row


def rows(table: Iterable[Iterable[str]]) -> Iterator[str]:
    """The table as text, row by row: semicolons and a byte order mark, as Swedish spreadsheets expect."""
    writer = csv.writer(_Line(), delimiter=";")
    yield "\ufeff"
    for row in table:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
