"""Opening what somebody sent: plain, gzip, or zip, never more than the limits allow.

A packed bomb is met while reading, not after: the stream counts what it has handed out and compares
it with what it has eaten. `open_bytes` may be called again for a second pass over the same file.
"""

import gzip
import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from .limits import DEFAULT, Limits
from .reasons import Unreadable

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
JUNK_MEMBERS = ("__MACOSX/", ".DS_Store", "Thumbs.db")


class _Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...
    def close(self) -> None: ...


class Guarded(io.RawIOBase):
    """A read-only stream that refuses to give more bytes than the limits allow."""

    def __init__(self, inner: _Readable, eaten: Callable[[], int], limits: Limits) -> None:
        self._inner = inner
        self._eaten = eaten
        self._limits = limits
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # any writable buffer
        try:
            chunk = self._inner.read(len(view))
        except (zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, EOFError, NotImplementedError) as error:
            raise Unreadable("archive.broken", error=str(error)) from error
        view[: len(chunk)] = chunk
        self.given += len(chunk)
        self._weigh()
        return len(chunk)

    def _weigh(self) -> None:
        limits = self._limits
        if self.given > limits.unpacked_bytes:
            raise Unreadable("archive.too_large", limit=limits.unpacked_bytes // (1024 * 1024))
        if self.given > limits.ratio_free_bytes and self.given > limits.ratio * max(self._eaten(), 1):
            raise Unreadable("archive.bomb", ratio=limits.ratio)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
        super().close()


def kind(path: Path) -> str:
    """What the first bytes say it is: `gzip`, `zip`, `xlsx`, `xls`, `empty` or `plain`."""
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        return "empty"
    if head.startswith(GZIP):
        return "gzip"
    if head.startswith(OLD_OFFICE):
        return "xls"
    if head.startswith((ZIP, EMPTY_ZIP)):
        return "xlsx" if "[Content_Types].xml" in _names(path) else "zip"
    return "plain"


def check_size(path: Path, limits: Limits = DEFAULT) -> int:
    """The size in bytes; refuses a file above the limit or an empty one."""
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise Unreadable("file.too_large", limit=limits.file_bytes // (1024 * 1024), size=size // (1024 * 1024))
    if not size:
        raise Unreadable("file.empty")
    return size


def open_bytes(path: Path, limits: Limits = DEFAULT) -> BinaryIO:
    """The file's bytes, unpacked when it is gzip or a zip with one file in it."""
    size = check_size(path, limits)
    match kind(path):
        case "gzip":
            raw = path.open("rb")
            packed = gzip.GzipFile(fileobj=raw)
            return _buffered(Guarded(_Both(packed, raw), raw.tell, limits))
        case "zip":
            return _buffered(_only_member(path, limits))
        case "xlsx" | "xls" as office:
            raise Unreadable("file.is_office", kind=office)
        case _:
            plain = path.open("rb")
            return _buffered(Guarded(plain, lambda: size, limits))


def check_zip(path: Path, limits: Limits = DEFAULT) -> list[zipfile.ZipInfo]:
    """What a zip says it holds, refused when it says too much.

    A member that says less than it holds is cut by `zipfile` at what it said, so the word can be trusted as a ceiling.
    """
    members = _members(path)
    if len(members) > limits.archive_members:
        raise Unreadable("archive.many_members", limit=limits.archive_members)
    total = sum(member.file_size for member in members)
    if total > limits.unpacked_bytes:
        raise Unreadable("archive.too_large", limit=limits.unpacked_bytes // (1024 * 1024))
    packed = max(path.stat().st_size, 1)
    if total > limits.ratio_free_bytes and total > limits.ratio * packed:
        raise Unreadable("archive.bomb", ratio=limits.ratio)
    if any(member.flag_bits & 0x1 for member in members):
        raise Unreadable("archive.encrypted")
    return members


class _Both:
    """A gzip reader that also closes the file below it."""

    def __init__(self, packed: gzip.GzipFile, raw: BinaryIO) -> None:
        self._packed = packed
        self._raw = raw

    def read(self, size: int = -1, /) -> bytes:
        return self._packed.read(size)

    def close(self) -> None:
        self._packed.close()
        self._raw.close()


def _buffered(stream: Guarded | io.RawIOBase) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(stream, buffer_size=256 * 1024))


def files_in(path: Path, limits: Limits = DEFAULT) -> list[zipfile.ZipInfo]:
    """The files that a zip holds, without folders and what systems leave behind; none when it is no zip."""
    if kind(path) != "zip":
        return []
    return [m for m in check_zip(path, limits) if not m.is_dir() and not _is_junk(m.filename)]


@contextmanager
def unpacked(path: Path, limits: Limits = DEFAULT) -> Iterator[list[tuple[str, Path]]]:
    """The files in a zip as files of their own, each with the name that it has in there, as long as one looks at them.

    The names are only told, never used as paths; a file that is packed in its turn is left as it is.
    """
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="unpacked-") as folder, zipfile.ZipFile(path) as archive:
        found = []
        for number, member in enumerate(files_in(path, limits)):
            target = Path(folder) / str(number)
            with _buffered(_guarded(archive, member, limits)) as inner, target.open("wb") as out:
                shutil.copyfileobj(inner, out)
            found.append((member.filename, target))
        yield found


def _guarded(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> Guarded:
    return Guarded(archive.open(member), lambda: member.compress_size, limits)


def _only_member(path: Path, limits: Limits) -> Guarded:
    members = files_in(path, limits)
    if not members:
        raise Unreadable("archive.empty")
    if len(members) > 1:
        names = ", ".join(m.filename for m in members[:5])
        raise Unreadable("archive.several_files", count=len(members), names=names)
    return _guarded(zipfile.ZipFile(path), members[0], limits)


def _members(path: Path) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.infolist()
    except zipfile.BadZipFile as error:
        raise Unreadable("archive.broken", error=str(error)) from error


def _names(path: Path) -> set[str]:
    return {member.filename for member in _members(path)}


def _is_junk(name: str) -> bool:
    return any(junk in name for junk in JUNK_MEMBERS)
