"""Pictures for covers: what somebody uploads is checked, turned upright, made small and stripped of what it says.

Pure functions on bytes, without Django. Nothing of the uploaded file is kept but its picture: no place, no camera.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from enum import Enum

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_PICTURE = 50_000_000  # pixels: five times a good camera's, far below what would fill the memory
SMALLEST_SIDE = 120
WIDTHS = (160, 320, 640)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
QUALITY = 82


class Fault(Enum):
    """Why a file cannot become a cover."""

    EMPTY = "empty"
    FILE_TOO_LARGE = "file too large"
    NOT_A_PICTURE = "not a picture"
    WRONG_FORMAT = "wrong format"
    TOO_MANY_PIXELS = "too many pixels"
    TOO_SMALL = "too small"


class BadPicture(Exception):
    """The file cannot become a cover; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Rendition:
    """One size of a picture, as WebP."""

    width: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A checked picture in its sizes; the fingerprint (64 hexadecimal digits) depends on what it shows only."""

    fingerprint: str
    renditions: tuple[Rendition, ...]


def read(data: bytes) -> Picture:
    """The picture in the file, upright and in every width of WIDTHS; raises BadPicture.

    The number of pixels is read from the file's head and refused before anything is unpacked, so that a small file
    that claims to be an enormous picture costs nothing.
    """
    if not data:
        raise BadPicture(Fault.EMPTY)
    if len(data) > LARGEST_FILE:
        raise BadPicture(Fault.FILE_TOO_LARGE)
    whole = _unpack(data)
    renditions = tuple(Rendition(width, _webp(whole, width)) for width in WIDTHS)
    return Picture(hashlib.sha256(renditions[-1].data).hexdigest(), renditions)


def _unpack(data: bytes) -> Image.Image:
    try:
        # Pillow's own guard against enormous pictures warns first; ours refuses, and earlier.
        opened = Image.open(io.BytesIO(data))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as wrong:
        raise BadPicture(Fault.TOO_MANY_PIXELS) from wrong
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as wrong:
        raise BadPicture(Fault.NOT_A_PICTURE) from wrong
    with opened:
        if opened.format not in FORMATS:
            raise BadPicture(Fault.WRONG_FORMAT)
        if opened.width * opened.height > LARGEST_PICTURE:
            raise BadPicture(Fault.TOO_MANY_PIXELS)
        if min(opened.size) < SMALLEST_SIDE:
            raise BadPicture(Fault.TOO_SMALL)
        try:
            opened.draft("RGB", (WIDTHS[-1] * 2, WIDTHS[-1] * 2))
            return _flat(ImageOps.exif_transpose(opened))
        except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as wrong:
            raise BadPicture(Fault.NOT_A_PICTURE) from wrong


def _flat(picture: Image.Image) -> Image.Image:
    """Without transparency: what is clear becomes white, as on paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    return picture.convert("RGB")


def _webp(picture: Image.Image, width: int) -> bytes:
    """The picture in at most this width, never enlarged."""
    small = picture.copy()
    small.thumbnail((width, width * 3), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
