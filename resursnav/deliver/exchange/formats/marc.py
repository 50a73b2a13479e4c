"""From MARC 21 records (bibliographic) to drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from resursnav.deliver.resources.drafts import CreatorDraft, EditionDraft, LinkDraft, ResourceDraft, SubjectDraft
from resursnav.foundation.imports.cells import html_to_text, read_year
from resursnav.foundation.imports.limits import DEFAULT, Limits
from resursnav.foundation.imports.reasons import Problem, noted, wrong

from . import codes, subjects
from .codes import Level
from .identifiers import read_doi, read_isbn, read_issn, read_url
from .marcfiles import Field, Marc
from .marcfiles import read as read_records

NOT_RESOURCES = {
    "z": "marc.authority",
    "x": "marc.holding",
    "y": "marc.holding",
    "u": "marc.holding",
    "v": "marc.holding",
}
MEDIA = {"a": "book", "t": "book", "c": "book", "d": "book", "e": "book", "f": "book", "g": "film", "i": "podcast",
         "j": "podcast", "k": "kit", "m": "app", "o": "kit", "p": "kit", "r": "kit"}  # fmt: skip
LABELS = {
    "c": "noter",
    "d": "noter",
    "e": "karta",
    "f": "karta",
    "i": "ljudupptagning",
    "j": "musikinspelning",
    "k": "bild",
}
ROLES = {"aut": "author", "drt": "director", "flm": "director", "ill": "illustrator", "nrt": "narrator",
         "pro": "producer",
         "edt": "editor", "com": "editor", "trl": "translator", "pbl": "organisation", "författare": "author",
         "regissör": "director", "illustratör": "illustrator", "uppläsare": "narrator", "översättare": "translator",
         "redaktör": "editor", "producent": "producer", "author": "author", "editor": "editor",
         "translator": "translator", "illustrator": "illustrator", "narrator": "narrator"}  # fmt: skip
# Character 22 of field 008.
AUDIENCES = {
    "a": Level(("FSK",), None, None, 0, 5),
    "b": Level(("FKLASS", "GR"), 0, 2, 6, 8),
    "c": Level(("GR",), 3, 7, 9, 13),
    "d": Level(("GR", "GY"), 8, 12, 14, 17),
    "j": Level((), None, None, 0, 15),
}
SCHEMES = {"sao": "sao", "barn": "sao", "saogf": "sao", "sao/swe": "sao"}
_END = re.compile(r"[\s/:;,=.]+$")
_KEPT_DOT = re.compile(r"\b\w\.$")
_HTML_TAGS = re.compile(r"[<&]")
_DURATION = re.compile(r"(\d{2})(\d{2})(\d{2})")
_MINUTES = re.compile(r"(?:(\d+)\s*(?:tim|h)\w*\.?,?\s*)?(\d+)\s*min", re.IGNORECASE)


def read(path: Path, *, source: str = "libris", limits: Limits = DEFAULT) -> Iterator[ResourceDraft | Problem]:
    """One draft for each bibliographic record; authority and holding records are noted and passed over."""
    for record in read_records(path, limits):
        if isinstance(record, Problem):
            yield record
        else:
            yield from draft(record, source)


def draft(record: Marc, source: str = "libris") -> Iterator[ResourceDraft | Problem]:
    """The draft of one record, and what is to be said about it."""
    number = record.control("001").strip()
    if record.kind in NOT_RESOURCES:
        yield noted(NOT_RESOURCES[record.kind], record.line, "leader/06", number)
        return
    if not number:
        yield wrong("cell.required", record.line, "001", record.first("245").get("a"))
        return
    title = _ended(" ".join(record.first("245").all("anp")))
    if not title:
        yield wrong("cell.required", record.line, "245", number)
        return
    identifiers, said = _identifiers(record, number, source)
    yield from said
    level = _level(record)
    languages = _languages(record)
    year = read_year(_publication(record).get("c")).value or read_year(record.control("008")[7:11]).value
    yield ResourceDraft(
        source=source,
        source_id=number,
        title=title,
        subtitle=_ended(record.first("245").get("b")),
        other_titles=_other_titles(record, title),
        description="\n\n".join(_plain(field.get("a")) for field in record.named("520", "505") if field.get("a")),
        creators=_creators(record),
        publisher=_ended(_publication(record).get("b"))[:300],
        year=year,
        languages=languages,
        editions=(_edition(record, languages, year),),
        identifiers=identifiers,
        subjects=_subjects(record),
        school_forms=level.school_forms,
        grade_from=level.grade_from,
        grade_to=level.grade_to,
        age_from=level.age_from,
        age_to=level.age_to,
        links=_links(record),
        deleted=record.leader[5:6] == "d",
        line=record.line,
    )


def _ended(text: str) -> str:
    """Without the punctuation that ISBD puts between elements; an initial keeps its dot."""
    text = text.strip()
    cut = _END.sub("", text)
    return f"{cut}." if text.endswith(".") and _KEPT_DOT.search(text) else cut


def _plain(text: str) -> str:
    return html_to_text(text) if _HTML_TAGS.search(text) else text


def _publication(record: Marc) -> Field:
    found = [field for field in record.named("264", "260") if field.tag == "260" or field.ind2 in "1 "]
    return found[0] if found else Field("260")


def _identifiers(record: Marc, number: str, source: str) -> tuple[tuple[tuple[str, str], ...], list[Problem]]:
    found: dict[tuple[str, str], None] = {}
    problems = []
    if source == "libris":
        found["libris", number] = None
    for field in record.named("020", "022", "024"):
        written = field.get("a")
        if field.tag == "024":
            if doi := read_doi(written):
                found["doi", doi] = None
            elif field.ind1 == "3" and written.isdigit():
                found["ean", written] = None
            continue
        cell = read_isbn(written) if field.tag == "020" else read_issn(written)
        if cell.value:
            found["isbn" if field.tag == "020" else "issn", cell.value] = None
        if said := cell.reason or cell.note:
            problems.append(noted(said, record.line, field.tag, written))
    return tuple(found), problems


def _other_titles(record: Marc, title: str) -> tuple[str, ...]:
    found = [_ended(" ".join(field.all("abnp"))) for field in record.named("130", "240", "246", "740")]
    return tuple(dict.fromkeys(one for one in found if one and one != title))


def _creators(record: Marc) -> tuple[CreatorDraft, ...]:
    found: dict[tuple[str, str], None] = {}
    for field in record.named("100", "700", "110", "710", "111", "711"):
        if field.get("t"):
            continue  # another work that this one contains or is about, not somebody who made it
        name = _ended(" ".join(field.all("ab" if field.tag.endswith("10") else "a")))
        if not name:
            continue
        stated = [_ended(code.rpartition("/")[2]).casefold() for code in field.all("4e")]
        roles = [ROLES[code] for code in stated if code in ROLES]
        usual = "author" if field.tag == "100" else "contributor" if field.tag == "700" else "organisation"
        for role in roles or [usual]:
            found[name[:300], role] = None
    return tuple(CreatorDraft(name, role) for name, role in found)


def _languages(record: Marc) -> tuple[str, ...]:
    written = [
        part
        for text in record.first("041").all("ad")
        for part in ([text] if len(text) < 6 else re.findall("...", text))
    ]
    return codes.languages([record.control("008")[35:38], *written])


def _subjects(record: Marc) -> tuple[SubjectDraft, ...]:
    found: list[SubjectDraft | None] = []
    for field in record.named("084"):
        if field.get("2").startswith("kssb") or not field.get("2"):
            code = field.get("a")
            found += [subjects.from_sab(code), SubjectDraft("sab", code[:400], code[:400])]
    for field in record.named("082"):
        code = field.get("a").replace("/", "")
        found += [subjects.from_dewey(code), SubjectDraft("dewey", code[:400], code[:400])]
    for field in record.named("050"):
        letters = re.match(r"[A-Z]{1,3}", field.get("a"))
        if letters:
            found += [subjects.from_lcc(letters[0]), subjects.lcc(letters[0])]
    for field in record.named("600", "610", "611", "630", "648", "650", "651", "653", "655"):
        head = _ended(" ".join(field.all("abdt" if field.tag in {"600", "610", "611", "630"} else "a")))
        text = " -- ".join([head, *(_ended(part) for part in field.all("vxyz"))])[:400]
        if head:
            scheme = SCHEMES.get(field.get("2"), "lcsh" if field.ind2 == "0" and field.tag != "653" else "topic")
            found.append(SubjectDraft(scheme, text, text))
    return subjects.unique(found)


def _level(record: Marc) -> Level:
    fixed = record.control("008")
    level = AUDIENCES.get(fixed[22:23], Level()) if record.kind in "acdgijkmort" else Level()
    for field in record.named("521"):
        span = codes.ages(field.get("a"))
        if span and re.search(r"ålder|år|age", field.get("a"), re.IGNORECASE):
            return Level(level.school_forms, level.grade_from, level.grade_to, span[0], span[1])
    return level


def _edition(record: Marc, languages: tuple[str, ...], year: int | None) -> EditionDraft:
    online = any(data.data.startswith("cr") for data in record.named("007")) or record.first("338").get("b") == "cr"
    media = MEDIA.get(record.kind, "book")
    if record.kind in "am" and online:
        media = "web"
    elif record.kind in "gij" and online:
        media = "stream"
    elif record.kind == "g" and record.control("008")[33:34] in "fs":
        media = "kit"
    elif record.kind in "rm" and record.control("008")[33 if record.kind == "r" else 26 :][:1] == "g":
        media = "game"
    link = next((url for field in record.named("856") if field.ind2 in "0 " and (url := read_url(field.get("u")))), "")
    extent = _ended(" ".join(record.first("300").all("abc")))
    return EditionDraft(
        media,
        label=LABELS.get(record.kind, ""),
        url=link if online or record.kind == "m" else "",
        languages=languages,
        subtitles=codes.languages([part for text in record.first("041").all("j") for part in re.findall("...", text)]),
        duration_s=_duration(record, extent),
        extent=extent[:200],
        year=year,
    )


def _duration(record: Marc, extent: str) -> int | None:
    if match := _DURATION.match(record.first("306").get("a")):
        return int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3]) or None
    if match := _MINUTES.search(extent):
        return (int(match[1] or 0) * 3600 + int(match[2]) * 60) or None
    return None


def _links(record: Marc) -> tuple[LinkDraft, ...]:
    found: dict[str, LinkDraft] = {}
    for field in record.named("856"):
        for written in field.all("u"):
            if url := read_url(written):
                found.setdefault(url, LinkDraft(url, "more", (field.get("3yz") or "")[:200]))
    return tuple(found.values())
