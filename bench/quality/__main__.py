"""How well the search answers: nDCG@10 on judged questions over real Swedish records, against simpler analysers.

    python -m bench.quality                the table
    python -m bench.quality --show tuned   each question of the tuned half, worst first

The records are read from ../shared/data (or RESURSNAV_SHARED_DATA) and never copied.  `questions.tsv` holds the
questions and what a person would call right; every other line is held out: it was not looked at while weights and
rules were chosen.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from resursnav.foundation.search import swedish
from resursnav.foundation.search.ask import Asker
from resursnav.foundation.search.documents import Document, Query
from resursnav.foundation.search.schema import build_schema, to_engine
from resursnav.foundation.search.swedish import Word

DATA = Path(os.environ.get("RESURSNAV_SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
QUESTIONS = Path(__file__).with_name("questions.tsv")
PUBLIC = frozenset({"public"})
BEST = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what is most wanted (2) and also useful (1)."""

    text: str
    most: re.Pattern[str]
    some: re.Pattern[str] | None
    held_out: bool

    def grade(self, record: str) -> int:
        if self.most.search(record):
            return 2
        return 1 if self.some and self.some.search(record) else 0


def questions() -> list[Question]:
    rows = [line for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    found = []
    for place, row in enumerate(rows):
        text, most, some = (*row.split("\t"), "")[:3]
        found.append(Question(text, re.compile(most), re.compile(some) if some else None, place % 2 == 1))
    return found


def records() -> Iterator[dict[str, Any]]:
    """Title, subtitle, subjects and text of every record."""
    seen = set()
    with (DATA / "curriculum/lgr22_central_content.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["text_sv"], row["subject"])
            if key not in seen:
                seen.add(key)
                yield {"title": row["text_sv"], "subjects": [row["subject"]], "subtitle": row["area"]}
    with (DATA / "catalogue/gutenberg/works_swedish.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            creators = [row["author"]] if row["author"] else []
            yield {"title": row["title"].replace("$b ", ""), "creators": creators}
    for line in (DATA / "catalogue/sprakbanken_resources.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name, short = (row.get("name") or {}).get("swe"), (row.get("short_description") or {}).get("swe")
        long = (row.get("description") or {}).get("swe") or ""
        if name or short:
            yield {"title": name or short, "subtitle": short or "", "text": long[:3000]}
    for line in (DATA / "catalogue/libris/records_described.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        titles = list(dict.fromkeys(titles_in(row["record"])))
        if row["file"].startswith("bib") and titles:
            yield {"title": titles[0], "subtitle": " ".join(titles[1:4])}


def titles_in(thing: Any) -> Iterator[str]:
    if isinstance(thing, dict):
        for key, value in thing.items():
            if key in ("mainTitle", "title") and isinstance(value, str):
                yield value
            else:
                yield from titles_in(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from titles_in(value)


def plain(word: str) -> Word:
    return Word(word, (word,), (), (), ())


def stemmed(word: str) -> Word:
    return Word(word, (swedish.stem(word),), (), (), ())


OURS = (swedish.read, swedish.parts, swedish.known)
SYSTEMS: dict[str, tuple[Callable[..., Any], Callable[..., Any], Callable[..., Any]]] = {
    "words as written": (plain, lambda word: [word], lambda word: True),
    "stems only (Snowball)": (stemmed, lambda word: [word], lambda word: True),
    "ours": OURS,
}


def ndcg(grades: list[int], ideal: list[int]) -> float:
    def gain(some: list[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(some[:BEST]))

    best = gain(sorted(ideal, reverse=True))
    return gain(grades) / best if best else 1.0


def ask_all(system: str, documents: list[Document], texts: list[str]) -> dict[str, tuple[float, int]]:
    """nDCG@10 and the number of hits for each question."""
    swedish.read, swedish.parts, swedish.known = SYSTEMS[system]  # type: ignore[assignment]  # simpler analysers stand in
    with tempfile.TemporaryDirectory() as folder:
        index = tantivy.Index(build_schema([]), path=folder)
        writer = index.writer(50_000_000, 1)
        for document in documents:
            writer.add_document(to_engine("record", document))
        writer.commit()
        index.reload()
        found = {}
        for question in questions():
            results = Asker(index).answer(Query(text=question.text, audience=PUBLIC, per_page=BEST))
            grades = [question.grade(texts[hit.id]) for hit in (*results, *results.broader)]
            ideal = [question.grade(text) for text in texts]
            found[question.text] = (ndcg(grades, ideal), results.total)
    swedish.read, swedish.parts, swedish.known = OURS  # type: ignore[assignment]  # the same
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", choices=["tuned"], help="each question of the tuned half, worst first")
    options = parser.parse_args()
    documents = [Document(id=place, audience=["public"], **record) for place, record in enumerate(records())]
    texts = [" ".join((d.title, d.subtitle, *d.subjects, *d.creators, d.text)).lower() for d in documents]
    asked = questions()
    none = [q.text for q in asked if not any(q.grade(text) for text in texts)]
    answers = {system: ask_all(system, documents, texts) for system in SYSTEMS}
    print(f"{len(documents)} records, {len(asked)} questions, without any right answer (left out): {none}")
    print(f"{'':24}{'tuned':>8}{'held out':>10}{'no hits':>9}")
    for system, found in answers.items():
        halves = [
            [found[q.text][0] for q in asked if q.held_out is half and q.text not in none] for half in (False, True)
        ]
        empty = sum(total == 0 for text, (_, total) in found.items() if text not in none)
        means = [sum(half) / len(half) for half in halves]
        print(f"{system:24}{means[0]:8.3f}{means[1]:10.3f}{empty:9}")
    if options.show:
        for question in sorted(asked, key=lambda q: answers["ours"][q.text][0]):
            if not question.held_out and question.text not in none:
                each = "  ".join(f"{answers[system][question.text][0]:.2f}" for system in SYSTEMS)
                print(f"{each}  {answers['ours'][question.text][1]:5}  {question.text}")


if __name__ == "__main__":
    main()
