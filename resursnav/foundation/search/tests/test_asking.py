"""Questions to the index, on whichever database the tests run."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resursnav.foundation.search import actions, index
from resursnav.foundation.search.documents import Query, Sort
from resursnav.foundation.search.models import SynonymGroup

from .shelf import AT, PUBLIC, filled, titles

pytestmark = pytest.mark.django_db


def test_it_finds_a_film_by_its_compound_and_a_compound_by_its_parts(shelf):
    filled(shelf)
    assert titles("film") == ["Film för undervisning", "Undervisningsfilm om vulkaner"]
    assert titles("undervisningsfilm") == ["Undervisningsfilm om vulkaner", "Film för undervisning"]
    assert titles("bok vulkan") == ["Böcker om vulkaner"]


def test_it_shows_and_counts_only_what_the_viewer_may_find(shelf):
    filled(shelf)
    stranger = index.search(Query(text="vulkaner", audience=PUBLIC, counts=("medium",)))
    member = index.search(Query(text="vulkaner", audience=PUBLIC | {"o7"}, counts=("medium",)))
    nobody = index.search(Query(text="vulkaner", counts=("medium",)))
    assert (stranger.total, dict(stranger.facets["medium"])) == (2, {"film": 1, "bok": 1})
    assert (member.total, dict(member.facets["medium"])) == (3, {"film": 1, "bok": 2})
    assert (nobody.total, nobody.facets["medium"]) == (0, [])
    assert [s.text for s in index.suggest("hem", Query(audience=PUBLIC))] == []
    assert [s.text for s in index.suggest("hem", Query(audience=frozenset({"o7"})))] == ["Hemligt om vulkaner"]
    assert index.search(Query(text="hemligd", audience=PUBLIC)).instead == ""
    assert index.search(Query(text="hemligd", audience=frozenset({"o7"}))).instead == "hemligt"


QUESTIONS = ["film", "undervisningsfilm", "böcker om vulkaner", "och", "-film", "film -undervisning", "vulkan bok"]


@pytest.mark.parametrize("text", [*QUESTIONS, '"för undervisning"', "forskola", "läsa", "läsning", "kursbok", "x-y"])
def test_it_counts_exactly_the_things_it_finds(shelf, text):
    filled(shelf)
    shelf.put(5, "Läsning i förskolan", facets={"medium": ["bok"]}, text="Kursböcker om att läsa x-y")
    index.drain()
    found = index.search(Query(text=text, audience=PUBLIC, counts=("medium",)))
    assert sum(count for _, count in found.facets["medium"]) == found.total


def test_it_joins_filters_and_lets_a_facet_count_beside_its_own_choice(shelf):
    filled(shelf)
    found = index.search(
        Query(
            audience=PUBLIC,
            filters={"medium": ("film",), "subject": ("geografi", "svenska")},
            counts=("medium", "subject"),
        )
    )
    assert found.total == 2
    assert dict(found.facets["medium"]) == {"film": 2, "bok": 1}
    assert dict(found.facets["subject"]) == {"geografi": 1, "bild": 1, "svenska": 1}


def test_it_orders_titles_in_swedish_and_the_newest_first(shelf):
    for number, title in enumerate(["Öring", "Ål", "Ärla", "Zebra", "ekorre", "Älg 2", "Älg 1"]):
        shelf.put(number, title, newest=number)
    index.drain()
    assert titles(sort=Sort.TITLE) == ["ekorre", "Zebra", "Ål", "Älg 1", "Älg 2", "Ärla", "Öring"]
    assert titles(sort=Sort.NEWEST)[:2] == ["Älg 1", "Älg 2"]


def test_it_pages_and_stays_on_the_last_page(shelf):
    for number in range(45):
        shelf.put(number, f"Film {number}", newest=number)
    index.drain()
    last = index.search(Query(text="film", audience=PUBLIC, page=10**9))
    assert (last.total, last.page, last.pages, len(last.hits)) == (45, 3, 3, 5)
    first = index.search(Query(text="film", audience=PUBLIC, page=-3, per_page=0))
    assert (first.page, len(first.hits)) == (1, 1)


def test_it_asks_whether_another_spelling_was_meant_only_when_that_finds_more(shelf):
    filled(shelf)
    assert index.search(Query(text="vulkamer", audience=PUBLIC)).instead == "vulkaner"
    assert index.search(Query(text="vukaner film", audience=PUBLIC)).instead == "vulkaner film"
    assert index.search(Query(text="xylofon", audience=PUBLIC)).instead == ""
    assert index.search(Query(text="vulkamer", audience=PUBLIC, filters={"medium": ("spel",)})).instead == ""
    assert index.search(Query(text="undervisningvulkaner", audience=PUBLIC)).instead == "undervisning vulkaner"


def test_it_doubts_a_slip_in_the_catalogue_when_another_spelling_finds_much_more(shelf):
    for number in range(12):
        shelf.put(number, f"Beethoven del {number}")
    shelf.put(20, "Om Beetoven")
    shelf.put(21, "Holms vänner")
    shelf.put(22, "Sherlock Holmes")
    index.drain()
    assert index.search(Query(text="beetoven", audience=PUBLIC)).instead == "beethoven"
    assert index.search(Query(text="sherlock holms", audience=PUBLIC)).instead == "sherlock holmes"
    assert index.search(Query(text="beethoven", audience=PUBLIC)).instead == ""
    assert index.search(Query(text="sherlok holmess", audience=PUBLIC)).instead == "sherlock holmes"


def test_it_puts_the_thing_with_just_that_title_first(shelf):
    shelf.put(1, "Kalevala i skolan", subjects=["Kalevala"], text="Kalevala " * 5)
    shelf.put(2, "Kalevala", text="en lång beskrivning " * 20)
    index.drain()
    assert titles("kalevala")[0] == "Kalevala"


def test_it_keeps_the_counts_of_everything_only_until_something_changes(shelf, monkeypatch):
    filled(shelf)
    query = Query(audience=PUBLIC, counts=("medium",))
    first = index.search(query).facets
    first["medium"].clear()
    with monkeypatch.context() as counting:
        counting.setattr(index.Asker, "count", None)
        assert dict(index.search(query).facets["medium"]) == {"film": 2, "bok": 1}
    assert dict(index.search(Query(audience=PUBLIC | {"o7"}, counts=("medium",))).facets["medium"]) == {
        "film": 2,
        "bok": 2,
    }
    shelf.put(9, "Ny bok", facets={"medium": ["bok"]})
    index.drain()
    assert dict(index.search(query).facets["medium"]) == {"film": 2, "bok": 2}


def test_it_offers_something_broader_only_when_nothing_was_found(shelf):
    filled(shelf)
    found = index.search(Query(text="vulkanböcker om dinosaurier", audience=PUBLIC, filters={"medium": ("spel",)}))
    assert (found.total, found.broader[0].title) == (0, "Böcker om vulkaner")
    assert "Hemligt om vulkaner" not in [hit.title for hit in found.broader]
    assert index.search(Query(text="böcker", audience=PUBLIC)).broader == []
    assert index.search(Query(text="-film -bok", filters={"medium": ("x",)}, audience=PUBLIC)).broader == []


def test_it_suggests_subjects_and_titles_while_one_types(shelf):
    shelf.put(1, "Matematik med robotar", subjects=["Matematik", "Teknik"])
    shelf.put(2, "Roliga matteövningar", subjects=["matematik"])
    index.drain()
    found = index.suggest("mat", Query(audience=PUBLIC))
    assert [(s.text.lower(), s.id) for s in found] == [
        ("matematik", 0),
        ("matematik med robotar", 1),
        ("roliga matteövningar", 2),
    ]
    assert [s.id for s in index.suggest("matematik med rob", Query(audience=PUBLIC))] == [1]
    assert index.suggest("m", Query(audience=PUBLIC)) == []


def test_it_finds_swedish_letters_typed_without_dots_but_not_other_words(shelf):
    shelf.put(1, "Förskolans lärare")
    shelf.put(2, "Kör i kyrkan")
    shelf.put(3, "Kor på bete")
    index.drain()
    assert titles("forskola larare") == ["Förskolans lärare"]
    assert titles("kor") == ["Kor på bete"]


def test_it_reads_phrases_minus_and_numbers(shelf):
    shelf.put(1, "Andra världskriget", text="Om kriget i Europa", identifiers=["978-91-40-12345-6"])
    shelf.put(2, "Kriget andra gången")
    index.drain()
    assert titles('"andra världskriget"') == ["Andra världskriget"]
    assert titles("andra kriget -europa") == ["Kriget andra gången"]
    assert titles("9789140123456") == ["Andra världskriget"]
    assert titles("978-91-40-12345-6") == ["Andra världskriget"]


def test_it_uses_synonyms_as_they_stand_now(shelf):
    shelf.put(1, "Ritprogram för iPad")
    shelf.put(2, "Surfplattor i förskolan")
    index.drain()
    assert titles("lärplattor") == []
    group = actions.keep_synonyms(words=["surfplatta", "lärplatta", "iPad"], language="sv", by=None, at=AT)
    index.read_synonyms_anew()
    assert sorted(titles("lärplattor")) == ["Ritprogram för iPad", "Surfplattor i förskolan"]
    actions.drop_synonyms(group=group, by=None, at=AT)
    index.read_synonyms_anew()
    assert titles("lärplattor") == []
    assert not SynonymGroup.objects.exists()


ABSURD = ["", " ", '"', '""', '"a', "AND OR NOT", "a:b", "+-*/\\[]{}()^~", "\x00", "😀", "-", "- -", "-film", "'" * 50,
          "x" * 10_000, "film " * 3000, "\u202efilm", "\ud800", "(" * 200, "title:*", "ﬁlm", "-\"a b\""]  # fmt: skip


@pytest.mark.parametrize("text", ABSURD)
def test_it_answers_anything_that_is_typed(shelf, text):
    filled(shelf)
    found = index.search(
        Query(
            text=text,
            audience=PUBLIC,
            filters={"medium": ("\x00", "film'"), "no such": ("x",)},
            counts=("no", "medium"),
        )
    )
    assert not found.plain
    assert index.suggest(text, Query(audience=PUBLIC)) is not None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40), st.integers(), st.integers())
def test_it_never_fails_on_a_question(shelf, text, page, per_page):
    if not (index.folder() / "current").exists():
        filled(shelf)
    found = index.search(Query(text=text, audience=PUBLIC, page=page, per_page=per_page, counts=("subject",)))
    assert not found.plain
    assert 1 <= found.page <= found.pages
