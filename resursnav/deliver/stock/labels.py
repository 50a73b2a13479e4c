"""Labels on sheets: formats in millimetres, where each label lies, and what fits on it. No Django in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from resursnav.foundation.printing.drawn import code128, modules, qr

# A bar narrower than this cannot be read by a hand scanner from a laser print (mm); wider than the other helps nobody.
NARROWEST, WIDEST = 0.19, 0.38
PAD = 2.0
QR_LARGEST = 24.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of labels: millimetres from the paper's top left corner, and from one label to the next."""

    code: str
    columns: int
    rows: int
    width: float
    height: float
    left: float = 0.0
    top: float = 0.0
    across: float = 0.0
    down: float = 0.0
    paper_width: float = 210.0
    paper_height: float = 297.0

    @property
    def count(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows

    def pages(self, labels: int, start: int = 1) -> int:
        """How many sheets so many labels take, when the first goes to the position `start` (1 is the first)."""
        return -(-(start - 1 + labels) // self.count)


def _roll(code: str, width: float, height: float) -> Sheet:
    return Sheet(code, 1, 1, width, height, across=width, down=height, paper_width=width, paper_height=height)


# The formats that office suppliers sell; the comment names one well-known sheet of each.
SHEETS = {
    sheet.code: sheet
    for sheet in (
        Sheet("3x8", 3, 8, 70.0, 37.0, 0.0, 0.5, 70.0, 37.0),  # 3474
        Sheet("3x7", 3, 7, 63.5, 38.1, 7.25, 15.15, 66.0, 38.1),  # L7160
        Sheet("2x7", 2, 7, 99.1, 38.1, 4.65, 15.15, 101.6, 38.1),  # L7163
        Sheet("4x10", 4, 10, 48.5, 25.4, 8.0, 21.5, 48.5, 25.4),  # 3657
        _roll("57x32", 57.0, 32.0),
        _roll("62x29", 62.0, 29.0),
    )
}


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one label; `address` is what the QR code says."""

    barcode: str
    title: str
    number: str
    owner: str
    address: str


def paper(sheet: Sheet, labels: Sequence[Label], start: int = 1) -> dict[str, Any]:
    """All that the template needs. Raises ValueError for a position that the sheet has not."""
    if not 1 <= start <= sheet.count:
        raise ValueError(f"The sheet has positions 1-{sheet.count}.")
    return {"sheet": asdict(sheet), "start": start - 1, "labels": [drawn(label, sheet) for label in labels]}


def drawn(label: Label, sheet: Sheet) -> dict[str, Any]:
    """The label with its codes, as wide as they can be read: both, or without the QR code, or with it alone."""
    inner = sheet.width - 2 * PAD
    square = min(sheet.height - 2 * PAD, QR_LARGEST)
    count = modules(label.barcode)
    beside, alone = (inner - square - PAD) / count, inner / count
    with_qr = beside >= NARROWEST or alone < NARROWEST
    module = beside if with_qr else alone
    return {
        "title": label.title,
        "line": " · ".join(part for part in (label.number, label.owner) if part),
        "barcode": label.barcode,
        "bars": code128(label.barcode) if module >= NARROWEST else "",
        "bars_width": round(min(module, WIDEST) * count, 3),
        "qr": qr(label.address) if with_qr else "",
        "square": square if with_qr else 0,
    }
