"""Words, references, drawings and what people type, without a database."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from resursnav.deliver.resources import citing, drawn, languages, wording
from resursnav.deliver.resources.forms.fields import Duration, LanguageCodes, is_isbn

BOOK = citing.Source(
    key="r1", title="Ord & bild", subtitle="Om 100 %", people=("Åsa Maria Berg", "Ek, Karl-Erik (1950-)"),
    bodies=("Norrfilm",), year=2024, publisher="Tallkotten Förlag", media_type="book", isbn="9789129697780",
    url="https://example.org/a_b", language="sv",
)  # fmt: skip


def test_it_cites_in_the_manner_of_apa():
    assert citing.apa(BOOK) == (
        "Berg, Å. M., Ek, K.-E., & Norrfilm. (2024). Ord & bild: Om 100 %. Tallkotten Förlag. https://example.org/a_b"
    )
    film = citing.Source(key="r2", title="Vad nu?", media_type="film", doi="10.1/x")
    assert citing.apa(film) == "Vad nu? [Film] (u.å.). https://doi.org/10.1/x"
    many = citing.Source(key="r3", title="T", people=tuple(f"A{n} B{n}" for n in range(25)), year=2000)
    assert ", & … B24, A." in citing.apa(many)


def test_it_writes_files_for_reference_managers():
    entry = citing.bibtex(BOOK)
    assert entry.startswith("@book{r1,\n")
    assert r"{Ord \& bild: Om 100 \%}" in entry
    assert r"https://example.org/a_b" in entry
    assert "author = {Berg, Åsa Maria and Ek, Karl-Erik and {Norrfilm}}" in entry
    lines = citing.ris(BOOK, read=date(2026, 11, 22)).split("\r\n")
    assert lines[0] == "TY  - BOOK"
    assert "AU  - Berg, Åsa Maria" in lines
    assert "Y2  - 2026/11/22" in lines
    assert lines[-2] == "ER  - "


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (None, None, ""), (4, 4, "årskurs 4"), (1, 3, "årskurs 1–3"), (10, 12, "gymnasiet år 1–3"),
        (0, 3, "förskoleklass till årskurs 3"), (-1, -1, "förskola"), (7, 10, "årskurs 7 till gymnasiet år 1"),
    ],
)  # fmt: skip
def test_it_says_grades(first, last, said):
    assert wording.grade_words(first, last) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(None, None, ""), (4, 6, "4–6 år"), (6, 6, "6 år"), (13, None, "från 13 år"), (None, 5, "upp till 5 år")],
)
def test_it_says_ages(first, last, said):
    assert wording.age_words(first, last) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(None, ""), (45, "45 sek"), (840, "14 min"), (3600, "1 tim"), (5040, "1 tim 24 min")]
)
def test_it_says_how_long(seconds, said):
    assert wording.duration_words(seconds) == said


def test_it_lists_words():
    assert [wording.listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a och b",
        "a, b och c",
    ]


def test_it_names_languages_in_both_and_keeps_what_nobody_names():
    assert [languages.name(code) for code in ("sma", "sje", "prs", "xyz")] == [
        "sydsamiska",
        "pitesamiska",
        "dari",
        "xyz",
    ]
    assert languages.name("sma", "en") == "Southern Sami"
    assert languages.name("fr-CA").startswith("franska") or "kanadensisk" in languages.name("fr-CA")


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("14 min", 840),
        ("14", 840),
        ("1 tim 24 min", 5040),
        ("1:24:00", 5040),
        ("14:05", 845),
        ("45 sek", 45),
        ("", None),
    ],
)
def test_it_reads_running_times(typed, seconds):
    assert Duration(required=False).clean(typed) == seconds


@given(st.integers(1, 300_000))
def test_a_running_time_comes_back_as_it_was(seconds):
    field = Duration(required=False)
    assert field.clean(field.prepare_value(seconds)) == seconds


@pytest.mark.parametrize("typed", ["länge", "0", "-4 min", "999999999"])
def test_it_refuses_what_is_no_running_time(typed):
    with pytest.raises(ValidationError):
        Duration(required=False).clean(typed)


@given(st.lists(st.sampled_from([*languages.COMMON, "fr-CA", "zh-Hant"]), unique=True))
def test_languages_come_back_as_they_were(codes):
    field = LanguageCodes(required=False)
    assert field.clean(field.prepare_value(codes)) == codes


@pytest.mark.parametrize(
    ("number", "right"), [("9789129697780", True), ("9789129697781", False), ("080442957X", True), ("x", False)]
)
def test_it_knows_an_isbn(number, right):
    assert is_isbn(number) is right


@given(st.text(max_size=20))
def test_a_drawing_is_the_same_every_time_and_within_its_words(seed):
    shapes = drawn.landscape(seed)
    assert shapes == drawn.landscape(seed)
    assert {name for name, _path in shapes} <= {"sky", "sun", "ring", "arc", "ridge-1", "ridge-2", "ridge-3"}
    assert all(set(path) <= set("MCVHhvzacq0123456789-. ") for _name, path in shapes)
    assert 0 <= drawn.hue_of(seed) < drawn.HUES
