"""Codes: what is drawn can be read back."""

import re

import pytest

from resursnav.foundation.printing import drawn

from .scanline import read


def scanned(svg):
    """The line of pixels that a scanner sees in the drawing."""
    width = int(re.search(r'viewBox="0 0 (\d+) ', svg).group(1))
    line = [255] * width
    for at, bar in re.findall(r"M(\d+) 0h(\d+)v\d+h-", svg):
        line[int(at) : int(at) + int(bar)] = [0] * int(bar)
    return line


@pytest.mark.parametrize("text", ["000123", "K-098", "A1/2.3-B", "12345678901234567890", "X" * 24, "9"])
def test_it_draws_a_code_that_can_be_read(text):
    svg = drawn.code128(text)
    line = scanned(svg)
    assert read(line) == text
    assert len(line) == drawn.modules(text)
    assert line[: drawn.QUIET] == line[-drawn.QUIET :] == [255] * drawn.QUIET


def test_it_sees_a_code_that_is_wrong():
    line = scanned(drawn.code128("000123"))
    assert read(line[: len(line) // 2]) is None
    assert read([255] * 100) is None
    line[40:44] = [0] * 4
    assert read(line) is None


@pytest.mark.parametrize("text", ["", "åäö", "a\nb"])
def test_it_draws_nothing_that_a_barcode_cannot_hold(text):
    with pytest.raises(ValueError, match="Code 128"):
        drawn.code128(text)


def test_it_draws_a_qr_code():
    svg = drawn.qr("https://resursnav.example.org/stock/items/1/")
    assert svg.startswith("<svg")
    assert "<?xml" not in svg
