"""The analyser against the word sets in words.py, and against what people may throw at it."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resursnav.foundation.search import lexicon, swedish
from resursnav.foundation.search.swedish import analyse, fold, parts, words

from . import words as sets

ROOT = Path(__file__).resolve().parents[4]


def found(text):
    """(wanted parts found, wanted parts)."""
    hits = total = 0
    for word, wanted in sets.compounds(text):
        got = parts(word)
        hits += sum(bool(spellings & set(got)) for spellings in wanted)
        total += len(wanted)
    return hits, total


def spoilt(text):
    return [word for word in sorted(set(text.split())) if len(parts(word)) > 1]


def test_it_finds_the_parts_of_tuned_compounds():
    hits, total = found(sets.TUNED_COMPOUNDS)
    assert hits / total > 0.97


def test_it_finds_the_parts_of_compounds_it_was_not_tuned_on():
    hits, total = found(sets.HELD_OUT_COMPOUNDS)
    assert hits / total > 0.93


def test_it_leaves_simple_words_whole():
    assert spoilt(sets.TUNED_SIMPLE) == []
    assert len(spoilt(sets.HELD_OUT_SIMPLE)) < 3


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("surfplattor", ["surf", "platta"]),
        ("läromedelsutlåning", ["läromedel", "utlåning"]),
        ("Läromedelsutlåningarna", ["läromedel", "utlåning"]),
        ("fallucka", ["fall", "lucka"]),
        ("förskollärare", ["förskola", "lärare"]),
        ("läsförståelse", ["läsa", "förståelse"]),
        ("gatuköket", ["gata", "kök"]),
        ("hjärtesorg", ["hjärta", "sorg"]),
        ("gymnasieskola", ["gymnasium", "skola"]),
        ("arbetsår", ["arbete", "år"]),
        ("IT-strategi", ["it", "strategi"]),
        ("information", ["information"]),
        ("biblioteket", ["biblioteket"]),
        ("e-post", ["e-post"]),
        ("qwertyhjkl", ["qwertyhjkl"]),
        ("2024", ["2024"]),
        ("", []),
    ],
)
def test_it_takes_compounds_apart(word, expected):
    assert parts(word) == expected


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("böcker", "bok"),
        ("böckerna", "bok"),
        ("filmerna", "film"),
        ("lärarna", "lärare"),
        ("länder", "land"),
        ("miljön", "miljö"),
        ("fötter", "fot"),
        ("kör", "köra"),
        ("undervisningsfilmerna", "undervisningsfilm"),
        ("workshops", "workshop"),
    ],
)
def test_it_knows_the_dictionary_word(form, lemma):
    assert lemma in analyse(form)


def test_it_keeps_the_swedish_letters_apart_but_has_their_shadow():
    assert not set(analyse("kår")) & set(analyse("kar"))
    assert fold("förskoleklass på ö, café, smørrebrød") == "forskoleklass pa o, cafe, smorrebrod"
    assert "forskola" in swedish.read("förskolan").shadows


def test_it_gives_every_level_of_parts_to_the_index():
    terms = analyse("grundskolelärarna")
    assert terms[0] == "grundskolelärarna"
    assert {"grundskolelärare", "grundskola", "lärare", "grund", "skola"} <= set(terms)


@pytest.mark.parametrize(
    ("noun", "verb"),
    [("läsning", "läsa"), ("simningen", "simma"), ("skrivande", "skriva"), ("förståelse", "förstå"), ("tidning", "")],
)
def test_it_ties_what_is_done_to_its_verb(noun, verb):
    assert swedish.read(noun).kin == ((verb,) if verb else ())


def test_it_reads_hyphens_as_one_word_and_as_several():
    assert list(words("E-post och it\u2010stöd")) == ["epost", "e", "post", "och", "itstöd", "it", "stöd"]


def test_it_reads_both_ways_of_writing_a_dotted_letter():
    assert analyse("fo\u0308rskola") == analyse("förskola")


@pytest.mark.parametrize("text", ["😀", "a\x00b", "\u202eabc", "läs" * 4000, "x" * 10_000, "-" * 5000, "\ud800", "٣٤"])
def test_it_survives_anything(text):
    start = time.perf_counter()
    assert isinstance(analyse(text), list)
    assert "".join(parts(text)) == swedish.normal(text).strip()
    assert time.perf_counter() - start < 5


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_it_analyses_any_text_and_loses_no_word(text):
    terms = analyse(text)
    assert all(terms)
    assert set(words(text)) <= set(terms)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["skol", "bok", "film", "lärar", "läs", "år", "s", "utlåning", "k"]), max_size=12))
def test_it_gives_one_part_or_known_words(pieces):
    word = "".join(pieces)
    got = parts(word)
    if len(got) > 1:
        assert all(lexicon.lexicon().readings(part) or len(part) > 2 for part in got)


def test_it_compiles_once_when_many_start_at_the_same_time(tmp_path):
    program = "from resursnav.foundation.search.swedish import parts; print(parts('surfplattor'))"
    environment = {**os.environ, "RESURSNAV_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    runs = [
        subprocess.Popen([sys.executable, "-c", program], env=environment, cwd=tmp_path, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    assert [run.communicate()[0].decode().strip() for run in runs] == ["['surf', 'platta']"] * 2
    assert [path.name for path in (tmp_path / "lexicon").iterdir()] == [lexicon.compiled_folder().name]


def test_it_loads_at_once_when_it_is_compiled():
    lexicon.lexicon()
    start = time.perf_counter()
    lexicon.Lexicon(lexicon.compiled_folder())
    assert time.perf_counter() - start < 0.3


def test_it_uses_a_private_copy_where_nothing_may_be_written(tmp_path, monkeypatch):
    ready = lexicon.compiled_folder()
    lexicon.lexicon()
    (tmp_path / "blocked").write_text("a file, not a folder")
    monkeypatch.setenv("RESURSNAV_DATA_DIR", str(tmp_path / "blocked"))
    monkeypatch.setattr(lexicon.tempfile, "gettempdir", lambda: str(tmp_path))

    def build(dic, aff, folder):
        if "blocked" in str(folder):
            raise NotADirectoryError(folder)
        shutil.copytree(ready, folder)

    monkeypatch.setattr(lexicon, "build", build)
    assert lexicon._open().readings("film")
    assert (tmp_path / f"resursnav-{os.getuid()}" / ready.name).exists()


def test_it_says_why_it_could_not_compile(tmp_path):
    (tmp_path / "empty.dic").write_text("0\n")
    with pytest.raises(OSError, match="could not be compiled"):
        lexicon.build(tmp_path / "empty.dic", tmp_path / "missing.aff", tmp_path / "made" / "here")


def test_it_says_which_package_is_missing(monkeypatch):
    monkeypatch.setattr(lexicon, "PACKAGE", "no-such-word-list")
    with pytest.raises(lexicon.LexiconMissing, match="no-such-word-list"):
        lexicon.word_list()
    monkeypatch.setattr(lexicon, "PACKAGE", "marisa-trie")
    with pytest.raises(lexicon.LexiconMissing, match=r"sv_SE\.dic"):
        lexicon.word_list()
