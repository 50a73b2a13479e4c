"""Label sheets: so many pages, and what is printed can be scanned."""

import re
import shutil
import subprocess

import pytest

from resursnav.deliver.stock import labels
from resursnav.deliver.stock.views.many import TEMPLATE
from resursnav.deliver.stock.wording import SHEET_WORDS
from resursnav.foundation.printing.papers import render
from resursnav.foundation.printing.tests.scanline import read

from .conftest import NOW

TITLE = "Istiden: när landet låg under tre kilometer is #let x *fet* $y$"


def label(code="K-00123", title=TITLE):
    return labels.Label(code, title, "D 1234", "AV-Media Kalmar län", "https://resursnav.example.org/stock/items/7/")


def printed(sheet, made, start=1):
    data = labels.paper(labels.SHEETS[sheet], made, start)
    return render(TEMPLATE, {**data, "title": "Etiketter", "lang": "sv"}, at=NOW)


def pages(pdf):
    return max(int(count) for count in re.findall(rb"/Count (\d+)", pdf))


@pytest.mark.parametrize(
    ("sheet", "count", "start", "wanted"),
    [("3x8", 1, 1, 1), ("3x8", 24, 1, 1), ("3x8", 24, 2, 2), ("3x7", 43, 1, 3), ("2x7", 14, 14, 2), ("4x10", 40, 1, 1),
     ("57x32", 3, 1, 3), ("62x29", 1, 1, 1)],
)  # fmt: skip
def test_it_takes_as_many_sheets_as_it_must(sheet, count, start, wanted):
    assert labels.SHEETS[sheet].pages(count, start) == wanted
    assert pages(printed(sheet, [label()] * count, start)) == wanted


def test_every_sheet_lies_on_its_paper_and_has_a_name():
    assert set(SHEET_WORDS) == set(labels.SHEETS)
    for sheet in labels.SHEETS.values():
        right = sheet.left + (sheet.columns - 1) * sheet.across + sheet.width
        assert right <= sheet.paper_width
        assert sheet.top + (sheet.rows - 1) * sheet.down + sheet.height <= sheet.paper_height


@pytest.mark.parametrize("start", [0, 25, -1])
def test_it_begins_at_no_label_that_the_sheet_has_not(start):
    with pytest.raises(ValueError, match="positions 1-24"):
        labels.paper(labels.SHEETS["3x8"], [label()], start)


@pytest.mark.parametrize(
    ("sheet", "code", "bars", "square"),
    [("3x8", "K-00123", True, True), ("4x10", "K-00123", True, False), ("4x10", "A" * 24, False, True),
     ("3x8", "A" * 24, True, False), ("2x7", "000123", True, True)],
)  # fmt: skip
def test_it_prints_only_codes_that_can_be_read(sheet, code, bars, square):
    drawn = labels.drawn(label(code), labels.SHEETS[sheet])
    assert (bool(drawn["bars"]), bool(drawn["qr"])) == (bars, square)
    assert drawn["bars_width"] <= labels.SHEETS[sheet].width or not bars


def test_it_leaves_out_what_is_not_there():
    bare = labels.Label("000123", "Istiden", "", "Kalmar", "https://x.se/")
    assert labels.drawn(bare, labels.SHEETS["3x8"])["line"] == "Kalmar"


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm (poppler-utils) is not installed")
@pytest.mark.parametrize("sheet", sorted(labels.SHEETS))
def test_a_scanner_reads_what_was_printed(sheet, tmp_path):
    codes = ["K-00123", "000456", "AB/12.7"]
    path = tmp_path / "a.pdf"
    path.write_bytes(printed(sheet, [label(code) for code in codes]))
    command = ["pdftoppm", "-gray", "-r", "600", str(path), str(tmp_path / "page")]
    subprocess.run(command, check=True, capture_output=True)
    found = {code for picture in tmp_path.glob("page*.pgm") for code in scanned(picture.read_bytes(), sheet)}
    assert set(codes) <= found


def scanned(picture, sheet):
    """What a scanner that is drawn over the middle of each label's bars finds."""
    kind, width, height, _most = picture.split(maxsplit=4)[:4]
    assert kind == b"P5"
    width, height = int(width), int(height)
    pixels = picture[-width * height :]
    form = labels.SHEETS[sheet]
    scale = width / form.paper_width
    for column in range(form.columns):
        for row in range(form.rows):
            left, top = form.left + column * form.across, form.top + row * form.down
            line = int((top + form.height - labels.PAD - 3.2 - form.height * 0.15) * scale) * width
            start = left + labels.PAD
            # Where a QR code stands before the bars, the scanner is held beside it.
            square = min(form.height - 2 * labels.PAD, labels.QR_LARGEST)
            for begin in (start, start + square + labels.PAD):
                text = read(pixels[line + int(begin * scale) : line + int((left + form.width) * scale)])
                if text:
                    yield text
