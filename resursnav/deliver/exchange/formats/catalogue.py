"""Which formats there are, how a file shows which one it is, and how each is opened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from resursnav.deliver.resources.drafts import ResourceDraft
from resursnav.foundation.imports import archives, encodings
from resursnav.foundation.imports.limits import DEFAULT, Limits
from resursnav.foundation.imports.reasons import Problem, Unreadable

from . import amb, gutenberg, kbv, marc, oai_file, oer_commons, sprakbanken, table

Records = Iterator[ResourceDraft | Problem]
HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be read."""

    source: str
    this_year: int
    columns: Mapping[str, str] | None = None
    """For tables: column -> our field."""
    sheet: str = ""
    media_type: str = ""
    beside: Sequence[Path] = ()
    """Further files of the same catalogue, in the order that the format names them."""
    limits: Limits = field(default=DEFAULT)


@dataclass(frozen=True, slots=True)
class Format:
    """A way of describing resources: its code, the source it belongs to (empty when anybody may use it), its reader."""

    code: str
    source: str
    open: Callable[[Path, Asked], Records]


def _gutenberg(path: Path, asked: Asked) -> Records:
    if len(archives.files_in(path, asked.limits)) > 1:
        with archives.unpacked(path, asked.limits) as files:
            works, topics, authors = gutenberg.sorted_out(files, asked.limits)
            yield from gutenberg.read(works, topics, authors, this_year=asked.this_year, limits=asked.limits)
        return
    topics, authors = (*asked.beside, None, None)[:2]
    yield from gutenberg.read(path, topics, authors, this_year=asked.this_year, limits=asked.limits)


def _table(path: Path, asked: Asked) -> Records:
    return table.read(
        path,
        source=asked.source,
        columns=asked.columns,
        sheet=asked.sheet,
        media_type=asked.media_type,
        limits=asked.limits,
    )


FORMATS: Mapping[str, Format] = {
    one.code: one
    for one in (
        Format("table", "", _table),
        Format("amb", "", lambda path, asked: amb.read(path, source=asked.source, limits=asked.limits)),
        Format("marc", "", lambda path, asked: marc.read(path, source=asked.source, limits=asked.limits)),
        Format("kbv", "libris", lambda path, asked: kbv.read(path, limits=asked.limits)),
        Format("oai", "", lambda path, asked: oai_file.read(path, source=asked.source, limits=asked.limits)),
        Format("gutenberg", "gutenberg", _gutenberg),
        Format("oer-commons", "oer-commons", lambda path, asked: oer_commons.read(path, limits=asked.limits)),
        Format("sprakbanken", "sprakbanken", lambda path, asked: sprakbanken.read(path, limits=asked.limits)),
    )
}


def guess(path: Path, limits: Limits = DEFAULT) -> str:
    """The format that the file shows itself to be in; Unreadable when it shows none."""
    archives.check_size(path, limits)
    if archives.kind(path) in {"xlsx", "xls"}:
        return "table"
    if len(inside := archives.files_in(path, limits)) > 1:
        return _guess_together(path, [member.filename for member in inside], limits)
    with archives.open_bytes(path, limits) as file:
        head = file.read(HEAD)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"<"):
        return _guess_xml(text)
    if text.startswith((b"{", b"[")):
        return _guess_json(text)
    if text[:7].lower() == b"leader:" or re.match(rb"\d{5}[a-z][a-z ]", text):
        return "marc"
    codec = encodings.detect(lambda: archives.open_bytes(path, limits))
    first = head.decode(codec, "replace").splitlines()[:1]
    line = first[0] if first else ""
    if "gutenberg_id" in line and "title" in line:
        return "gutenberg"
    if "TEACHER_OVERVIEW" in line:
        return "oer-commons"
    return "table"


def _guess_together(path: Path, names: Sequence[str], limits: Limits) -> str:
    """The format of several files that came together: only one catalogue is written in several."""
    if len(names) <= len(gutenberg.PARTS):
        with archives.unpacked(path, limits) as files:
            if any(gutenberg.part_of(one, limits) for _name, one in files):
                return "gutenberg"
    raise Unreadable("files.not_together", names=", ".join(names[:5]))


def _guess_xml(text: bytes) -> str:
    if b"openarchives.org/OAI/2.0" in text:
        return "oai"
    if b"MARC21/slim" in text or re.search(rb"<(?:\w+:)?(?:record|collection)[ >]", text):
        return "marc"
    raise Unreadable("file.unknown_format")


def _guess_json(text: bytes) -> str:
    for signs, code in (
        ((b"kim/amb",), "amb"),
        ((b'"marc"', b'"leader"'), "marc"),
        ((b'"descriptions"', b'"mainEntity"', b'"hasTitle"'), "kbv"),
        ((b'"short_description"', b'"language_codes"'), "sprakbanken"),
        ((b"LearningResource", b'"@context"'), "amb"),
    ):
        if any(sign in text for sign in signs):
            return code
    raise Unreadable("file.unknown_format")
