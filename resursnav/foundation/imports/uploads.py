"""Stopping an upload that is too large while it comes in, instead of when the disk is full."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

MUCH_TOO_LARGE = 4
"""From this many times the limit the connection is cut; below it the rest is read away, so that the page can answer."""


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
