"""OER Commons' own CSV: open learning resources, mostly in English, with HTML in their descriptions.

A trap in the real file: where one resource has several material types, the further ones follow as whole blocks of
columns on the same line (17, 33, 49 ... cells), so the first cell of each block shares the last one's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from resursnav.deliver.resources.drafts import EditionDraft, ResourceDraft, SubjectDraft
from resursnav.foundation.imports.cells import clean, html_to_text, read_moment, split_list
from resursnav.foundation.imports.limits import DEFAULT, Limits
from resursnav.foundation.imports.reasons import Problem, noted, wrong
from resursnav.foundation.imports.tabular import Row, open_table

from . import UNTITLED, codes, subjects
from .codes import Level
from .identifiers import read_url

COLUMNS = (
    "URL",
    "NAME",
    "TEACHER_OVERVIEW",
    "GRADE_SUBLEVELS",
    "SUBJECTS",
    "LANGUAGES",
    "LICENSE_URL",
    "MATERIAL_TYPES",
)
MATERIAL_AT = 14
BLOCK = 16
# American levels in the Swedish school's years.
LEVELS = {
    "preschool": Level(("FSK",), -1, -1, 1, 5),
    "lower-primary": Level(("FKLASS", "GR"), 0, 3, 6, 9),
    "upper-primary": Level(("GR",), 4, 6, 10, 12),
    "middle-school": Level(("GR",), 6, 8, 12, 14),
    "high-school": Level(("GR", "GY"), 9, 12, 15, 18),
    "community-college-lower-division": Level(("HS",)),
    "college-upper-division": Level(("HS",)),
    "graduate-professional": Level(("HS",)),
    "career-technical": Level(("GY", "VUX")),
    "adult-education": Level(("VUX",)),
}
MEDIA = {
    "Game": "game", "Interactive": "web", "Simulation": "web", "Lesson Plan": "guide", "Student Guide": "guide",
    "Teaching/Learning Strategy": "guide", "Unit of Study": "guide", "Textbook": "book", "Syllabus": "guide",
}  # fmt: skip


def read(path: Path, *, limits: Limits = DEFAULT) -> Iterator[ResourceDraft | Problem]:
    """One draft for each line."""
    table = open_table(path, expects=COLUMNS, requires=("URL", "NAME"), keep_more=True, limits=limits)
    yield from table.problems
    for row in table.rows():
        if isinstance(row, Row) and not row["NAME"].strip():
            yield noted("title.missing", row.line, "NAME", row["URL"])
        yield _draft(row) if isinstance(row, Row) else row


def _draft(row: Row) -> ResourceDraft | Problem:
    url = read_url(row["URL"])
    if not url:
        return wrong("url.wrong" if row["URL"].strip() else "cell.required", row.line, "URL", row["URL"])
    made = read_moment(row["CREATE_DATE"])
    if made.reason:
        return wrong(made.reason, row.line, "CREATE_DATE", row["CREATE_DATE"])
    kinds = materials(row)
    level = codes.together([LEVELS[name] for name in split_list(row["GRADE_SUBLEVELS"], "|") if name in LEVELS])
    licence, licence_url = codes.licence(row["LICENSE_URL"] or row["LICENSE_TITLE"])
    texts = [
        html_to_text(row[name]) for name in ("TEACHER_OVERVIEW", "TEACHER_LESSON_PREPARATION", "TEACHER_MATERIALS")
    ]
    languages = codes.languages(split_list(row["LANGUAGES"], "|"))
    media = next((MEDIA[kind] for kind in kinds if kind in MEDIA), "web")
    said = {
        "material_types": kinds,
        "users": split_list(row["PRIMARY_USER"], "|"),
        "use": split_list(row["EDUCATIONAL_USE"], "|"),
    }
    return ResourceDraft(
        source="oer-commons",
        source_id=url.removesuffix("/overview").rpartition("/")[2] if "/lesson/" in url else url,
        title=clean(row["NAME"]) or UNTITLED,
        description="\n\n".join(text for text in texts if text),
        publisher=clean(row["PROVIDER"]) or "OER Commons",
        year=made.value.year if made.value else None,
        languages=languages,
        editions=(EditionDraft(media, url=url, languages=languages),),
        identifiers=(("uri", url),),
        subjects=_subjects(row),
        school_forms=level.school_forms,
        grade_from=level.grade_from,
        grade_to=level.grade_to,
        age_from=level.age_from,
        age_to=level.age_to,
        licence=licence,
        licence_url=licence_url,
        extra={name: values for name, values in said.items() if values},
        line=row.line,
        changed_at=made.value,
    )


def materials(row: Row) -> list[str]:
    """The material types of the line and of the blocks that follow on it."""
    cells = [*row.values.values(), *row.more]
    return list(dict.fromkeys(text for cell in cells[MATERIAL_AT::BLOCK] for text in split_list(cell, "|")))


def _subjects(row: Row) -> tuple[SubjectDraft, ...]:
    named = split_list(row["SUBJECTS"], "|")
    school = [subjects.from_oer(name) for name in named]
    topics = [SubjectDraft("topic", f"oer:{name}", name.replace("-", " ").capitalize()) for name in named]
    words = [
        SubjectDraft("topic", f"oer:{word.casefold()}"[:400], word[:400]) for word in split_list(row["KEYWORDS"], "|")
    ]
    return subjects.unique([*school, *topics, *words])
