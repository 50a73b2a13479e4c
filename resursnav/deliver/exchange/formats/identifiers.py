"""ISBN, ISSN, DOI and the rest: brought to one form, and proven by their check digits where they have any."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from resursnav.foundation.imports.cells import Cell

_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_ISBN_TEXT = re.compile(r"(?<!\d)(97[89][\d -]{10,14}|\d[\d -]{7,13}[\dXx])(?!\d)")
_SCIENTIFIC = re.compile(r"^\d[.,]\d+E\+?\d+$", re.IGNORECASE)
_LIBRIS = re.compile(r"(?:libris\.kb\.se|/)(?:/?bib|/?resource/bib)/(\w+)")
_XL = re.compile(r"https?://libris(?:-\w+)?\.kb\.se/([0-9b-df-hj-np-tv-z]{14,17})(?:#it)?$")


def read_isbn(written: str) -> Cell[str]:
    """Thirteen digits from `91-27-10850-3`, `978 91 502 2231 9 (inb.)` or a number that lost its leading nought."""
    text = written.strip()
    if not text:
        return Cell(None)
    if _SCIENTIFIC.match(text):
        return Cell(None, "code.scientific")
    match = _ISBN_TEXT.search(text)
    digits = re.sub(r"[^\dXx]", "", match[1] if match else text).upper()
    if len(digits) == 13 and _ok13(digits):
        return Cell(digits)
    if len(digits) == 10 and _ok10(digits):
        return Cell(to13(digits))
    if len(digits) == 9 and _ok10("0" + digits):
        return Cell(to13("0" + digits), note="code.lost_zero")
    return Cell(None, "isbn.wrong" if len(digits) in {9, 10, 13} else "isbn.unknown_form")


def to13(isbn10: str) -> str:
    """The thirteen digits of an older ten-digit ISBN."""
    body = "978" + isbn10[:9]
    return body + _check13(body)


def _check13(twelve: str) -> str:
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(twelve))
    return str(-total % 10)


def _ok13(digits: str) -> bool:
    return digits.isdigit() and digits[:3] in {"978", "979"} and _check13(digits[:12]) == digits[12]


def _ok10(digits: str) -> bool:
    if not digits[:9].isdigit():
        return False
    values = [10 if char == "X" else int(char) for char in digits]
    return sum(value * (10 - at) for at, value in enumerate(values)) % 11 == 0


def read_issn(written: str) -> Cell[str]:
    """`1234-567X` with its check digit proven."""
    digits = re.sub(r"[^\dXx]", "", written).upper()
    if not digits:
        return Cell(None)
    if len(digits) != 8 or not digits[:7].isdigit():
        return Cell(None, "issn.wrong")
    values = [10 if char == "X" else int(char) for char in digits]
    if sum(value * (8 - at) for at, value in enumerate(values)) % 11:
        return Cell(None, "issn.wrong")
    return Cell(f"{digits[:4]}-{digits[4:]}")


def read_doi(written: str) -> str:
    """The DOI in lower case without resolver, or nothing."""
    match = _DOI.search(written)
    return match[1].rstrip(".,;)").lower() if match else ""


def read_libris(written: str) -> str:
    """The Libris number in an address or by itself, or nothing."""
    text = written.strip()
    if match := _LIBRIS.search(text) or _XL.match(text):
        return match[1]
    return text if re.fullmatch(r"\d{3,9}|[0-9b-df-hj-np-tv-z]{14,17}", text) else ""


def read_url(written: str) -> str:
    """An http(s) address that may be put into a page, or nothing; spaces and quotes are escaped."""
    text = written.strip().replace(" ", "%20").replace('"', "%22").replace("<", "%3C").replace(">", "%3E")
    if text.startswith("www."):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or len(text) > 1000 or "." not in host:
        return ""
    return urlunsplit((parts.scheme.lower(), parts.netloc, parts.path, parts.query, parts.fragment))
