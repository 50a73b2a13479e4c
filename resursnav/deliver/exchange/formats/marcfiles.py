"""MARC 21 as it comes: ISO 2709 in whatever encoding, MARCXML, MARC in JSON, and the text lines that systems print.

Written by us because the usual reader trusts what the record says of itself. Real records say "UTF-8" over MARC-8 or
Latin-1, and have directories that were counted before somebody changed the encoding; fields are therefore found by
their end marks and only named by the directory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from pymarc.marc8 import marc8_to_unicode

from resursnav.foundation.imports.archives import open_bytes
from resursnav.foundation.imports.cells import clean
from resursnav.foundation.imports.limits import DEFAULT, Limits
from resursnav.foundation.imports.reasons import Problem, Unreadable, noted, wrong
from resursnav.foundation.imports.safe_xml import elements

from . import jsonfiles

END_OF_RECORD, END_OF_FIELD, DELIMITER = b"\x1d", b"\x1e", b"\x1f"
NS = "{http://www.loc.gov/MARC21/slim}"
LONGEST = 999_999
"""A record's length has five digits; records that outgrew them exist, and are still ended by their mark."""
_LINE = re.compile(r"^(\d{3}) (?:'(.)' '(.)'(\$.*)|(.*))$")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: a control field has `data`, the others indicators and (code, value) pairs."""

    tag: str
    data: str = ""
    ind1: str = " "
    ind2: str = " "
    subfields: tuple[tuple[str, str], ...] = ()

    def get(self, codes: str) -> str:
        """The first subfield with one of these codes, or nothing."""
        return next((value for code, value in self.subfields if code in codes), "")

    def all(self, codes: str) -> list[str]:
        """Every subfield with one of these codes, in order."""
        return [value for code, value in self.subfields if code in codes]


@dataclass(frozen=True, slots=True)
class Marc:
    """One record: its leader and its fields, and where it stood."""

    leader: str
    fields: tuple[Field, ...]
    line: int

    def control(self, tag: str) -> str:
        """What stands in a control field."""
        return next((field.data for field in self.fields if field.tag == tag), "")

    def named(self, *tags: str) -> list[Field]:
        """Fields with these tags, in order."""
        return [field for field in self.fields if field.tag in tags]

    def first(self, tag: str) -> Field:
        """The first field with the tag, or an empty one."""
        return next((field for field in self.fields if field.tag == tag), Field(tag))

    @property
    def kind(self) -> str:
        """The leader's type of record: `a` text, `g` film, `z` authority, `x` holding ..."""
        return self.leader[6:7]


def read(path: Path, limits: Limits = DEFAULT) -> Iterator[Marc | Problem]:
    """Every record of the file, whichever of the four ways it is written in."""
    with open_bytes(path, limits) as file:
        head = file.read(512)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        yield from _xml(path, limits)
    elif start.startswith((b"{", b"[")):
        yield from _json(path, limits)
    elif start[:7].lower() == b"leader:":
        yield from _lines(path, limits)
    elif re.match(rb"[\d ]{5}", start):
        with open_bytes(path, limits) as file:
            yield from _iso2709(file)
    else:
        raise Unreadable("file.unknown_format")


def _iso2709(file: BinaryIO) -> Iterator[Marc | Problem]:
    number, rest = 0, b""
    while True:
        chunk = file.read(1 << 18)
        rest += chunk
        *whole, rest = rest.split(END_OF_RECORD)
        for raw in whole:
            number += 1
            yield from _record(raw.lstrip(b"\r\n \x00\xef\xbb\xbf"), number)
        if not chunk:
            break
        if len(rest) > LONGEST:
            raise Unreadable("marc.endless", line=number + 1)
    if rest.strip(b"\r\n \x00\x1a"):
        yield wrong("marc.cut_off", number + 1, "", rest[:80].decode("latin-1"))


def _record(raw: bytes, number: int) -> Iterator[Marc | Problem]:
    leader = raw[:24].decode("ascii", "replace")
    if len(raw) < 25 or not leader[12:17].strip().isdigit() or END_OF_FIELD not in raw:
        yield wrong("marc.no_leader", number, "", raw[:80].decode("latin-1"))
        return
    directory, *bodies = raw[24:].split(END_OF_FIELD)
    tags = [directory[at : at + 3].decode("ascii", "replace") for at in range(0, len(directory) - 11, 12)]
    if bodies and not bodies[-1]:
        bodies.pop()
    if len(directory) % 12 or len(tags) != len(bodies):
        yield wrong("marc.directory", number, "", raw[24:104].decode("latin-1"), tags=len(tags), fields=len(bodies))
        return
    codec, certain = encoding(b"".join(bodies), leader[9:10])
    if not certain:
        value = leader[9:10].strip() or " "
        yield noted(
            "marc.encoding", number, "leader/09", value, says="UTF-8" if value == "a" else "MARC-8", found=codec
        )
    yield Marc(leader, tuple(_field(tag, body, codec) for tag, body in zip(tags, bodies, strict=True)), number)


def _field(tag: str, body: bytes, codec: str) -> Field:
    if tag < "010":
        return Field(tag, _decode(body, codec))
    marks, *parts = body.split(DELIMITER)
    ind = marks.decode("latin-1").ljust(2)
    pairs = tuple((part[:1].decode("latin-1"), clean(_decode(part[1:], codec))) for part in parts if part)
    return Field(tag, "", ind[0], ind[1], pairs)


def encoding(data: bytes, says: str) -> tuple[str, bool]:
    """The record's encoding (utf-8, marc-8 or cp1252), and whether it is what the leader says (`a` is UTF-8)."""
    if data.isascii() and b"\x1b" not in data:
        return "utf-8", True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return ("utf-8", says == "a") if b"\x1b" not in data else ("marc-8", says != "a")
    # In MARC-8 a diacritic stands before its letter (0xE8 'a' is ä); in Latin-1 the letter is one byte (0xE4 is ä).
    marc8 = len(re.findall(rb"[\xe0-\xf2][A-Za-z]", data)) + 3 * len(re.findall(rb"[\xe8\xea][aoAOuU]", data))
    latin = 4 * len(re.findall(rb"[\xe4\xe5\xf6\xc4\xc5\xd6\xe9\xfc]", data)) - 3 * len(re.findall(rb"\xe5[A-Z]", data))
    if b"\x1b" in data or marc8 > latin:
        return "marc-8", says != "a"
    return "cp1252", False


def _decode(raw: bytes, codec: str) -> str:
    if codec == "marc-8":
        return str(marc8_to_unicode(raw, hide_utf8_warnings=True))
    return raw.decode(codec, "replace")


def _xml(path: Path, limits: Limits) -> Iterator[Marc | Problem]:
    with open_bytes(path, limits) as file:
        for line, record in elements(file, f"{NS}record", "record", limits=limits):
            found = from_element(record, line)
            if len(found.leader) < 10:
                yield wrong("marc.no_leader", line, "", found.leader)
            else:
                yield found


def from_element(record: Element, line: int) -> Marc:
    """A MARCXML record; one without a leader has an empty one."""
    leader, fields = "", []
    for child in record:
        tag = child.tag.rpartition("}")[2]
        if tag == "leader":
            leader = child.text or ""
        elif tag == "controlfield":
            fields.append(Field(child.get("tag", ""), child.text or ""))
        elif tag == "datafield":
            pairs = tuple((sub.get("code", ""), clean("".join(sub.itertext()))) for sub in child)
            fields.append(Field(child.get("tag", ""), "", child.get("ind1", " "), child.get("ind2", " "), pairs))
    return Marc(leader, tuple(fields), line)


def _json(path: Path, limits: Limits) -> Iterator[Marc | Problem]:
    for line, found in jsonfiles.documents(path, limits):
        if isinstance(found, Problem):
            yield found
            continue
        record = found.get("marc", found)
        try:
            yield from_json(record, line)
        except (AttributeError, TypeError, ValueError, KeyError):
            yield wrong("marc.json", line, "", str(record)[:200])


def from_json(record: Mapping[str, Any], line: int = 0) -> Marc:
    """A record in MARC-in-JSON; raises what Python raises when it is something else."""
    fields = []
    for one in record["fields"]:
        for tag, value in one.items():
            if isinstance(value, str):
                fields.append(Field(tag, value))
                continue
            pairs = tuple((code, clean(str(text))) for sub in value["subfields"] for code, text in sub.items())
            fields.append(Field(tag, "", value.get("ind1", " "), value.get("ind2", " "), pairs))
    return Marc(str(record["leader"]), tuple(fields), line)


def _lines(path: Path, limits: Limits) -> Iterator[Marc | Problem]:
    """`leader: ...` and then one field on a line, ended by #, subfields marked by $."""
    leader, start, fields = "", 0, list[Field]()
    with open_bytes(path, limits) as file:
        number = 0
        while raw := file.readline(limits.record_chars):
            number += 1
            text = raw.decode("utf-8", "replace").rstrip("\r\n").removesuffix("#")
            if text.lower().startswith("leader:"):
                if leader:
                    yield Marc(leader, tuple(fields), start)
                leader, start, fields = text[7:].removeprefix(" "), number, []
            elif match := _LINE.match(text):
                fields.append(_text_field(match))
            elif text.strip():
                yield wrong("marc.line", number, "", text)
    if leader:
        yield Marc(leader, tuple(fields), start)


def _text_field(match: re.Match[str]) -> Field:
    tag, ind1, ind2, parts, data = match.groups()
    if parts is None:
        return Field(tag, data)
    pairs = tuple((part[0], clean(part[1:])) for part in parts.split("$")[1:] if part)
    return Field(tag, "", ind1, ind2, pairs)
