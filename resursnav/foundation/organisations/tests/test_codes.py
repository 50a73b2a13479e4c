"""Codes: what spreadsheets do to them is put right, and nonsense is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resursnav.foundation.organisations import codes


@pytest.mark.parametrize(
    ("written", "meant", "repaired"),
    [("24", "24", False), ("9", "09", True), ("2400", "24", False), ("900", "09", True), (" 08 ", "08", False)],
)
def test_it_reads_a_county(written, meant, repaired):
    assert codes.county(written) == codes.Code(meant, repaired)


@pytest.mark.parametrize(
    ("written", "meant", "repaired"),
    [("0114", "0114", False), ("114", "0114", True), ("114.0", "0114", True), ("2480,0", "2480", True)],
)
def test_it_reads_a_municipality(written, meant, repaired):
    assert codes.municipality(written) == codes.Code(meant, repaired)


@pytest.mark.parametrize("written", ["", "0", "0000", "12345", "1", "1.5", "1e3", "abcd", "-114", "١٢٣٤"])
def test_it_refuses_what_is_no_municipality(written):
    with pytest.raises(codes.BadCode):
        codes.municipality(written)


@given(st.integers(10**7, 10**8 - 1))
def test_it_reads_every_school_unit_code_as_it_is(number):
    assert codes.school_unit(str(number)) == codes.Code(str(number))


@given(st.integers(100, 2999).map(lambda n: f"{n:04}"))
def test_it_puts_back_lost_zeros(code):
    assert codes.municipality(str(int(code))).text == code


def test_it_knows_a_county_written_as_a_municipality():
    assert codes.is_county_in_municipal_form("2400")
    assert not codes.is_county_in_municipal_form("2480")


def test_it_tidies_the_rest():
    assert codes.sigel(" Umdp ") == "Umdp"
    assert codes.organisation_number("212000-2445") == "2120002445"
    assert codes.organisation_number("okänt") == ""
    assert codes.postcode("91232") == "912 32"
    assert codes.postcode("se-912 32") == "912 32"
    assert codes.postcode("9123") == ""
    with pytest.raises(ValueError, match="sigel"):
        codes.sigel("två ord")
