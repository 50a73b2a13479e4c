"""Papers: set from data, the same each time, and nothing that a person typed is read as markup."""

import subprocess
from datetime import UTC, datetime

import pytest

from resursnav.foundation.printing import papers

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PLAIN = "#let data = json(bytes(sys.inputs.data))\n#data.text\n"


@pytest.fixture
def template(tmp_path, monkeypatch):
    monkeypatch.setattr(papers, "ROOT", tmp_path)

    def make(text):
        path = tmp_path / "paper.typ"
        path.write_text(text, encoding="utf-8")
        return path

    return make


def test_it_sets_the_same_paper_from_the_same_data(template):
    path = template(PLAIN)
    first = papers.render(path, {"text": "Åäö"}, at=AT)
    assert first.startswith(b"%PDF-")
    assert papers.render(path, {"text": "Åäö"}, at=AT) == first
    assert papers.render(path, {"text": "Annat"}, at=AT) != first


def test_it_reads_no_text_as_markup(template, tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    path = template(PLAIN + "#assert(data.text == data.same)\n#assert(type(data.text) == str)")
    nasty = '#read("secret.txt") $x$ *b* ]] // "'
    assert papers.render(path, {"text": nasty, "same": nasty}, at=AT)


@pytest.mark.parametrize(
    "text",
    [
        "#let",
        '#read("../../../../etc/passwd")',
        '#image("/etc/hostname")',
        '#import "@preview/cetz:0.3.0": *',
        "#panic()",
    ],
)
def test_it_says_what_is_wrong_with_a_template_and_reaches_nothing_outside(template, text):
    with pytest.raises(papers.Unprintable, match=r"paper\.typ"):
        papers.render(template(text), {}, at=AT)


def test_it_ends_what_takes_too_long_or_is_too_much(template):
    with pytest.raises(papers.Unprintable, match=r"longer than 0\.5 s"):
        papers.render(
            template("#for a in range(90000) { for b in range(90000) { let c = a * b } }"), {}, at=AT, seconds=0.5
        )
    with pytest.raises(papers.Unprintable, match="larger than"):
        papers.render(template(PLAIN), {"text": "x" * papers.LARGEST}, at=AT)


def test_it_gives_up_when_what_comes_back_is_no_paper(template, monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 0, b"", b""))
    with pytest.raises(papers.Unprintable):
        papers.render(template(PLAIN), {"text": ""}, at=AT)
