"""Which files may be an agreement's papers: PDF, ODT and DOCX, judged by what is in them and not by their names.

Pure functions on bytes. Nothing is unpacked but the first lines of a zip, so a packed bomb costs nothing here.
"""

from __future__ import annotations

import io
import zipfile
from enum import Enum

LARGEST = 20 * 1024 * 1024
MOST_MEMBERS = 5_000
MOST_UNPACKED = 500 * 1024 * 1024
PDF = "application/pdf"
ODT = "application/vnd.oasis.opendocument.text"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIXES = {PDF: ".pdf", ODT: ".odt", DOCX: ".docx"}


class Fault(Enum):
    """Why a file cannot be kept."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    WRONG_FORMAT = "wrong format"
    BROKEN = "broken"
    BOMB = "bomb"
    MACROS = "macros"


class BadPaper(Exception):
    """The file cannot be kept; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def content_type(data: bytes) -> str:
    """The format of the file; raises BadPaper."""
    if not data:
        raise BadPaper(Fault.EMPTY)
    if len(data) > LARGEST:
        raise BadPaper(Fault.TOO_LARGE)
    if data.startswith(b"%PDF-"):
        if b"%%EOF" not in data[-2048:]:
            raise BadPaper(Fault.BROKEN)
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    raise BadPaper(Fault.WRONG_FORMAT)


def _office(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
                raise BadPaper(Fault.BOMB)
            names = {member.filename for member in members}
            if any(name.casefold().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
                raise BadPaper(Fault.MACROS)
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return DOCX
            if {"mimetype", "content.xml"} <= names and _said(archive) == ODT:
                return ODT
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as wrong:
        raise BadPaper(Fault.BROKEN) from wrong
    raise BadPaper(Fault.WRONG_FORMAT)


def _said(archive: zipfile.ZipFile) -> str:
    """What an OpenDocument file says that it is; a hundred characters are enough."""
    with archive.open("mimetype") as member:
        return member.read(100).decode("ascii", "replace").strip()


def safe_name(name: str, kind: str) -> str:
    """The sender's name of the file without folders, with the ending that its content has."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    stem = "".join(
        letter for letter in bare.rpartition(".")[0] or bare if letter.isprintable() and letter not in '"<>|:*?'
    )
    return f"{stem.strip()[:120] or 'avtal'}{SUFFIXES[kind]}"
