"""Språkbanken's resources (corpora, lexicons, analyses), one JSON object on each line, in Swedish and English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from resursnav.deliver.resources.drafts import CreatorDraft, EditionDraft, LinkDraft, ResourceDraft, SubjectDraft
from resursnav.foundation.imports.cells import clean, html_to_text, read_date
from resursnav.foundation.imports.limits import DEFAULT, Limits
from resursnav.foundation.imports.reasons import Problem, wrong

from . import codes, subjects
from .identifiers import read_doi, read_url
from .jsonfiles import lines

PAGE = "https://spraakbanken.gu.se/resurser/"
TYPES = {
    "corpus": "Korpusar",
    "lexicon": "Lexikon",
    "analysis": "Språkanalyser",
    "model": "Språkmodeller",
    "utility": "Verktyg",
}
_MARKDOWN = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`#]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")


def read(path: Path, *, limits: Limits = DEFAULT) -> Iterator[ResourceDraft | Problem]:
    """One draft for each line."""
    for line, record in lines(path, limits):
        yield record if isinstance(record, Problem) else _draft(line, record)


def _draft(line: int, record: Mapping[str, Any]) -> ResourceDraft | Problem:
    key = clean(str(record.get("id") or ""))
    if not key:
        return wrong("cell.required", line, "id", str(record)[:200])
    name, short, long = (_texts(record.get(part)) for part in ("name", "short_description", "description"))
    title = name.get("swe") or name.get("eng") or key
    updated = read_date(str(record.get("updated") or record.get("created") or ""))
    if updated.reason:
        return wrong(updated.reason, line, "updated", record.get("updated"))
    url = PAGE + key
    languages = codes.languages([str(code) for code in record.get("language_codes") or []])
    doi = read_doi(str(record.get("doi") or ""))
    said = {part: record[part] for part in ("type", "task", "unlisted", "successors") if record.get(part)}
    licence, licence_url = codes.licence(str(record.get("license") or ""))
    return ResourceDraft(
        source="sprakbanken",
        source_id=key,
        title=title,
        other_titles=tuple(dict.fromkeys(text for text in (name.get("eng", ""), key) if text and text != title)),
        description="\n\n".join(
            dict.fromkeys(
                text for text in (short.get("swe"), long.get("swe"), short.get("eng"), long.get("eng")) if text
            )
        ),
        creators=tuple(
            CreatorDraft(person)
            for person in dict.fromkeys(clean(str(one)) for one in record.get("creators") or [])
            if person
        ),
        publisher="Språkbanken Text",
        year=updated.value.year if updated.value else None,
        languages=languages,
        editions=(EditionDraft("web", url=url, languages=languages),),
        identifiers=(("uri", url), ("doi", doi)) if doi else (("uri", url),),
        subjects=_subjects(record),
        school_forms=("GY", "HS"),
        licence=licence,
        licence_url=licence_url,
        links=_links(record),
        extra=said,
        line=line,
    )


def _texts(value: Any) -> dict[str, str]:
    if isinstance(value, str):
        return {"swe": _plain(value)}
    if not isinstance(value, Mapping):
        return {}
    return {str(code): _plain(text) for code, text in value.items() if isinstance(text, str)}


def _plain(text: str) -> str:
    return html_to_text(_MARKDOWN.sub(lambda match: match[1] or "", text))


def _subjects(record: Mapping[str, Any]) -> tuple[SubjectDraft, ...]:
    kind = str(record.get("type") or "")
    found: list[SubjectDraft | None] = [SubjectDraft("topic", f"sprakbanken:{kind}", TYPES.get(kind, kind))]
    if "swe" in (record.get("language_codes") or []):
        found.append(subjects.school("SVE"))
    words = [clean(str(word)) for word in [*(record.get("keywords") or []), record.get("task") or ""]]
    found += [SubjectDraft("topic", f"sprakbanken:{word.casefold()}"[:400], word[:400]) for word in words if word]
    return subjects.unique(found)


def _links(record: Mapping[str, Any]) -> tuple[LinkDraft, ...]:
    found: dict[str, LinkDraft] = {}
    for part in ("interfaces", "downloads", "tools", "models"):
        for one in record.get(part) or []:
            if not isinstance(one, Mapping):
                continue
            url = read_url(str(one.get("access") or one.get("url") or one.get("download") or ""))
            if url:
                label = _texts(one.get("name")).get("swe") or _texts(one.get("description")).get("swe") or ""
                found.setdefault(url, LinkDraft(url, "more", clean(label)[:200]))
    return tuple(found.values())
