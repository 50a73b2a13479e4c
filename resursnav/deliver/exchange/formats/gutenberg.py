"""Project Gutenberg's catalogue: works, subjects and authors in three tables, one or more rows for a work.

Source: the gutenbergr catalogue tables. A work with two authors has two rows; shelves stand in one cell with slashes,
some of which belong to a shelf's own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from resursnav.deliver.resources.drafts import CreatorDraft, EditionDraft, ResourceDraft, SubjectDraft
from resursnav.foundation.imports.cells import clean
from resursnav.foundation.imports.limits import DEFAULT, Limits
from resursnav.foundation.imports.reasons import Problem, Unreadable, noted, wrong
from resursnav.foundation.imports.tabular import Row, open_table

from . import UNTITLED, codes, subjects

COLUMNS = (
    "gutenberg_id",
    "title",
    "author",
    "gutenberg_author_id",
    "language",
    "gutenberg_bookshelf",
    "rights",
    "has_text",
)
PARTS = {
    "works": COLUMNS[:5],
    "subjects": ("gutenberg_id", "subject_type", "subject"),
    "authors": ("gutenberg_author_id", "author", "deathdate"),
}
PAGE = "https://www.gutenberg.org/ebooks/"
PROTECTED_YEARS = 70
"""A work is protected in Sweden until 70 years have passed since the end of the year in which its last author died."""
SHELVES_WITH_SLASH = (
    "Religion/Spirituality", "Plays/Films/Dramas", "Nature/Gardening/Animals", "Health & Medicine",
    "Encyclopedias/Dictionaries/Reference", "Science - Earth/Agricultural/Farming", "History - Medieval/Middle Ages",
    "Journalism/Media/Writing", "Sports/Hobbies", "Psychiatry/Psychology", "Science - Chemistry/Biochemistry",
    "Science - Genetics/Biology",
)  # fmt: skip
_FORMS = {"Category: Children & Young Adult Reading": ("GR",)}
_ROLE = re.compile(r"\s*\[(.+?)\]$")

Deaths = dict[str, int | None]


def read(
    works: Path,
    subject_file: Path | None = None,
    author_file: Path | None = None,
    *,
    this_year: int,
    limits: Limits = DEFAULT,
) -> Iterator[ResourceDraft | Problem]:
    """One draft for each work, its subjects and its authors' years read from the other files where they are given."""
    deaths = _deaths(author_file, limits) if author_file else {}
    topics = _Topics(subject_file, limits) if subject_file else None
    table = open_table(works, expects=COLUMNS, requires=COLUMNS[:5], limits=limits)
    yield from table.problems
    for work, group in groupby(
        table.rows(), key=lambda row: row["gutenberg_id"].strip() if isinstance(row, Row) else ""
    ):
        found = []
        for one in group:
            if isinstance(one, Row):
                found.append(one)
            else:
                yield one
        if not found:
            continue
        if not work.isdigit():
            yield wrong("code.not_digits", found[0].line, "gutenberg_id", work)
            continue
        if not found[0]["title"].strip():
            yield noted("title.missing", found[0].line, "title", work)
        yield _draft(work, found, topics.of(int(work)) if topics else (), deaths, this_year)


def part_of(path: Path, limits: Limits = DEFAULT) -> str:
    """Which of the catalogue's tables the file is: works, subjects or authors; empty when it is none of them."""
    try:
        columns = set(open_table(path, expects=(*COLUMNS, "subject_type", "deathdate"), limits=limits).columns)
    except Unreadable as refused:
        if refused.reason.startswith("archive."):
            raise
        return ""
    for part, needs in PARTS.items():
        if columns.issuperset(needs):
            return part
    return ""


def sorted_out(files: Iterable[tuple[str, Path]], limits: Limits = DEFAULT) -> tuple[Path, Path | None, Path | None]:
    """Works, subjects and authors among files that came together, told apart by their columns."""
    found: dict[str, Path] = {}
    for name, path in files:
        part = part_of(path, limits)
        if not part or part in found:
            raise Unreadable("gutenberg.twice" if part else "gutenberg.no_part", file=name[:200])
        found[part] = path
    if "works" not in found:
        raise Unreadable("gutenberg.no_works")
    return found["works"], found.get("subjects"), found.get("authors")


def _draft(
    work: str, rows: list[Row], topics: Iterable[tuple[str, str]], deaths: Deaths, this_year: int
) -> ResourceDraft:
    first = rows[0]
    title = clean(first["title"]) or UNTITLED
    main, _, rest = title.partition(" : ")
    names = {clean(row["author"]): row["gutenberg_author_id"] for row in rows if row["author"].strip()}
    has_text = first["has_text"].strip().casefold() != "false"
    licence, licence_url = _rights(first["rights"], list(names.values()), deaths, this_year)
    extra = {"rights": clean(first["rights"])} if first["rights"].strip() else {}
    url = f"{PAGE}{work}"
    languages = codes.languages(first["language"].split("/"))
    return ResourceDraft(
        source="gutenberg",
        source_id=work,
        title=main,
        subtitle=rest,
        creators=tuple(CreatorDraft(name, "author") for name in names),
        publisher="Project Gutenberg",
        languages=languages,
        editions=(EditionDraft("web" if has_text else "stream", url=url, languages=languages),),
        identifiers=(("uri", url),),
        subjects=_subjects(topics, shelves(first["gutenberg_bookshelf"])),
        licence=licence,
        licence_url=licence_url,
        extra=extra,
        line=first.line,
    )


def shelves(written: str) -> list[str]:
    """The shelves in one cell: those with a slash in their own name are kept whole."""
    text = written
    for name in SHELVES_WITH_SLASH:
        text = text.replace(name, name.replace("/", "\x00"))
    return [shelf for part in text.split("/") if (shelf := clean(part.replace("\x00", "/").removeprefix("Category: ")))]


def _subjects(topics: Iterable[tuple[str, str]], shelf_names: list[str]) -> tuple[SubjectDraft, ...]:
    found: list[SubjectDraft | None] = []
    for kind, subject in topics:
        if kind == "lcc":
            found += [subjects.from_lcc(subject), subjects.lcc(subject)]
        else:
            text = clean(subject)[:400]
            found.append(SubjectDraft("lcsh", text, text))
    found += [SubjectDraft("topic", f"gutenberg:{name}"[:400], name[:400]) for name in shelf_names]
    return subjects.unique(found)


def _rights(written: str, author_ids: list[str], deaths: Deaths, this_year: int) -> tuple[str, str]:
    """Free in the USA is not free in Sweden: that takes that every author is known to have died long enough ago."""
    if not written.startswith("Public domain"):
        return ("RESERVED", "") if written.startswith("Copyrighted") else ("", "")
    years = [deaths.get(author) for author in author_ids]
    if years and all(year is not None and year + PROTECTED_YEARS < this_year for year in years):
        return codes.licence("public-domain")
    return "OTHER", ""


def _deaths(path: Path, limits: Limits) -> Deaths:
    table = open_table(
        path, expects=["gutenberg_author_id", "deathdate"], requires=["gutenberg_author_id"], limits=limits
    )
    found: Deaths = {}
    for row in table.rows():
        if isinstance(row, Row):
            year = row["deathdate"].strip().lstrip("-")
            found[row["gutenberg_author_id"].strip()] = int(year) if year.isdigit() else None
    return found


class _Topics:
    """Subjects beside the works, read in step with them: both files are in the order of the numbers."""

    def __init__(self, path: Path, limits: Limits) -> None:
        columns = ("gutenberg_id", "subject_type", "subject")
        table = open_table(path, expects=columns, requires=columns, limits=limits)
        self._rows = (row for row in table.rows() if isinstance(row, Row))
        self._waiting: Row | None = next(self._rows, None)

    def of(self, work: int) -> list[tuple[str, str]]:
        """The subjects of this work; those of works that were passed over are skipped."""
        found: list[tuple[str, str]] = []
        last = -1
        while self._waiting is not None:
            text = self._waiting["gutenberg_id"].strip()
            number = int(text) if text.isdigit() else -1
            if 0 <= number < last:
                raise Unreadable("file.not_in_order", line=self._waiting.line, column="gutenberg_id")
            if number > work:
                break
            last = number
            if number == work:
                found.append((self._waiting["subject_type"].strip(), self._waiting["subject"]))
            self._waiting = next(self._rows, None)
        return found
