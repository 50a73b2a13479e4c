"""Records as OAI-PMH wraps them: from a saved answer, or one by one from a harvest (oai_dc, MARCXML or AMB inside)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

from resursnav.deliver.resources.drafts import CreatorDraft, EditionDraft, LinkDraft, ResourceDraft, SubjectDraft
from resursnav.foundation.imports.archives import open_bytes
from resursnav.foundation.imports.cells import clean, html_to_text, read_moment, read_year
from resursnav.foundation.imports.limits import DEFAULT, Limits
from resursnav.foundation.imports.reasons import Problem, wrong
from resursnav.foundation.imports.safe_xml import elements

from . import amb, codes, marc, subjects
from .identifiers import read_doi, read_isbn, read_issn, read_url
from .marcfiles import NS as MARC_NS
from .marcfiles import from_element

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
DC_ROOT = "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
AMB_ROOT = "{https://w3id.org/kim/amb/}json"
MEDIA = {
    "movingimage": "stream", "video": "stream", "film": "film", "sound": "podcast", "audio": "podcast", "text": "book",
    "book": "book", "interactiveresource": "web", "software": "app", "image": "web", "physicalobject": "kit",
    "dataset": "web", "collection": "web", "game": "game",
}  # fmt: skip


def read(path: Path, *, source: str, limits: Limits = DEFAULT) -> Iterator[ResourceDraft | Problem]:
    """One draft for each record of a saved answer."""
    with open_bytes(path, limits) as file:
        for line, record in elements(file, f"{OAI}record", limits=limits):
            yield from from_record(record, source=source, line=line)


def from_record(record: Element, *, source: str, line: int | None = None) -> Iterator[ResourceDraft | Problem]:
    """The draft of one OAI record, whichever of the three descriptions is inside."""
    header = record.find(f"{OAI}header")
    number = clean(header.findtext(f"{OAI}identifier") or "") if header is not None else ""
    if header is None or not number:
        yield wrong("cell.required", line, "header/identifier", "")
        return
    changed = read_moment(header.findtext(f"{OAI}datestamp") or "").value
    if header.get("status") == "deleted":
        yield ResourceDraft(source, number[:400], number[:400], deleted=True, line=line, changed_at=changed)
        return
    metadata = record.find(f"{OAI}metadata")
    inside = next(iter(metadata), None) if metadata is not None else None
    if inside is None:
        yield wrong("oai.empty", line, "metadata", number)
    elif inside.tag == DC_ROOT:
        yield _from_dc(inside, number, source, line)
    elif inside.tag == f"{MARC_NS}record":
        yield from _numbered(marc.draft(from_element(inside, line or 0), source), number)
    elif inside.tag == AMB_ROOT:
        yield from _numbered(_from_amb(inside, source, line), number)
    else:
        yield wrong("oai.unknown_format", line, "metadata", inside.tag)


def _numbered(found: Iterator[ResourceDraft | Problem], number: str) -> Iterator[ResourceDraft | Problem]:
    """Known by the number in the header, because that is all that is left when the record is deleted."""
    for one in found:
        yield one if isinstance(one, Problem) else replace(one, source_id=number[:400])


def _from_amb(inside: Element, source: str, line: int | None) -> Iterator[ResourceDraft | Problem]:
    try:
        record = json.loads(inside.text or "")
    except ValueError:
        yield wrong("json.broken", line, "metadata", inside.text or "", column=0)
        return
    yield from amb.load(record, source=source, line=line)


def _from_dc(inside: Element, number: str, source: str, line: int | None) -> ResourceDraft | Problem:
    def texts(name: str) -> list[str]:
        written = (clean("".join(one.itertext())) for one in inside.findall(f"{DC}{name}"))
        return list(dict.fromkeys(text for text in written if text))

    titles = texts("title")
    if not titles:
        return wrong("cell.required", line, "dc:title", number)
    identifiers, addresses = _identifiers([*texts("identifier"), *texts("source")])
    languages = codes.languages(texts("language"))
    names = [re.sub(r"\W", "", kind.rpartition("/")[2]).casefold() for kind in texts("type")]
    media = next((MEDIA[name] for name in names if name in MEDIA), "web")
    address = addresses[0] if addresses else ""
    about = [_subject(text) for text in texts("subject")]
    licence = next((found for right in texts("rights") if (found := codes.licence(right))[1]), ("", ""))
    year = next((year for text in texts("date") if (year := read_year(text).value)), None)
    return ResourceDraft(
        source=source,
        source_id=number[:400],
        title=titles[0],
        other_titles=tuple(titles[1:]),
        description="\n\n".join(html_to_text(text) for text in texts("description")),
        creators=(
            *(CreatorDraft(name[:300]) for name in texts("creator")),
            *(CreatorDraft(name[:300], "contributor") for name in texts("contributor")),
        ),
        publisher="; ".join(texts("publisher")),
        year=year,
        languages=languages,
        editions=(EditionDraft(media, url=address, languages=languages),),
        identifiers=identifiers,
        subjects=subjects.unique(about),
        licence=licence[0],
        licence_url=licence[1],
        links=tuple(LinkDraft(url, "related") for text in texts("relation") if (url := read_url(text))),
        line=line,
    )


def _subject(text: str) -> SubjectDraft:
    return subjects.school_by_name(text) or SubjectDraft("topic", text.casefold()[:400], text[:400])


def _identifiers(written: list[str]) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    found: dict[tuple[str, str], None] = {}
    addresses = []
    for text in written:
        if doi := read_doi(text):
            found["doi", doi] = None
        if url := read_url(text):
            addresses.append(url)
            found["uri", url[:400]] = None
        elif "issn" in text.casefold() and (issn := read_issn(text).value):
            found["issn", issn] = None
        elif isbn := read_isbn(text.casefold().replace("urn:isbn:", "").replace("isbn", "")).value:
            found["isbn", isbn] = None
    return tuple(found), addresses
