"""What a scanner types, and which code comes next."""

import pytest

from resursnav.deliver.stock import codes


@pytest.mark.parametrize(
    ("typed", "kept"), [(" 000 123 ", "000123"), ("ab-12", "AB-12"), ("D 1234", "D1234"), ("\t12\n3", "123")]
)
def test_it_keeps_a_code_in_one_way(typed, kept):
    assert codes.tidy(typed) == kept


@pytest.mark.parametrize(("code", "fits"), [
    ("123", True), ("A-1/2.3", True), ("A" * 24, True), ("12", False), ("A" * 25, False), ("-12", False),
    ("12-", False), ("ÅÄÖ", False), ("A B", False), ("", False), ("12\n", False),
])  # fmt: skip
def test_it_knows_what_a_label_can_carry(code, fits):
    assert codes.is_code(code) is fits


@pytest.mark.parametrize(("first", "count", "found"), [
    ("099", 2, ["099", "100"]), ("A-9", 2, ["A-9", "A-10"]), ("ABC", 1, ["ABC"]), ("ABC", 2, None),
    ("9" * 24, 2, None), ("007", 1, ["007"]),
])  # fmt: skip
def test_it_counts_codes_upwards(first, count, found):
    assert codes.following(first, count) == found


def test_it_reads_a_swedish_keyboard_as_an_american_scanner_meant_it():
    assert codes.readings("A+1") == ["A+1", "A-1"]
    assert codes.readings("httpsÖ--x.se-stock-items-7-") == [
        "httpsÖ--x.se-stock-items-7-",
        "https://x.se/stock/items/7/",
    ]
    assert codes.readings(" 0001\r\n") == ["0001"]
    assert [codes.meant(typed) for typed in ("d-1 2", "D+12", "Å")] == ["D-12", "D-12", "Å"]
