"""The generated pages say what the code says."""

import shutil
from dataclasses import dataclass

import pytest
from django.db.models import Q

from resursnav.foundation.access.rules import rules
from resursnav.foundation.people.models import Person
from resursnav.kernel.events import wires
from tools import docs


@pytest.fixture(autouse=True)
def ready():
    docs.set_up()


@pytest.fixture
def folder(tmp_path):
    """A copy of the pages as they ought to be."""
    (tmp_path / "contexts").mkdir()
    for name, make in docs.PAGES.items():
        (tmp_path / name).write_text(make(), encoding="utf-8")
    shutil.copy(docs.DOCS / "words.md", tmp_path)
    return tmp_path


def test_it_names_every_rule_with_who_reaches_how_far():
    text = docs.permissions()
    for rule in rules():
        assert f"| `{rule.name}` |" in text
    assert "| `organisations.see` | anyone | anywhere |  |" in text


def test_it_names_every_event_with_its_listeners():
    text = docs.events()
    for event, listeners in wires():
        assert event.rpartition(".")[2] in text
        for listener in listeners:
            assert listener.removeprefix("resursnav.") in text


def test_it_names_every_column_and_marks_what_is_about_a_person():
    text = docs.tables()
    assert "### Person\n\n`people_person`. Somebody who can sign in." in text
    assert "| `given_name` | text, at most 80 | förnamn | yes |" in text
    assert "| `id` | big auto | ID |  |" in text
    assert docs.personal(Person, Person._meta.get_field("email"))


def test_it_puts_conditions_in_words():
    where = (Q(status="published") & ~Q(kind__in=["b", "a"])) | Q(node__name="x", ended__isnull=True)
    assert docs.condition(where) == (
        "(status is published and not (kind is one of a, b)) or (ended is empty and node.name is x)"
    )


def test_it_sees_a_page_that_is_out_of_date_or_absent(folder):
    assert docs.stale(folder) == []
    (folder / "tables.md").unlink()
    (folder / "events.md").write_text("# Events\n", encoding="utf-8")
    assert docs.stale(folder) == ["events.md", "tables.md"]


def test_it_sees_contexts_without_a_page_and_words_without_a_line(folder):
    (folder / "words.md").write_text("| Swedish | code | where |\n| --- | --- | --- |\n| roll | role | access |\n")
    said = docs.missing(folder)
    assert "docs/contexts/access.md is not written" in said
    assert "docs/words.md: no line for “räckvidd” (access)" in said
    assert not any("“roll”" in line for line in said)


def test_it_reads_only_the_events_of_the_context(monkeypatch):
    @dataclass(frozen=True)
    class Elsewhere:
        """An event of somebody else."""

    config = next(config for config in docs.contexts() if config.label == "organisations")
    monkeypatch.setattr("resursnav.foundation.organisations.events.Elsewhere", Elsewhere, raising=False)
    assert Elsewhere not in list(docs._told(config))
    assert len(list(docs._told(config))) > 3
