from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resursnav.foundation.imports import cells
from resursnav.kernel.text import STOCKHOLM


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-02-03", date(2025, 2, 3)),
        ("2025-2-3", date(2025, 2, 3)),
        ("2025-02-03T11:12:13", date(2025, 2, 3)),
        ("20250203", date(2025, 2, 3)),
        ("2025/02/03", date(2025, 2, 3)),
        ("3/2 2025", date(2025, 2, 3)),
        ("3.2.2025", date(2025, 2, 3)),
        ("3 februari 2025", date(2025, 2, 3)),
        ("3 okt. 2025", date(2025, 10, 3)),
        ("3 October 2025", date(2025, 10, 3)),
        ("3 May 2025", date(2025, 5, 3)),
        ("29 feb 2024", date(2024, 2, 29)),
    ],
)
def test_it_reads_the_dates_people_write(written, expected):
    assert cells.read_date(written).value == expected


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2025-02-30", "date.impossible"),
        ("20251301", "date.impossible"),
        ("31/4 2025", "date.impossible"),
        ("0000-01-01", "date.impossible"),
        ("i våras", "date.unknown_form"),
        ("3 foo 2025", "date.unknown_form"),
        ("", ""),
        ("..", ""),
    ],
)
def test_it_says_why_a_date_is_none(written, reason):
    cell = cells.read_date(written)
    assert not cell
    assert cell.reason == reason


def test_it_reads_moments_with_and_without_zone():
    assert cells.read_moment("2016-08-04T16:12:57").value == datetime(2016, 8, 4, 16, 12, 57, tzinfo=STOCKHOLM)
    assert cells.read_moment("2016-08-04T16:12:57+02:00").value.utcoffset().seconds == 7200
    assert cells.read_moment("4/8 2016").value == datetime(2016, 8, 4, tzinfo=STOCKHOLM)
    assert cells.read_moment("").value is None
    assert cells.read_moment("2016-02-30").reason == "date.impossible"


@pytest.mark.parametrize(
    ("written", "expected", "reason"),
    [
        ("1996", 1996, ""),
        ("c1996", 1996, ""),
        ("[1996?]", 1996, ""),
        ("1995-1997", 1995, ""),
        ("", None, ""),
        ("utan år", None, "year.unknown_form"),
        ("2099", None, "year.impossible"),
        ("19961", None, "year.unknown_form"),
    ],
)
def test_it_reads_years(written, expected, reason):
    cell = cells.read_year(written, newest=2030)
    assert (cell.value, cell.reason) == (expected, reason)


@pytest.mark.parametrize(
    ("written", "length", "value", "said"),
    [
        ("0880", 4, "0880", ""),
        ("880", 4, "0880", "code.lost_zero"),
        ("1440.0", 4, "1440", ""),
        ("380,0", 4, "0380", "code.lost_zero"),
        ("80", 4, None, "code.wrong_length"),
        ("08801", 4, None, "code.wrong_length"),
        ("08a0", 4, None, "code.not_digits"),
        ("7,46E+07", 8, None, "code.scientific"),
        ("٠٨٨٠", 4, None, "code.not_digits"),
        ("", 4, None, ""),
        ("..", 4, None, ""),
    ],
)
def test_it_repairs_a_code_only_where_that_is_certain(written, length, value, said):
    cell = cells.read_code(written, length)
    assert cell.value == value
    assert (cell.reason or cell.note) == said


def test_it_does_not_pad_a_code_that_never_begins_with_nought():
    assert cells.read_code("7460000", 8, pad=False).reason == "code.wrong_length"


@pytest.mark.parametrize(
    ("written", "expected", "reason"),
    [
        ("12,4", Decimal("12.4"), ""),
        ("1 234", Decimal(1234), ""),
        ("1\u00a0234,5", Decimal("1234.5"), ""),
        ("1.234,5", Decimal("1234.5"), ""),
        ("1,234.5", Decimal("1234.5"), ""),
        ("−3", Decimal(-3), ""),
        ("96 %", Decimal(96), ""),
        ("..", None, ""),
        ("*", None, ""),
        ("NaN", None, "number.unknown_form"),
        ("1e999999999", None, "number.unknown_form"),
        ("tolv", None, "number.unknown_form"),
        ("9" * 50, None, "number.unknown_form"),
    ],
)
def test_it_reads_numbers_as_swedes_write_them(written, expected, reason):
    cell = cells.read_decimal(written)
    assert (cell.value, cell.reason) == (expected, reason)


def test_it_reads_whole_numbers():
    assert cells.read_integer("1 234").value == 1234
    assert cells.read_integer("12.0").value == 12
    assert cells.read_integer("12,5").reason == "number.not_whole"
    assert cells.read_integer("x").reason == "number.unknown_form"


@pytest.mark.parametrize(("written", "value"), [("Ja", True), ("x", True), ("NEJ", False), ("0", False), ("", None)])
def test_it_reads_yes_and_no(written, value):
    assert cells.read_flag(written).value is value


def test_it_says_when_neither_yes_nor_no():
    assert cells.read_flag("kanske").reason == "flag.unknown_form"


@pytest.mark.parametrize(
    "value",
    ['=HYPERLINK("http://x.example","Klicka")', "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+cmd|'/C x'!A0", "\t=1"],
)
def test_it_makes_formulas_harmless_for_a_spreadsheet(value):
    written = cells.for_spreadsheet(value)
    assert written[0] == "'" or not cells.is_formula(value)
    assert not cells.is_formula(written)
    assert cells.from_spreadsheet(written) == value


@pytest.mark.parametrize(
    "value", ["-5", "+46 70 123 45 67", "-3,5", "Vanlig titel", "- och sedan", "", "'n Sommerdag", "-12 %"]
)
def test_it_leaves_what_is_no_formula_alone(value):
    assert cells.for_spreadsheet(value) == value
    assert not cells.is_active(value)


def test_it_knows_a_formula_that_acts_from_a_name_with_a_sign_first():
    assert cells.is_active('=HYPERLINK("http://x.example")')
    assert cells.is_active("=A1")
    assert cells.is_active("+cmd|' /C calc'!A0")
    assert not cells.is_active("@bibblan")
    assert not cells.is_active("-Hej, sa hon")


@given(st.text(max_size=60))
def test_it_returns_every_text_through_a_spreadsheet(value):
    assert cells.from_spreadsheet(cells.for_spreadsheet(value)) == value or value.startswith("''")
    assert not cells.is_formula(cells.for_spreadsheet(value))


def test_it_takes_markup_and_scripts_out_of_descriptions():
    html = "<p>Om <b>sol</b> &amp; vind</p><script>alert('x')</script><ul><li>ett<li>två</li></ul><style>p{}</style>"
    assert cells.html_to_text(html) == "Om sol & vind\n\n- ett\n\n- två"


@pytest.mark.parametrize(
    "evil",
    [
        "<img src=x onerror=alert(1)>Hej",
        "&lt;script&gt;alert(1)&lt;/script&gt;Hej",
        "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;Hej",
        "<svg/onload=alert(1)></svg>Hej",
        "<scr<script>ipt>alert(1)</script>Hej",
        "<a href='javascript:alert(1)'>Hej</a>",
        "<!-- <script> -->Hej",
    ],
)
def test_it_leaves_nothing_that_runs(evil):
    text = cells.html_to_text(evil)
    assert "Hej" in text
    assert "<script" not in text.lower()
    assert "onerror" not in text
    assert "<svg" not in text


def test_it_leaves_plain_text_with_signs_alone():
    assert cells.html_to_text("1 < 2 & 3 > 2") == "1 < 2 & 3 > 2"


def test_it_cleans_control_and_direction_characters_and_composes_letters():
    assert cells.clean("A\u202ed\x00 a\u030a\u00a0 b\x07") == "Ad å b"
    assert cells.clean_lines("ett \r\n\r\n\r\n\r\n två\u202e\r tre") == "ett\n\ntvå\ntre"
    assert cells.clean("  vanlig   text ") == "vanlig text"


def test_it_keeps_emoji_and_right_to_left_letters():
    assert cells.clean("😀 مرحبا") == "😀 مرحبا"


def test_it_splits_lists():
    assert cells.split_list("a|b; c |a||") == ["a", "b", "c"]
    assert cells.split_list("") == []
