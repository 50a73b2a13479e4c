"""Codes as they are made, typed and said."""

import pytest

from resursnav.deliver.streaming import digits


def test_it_makes_eight_digits_that_begin_with_no_zero():
    made = {digits.new() for _ in range(200)}
    assert all(len(code) == 8 and code.isdecimal() and code[0] != "0" for code in made)
    assert len(made) > 190


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("48217730", "48217730"),
        (" 4821 7730 ", "48217730"),
        ("4821-7730", "48217730"),
        ("4821\u00a07730", "48217730"),
        ("٤٨٢١٧٧٣٠", "48217730"),
        ("4821773", ""),
        ("482177301", ""),
        ("4821 773O", ""),
        ("²²²²²²²²", ""),
        ("", ""),
    ],
)
def test_it_reads_what_is_typed(typed, kept):
    assert digits.read(typed) == kept


def test_it_says_them_in_two_groups():
    assert (digits.spoken("48217730"), digits.spoken("")) == ("4821 7730", "")
