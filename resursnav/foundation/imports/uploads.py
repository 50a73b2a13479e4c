"""What comes in by a form: one file or several, stopped while it comes in when it is too large."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

MUCH_TOO_LARGE = 4
"""From this many times the limit the connection is cut; below it the rest is read away, so that the page can answer."""


PIECE = 1024 * 1024


class FilesInput(forms.FileInput):
    """A choice of one or more files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files; the clean value is a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each as a file by itself would be judged."""
        some = data if isinstance(data, list | tuple) and data else [data]
        return [super(FilesField, self).clean(one, initial) for one in some]


def together(files: Sequence[File[bytes]]) -> tuple[str, Iterable[bytes]]:
    """The name and the content of what was sent: one file as it is, several as a zip with all of them."""
    names = [Path(str(one.name)).name for one in files]
    if len(files) == 1:
        return names[0], files[0].chunks()
    return ", ".join(names), _zipped(files, names)


def _zipped(files: Sequence[File[bytes]], names: Sequence[str]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as whole:
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
            for number, (one, name) in enumerate(zip(files, names, strict=True)):
                told = name if names.index(name) == number else f"{number} {name}"
                with archive.open(told, "w", force_zip64=True) as member:
                    for piece in one.chunks():
                        member.write(piece)
        whole.seek(0)
        while piece := whole.read(PIECE):
            yield piece


def was_refused(request: HttpRequest) -> bool:
    """Whether a file in this request was dropped because it was too large."""
    return bool(getattr(request, "upload_refused", False))


class LimitedUpload(FileUploadHandler):
    """Counts what comes in; above the limit the file is dropped and `request.upload_refused` is set."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the piece on, unless it is one too many."""
        self.seen += len(raw_data)
        if self.seen > settings.UPLOAD_LIMIT:
            if self.request is not None:
                self.request.upload_refused = True  # type: ignore[attr-defined]  # read by `was_refused`
            expected = int(self.request.META.get("CONTENT_LENGTH") or 0) if self.request is not None else 0
            raise StopUpload(connection_reset=expected > MUCH_TOO_LARGE * settings.UPLOAD_LIMIT)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""
