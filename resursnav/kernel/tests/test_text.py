"""Swedish text: addresses, numbers, days and what people mean."""

import re
import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resursnav.kernel.text import clean, day, number, slug, sort_key


def test_it_sorts_as_swedish_registers_do():
    towns = ["Örebro", "Åsele", "Älvsbyn", "Umeå", "Zinkgruvan", "Örnsköldsvik", "Ale", "Åmål", "Évry", "Eda"]
    assert sorted(towns, key=sort_key) == [
        "Ale", "Eda", "Évry", "Umeå", "Zinkgruvan", "Åmål", "Åsele", "Älvsbyn", "Örebro", "Örnsköldsvik",
    ]  # fmt: skip
    assert sort_key("ÅSELE") == sort_key("åsele") and sort_key("Ærø") == sort_key("Ärö")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Åsa Öberg & Co", "asa-oberg-co"),
        ("  Läromedel – utlåning!", "laromedel-utlaning"),
        ("Straße", "strasse"),
        ("🦊", ""),
    ],
)
def test_it_makes_addresses(text, made):
    assert slug(text) == made


@given(st.text(), st.integers(1, 80))
def test_it_makes_addresses_that_are_only_words_and_hyphens(text, longest):
    made = slug(text, longest=longest)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made) and len(made) <= longest
    assert slug(made, longest=longest) == made


@given(st.integers(-(10**15), 10**15))
def test_it_writes_numbers_in_groups_of_three(value):
    written = number(value)
    assert int(written.replace("\u00a0", "")) == value
    assert all(len(group) == 3 for group in written.lstrip("-").split("\u00a0")[1:])
    assert number(1234567) == "1\u00a0234\u00a0567"


def test_it_writes_days_as_people_say_them():
    assert day(date(2026, 11, 24)) == "tisdag 24 november"
    assert day(datetime(2026, 11, 24, 23, 30, tzinfo=UTC)) == "onsdag 25 november"  # already tomorrow in Stockholm
    assert day(datetime(2026, 7, 1, 21, 59, tzinfo=UTC)) == "onsdag 1 juli"


def test_it_cleans_text_of_what_nobody_meant():
    assert clean("  A\u030asa\x00 sa:\n\t”hej”\u202e \ud800") == "Åsa sa:\n\t”hej”"
    assert clean("👩\u200d🏫 lärare") == "👩\u200d🏫 lärare"  # the joiner in an emoji is meant


@given(st.text())
def test_it_cleans_once_and_for_all(text):
    made = clean(text)
    assert clean(made) == made == unicodedata.normalize("NFC", made)
    assert not re.search("[\u0000-\u0008\u202a-\u202e\u2066-\u2069]", made)
