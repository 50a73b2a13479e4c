"""Barcodes: how they are written, which one comes next, and what a scanner types. No Django in here.

A hand scanner is a keyboard, and believes that the computer's keyboard is American. On a Swedish one it types + for -,
- for / and Ö for :, so a code is read as it stands and, if it can mean something else, that way too.
"""

from __future__ import annotations

import re

SHORTEST, LONGEST = 3, 24
_ALLOWED = re.compile(rf"[A-Z0-9](?:[A-Z0-9./-]{{0,{LONGEST - 2}}}[A-Z0-9])")
_TAIL = re.compile(r"\d+$")
# What stands on a Swedish keyboard where the scanner believes that these stand.
_SWEDISH_KEYS = str.maketrans({"+": "-", "-": "/", "Ö": ":", "ö": ":", "_": "?", "´": "=", "'": "\\"})


def tidy(code: str) -> str:
    """The code as it is kept: capitals, no spaces."""
    return "".join(code.split()).upper()


def is_code(code: str) -> bool:
    """Whether a tidy code can be kept and printed: 3-24 letters A-Z, digits, and . / - between them."""
    return len(code) >= SHORTEST and _ALLOWED.fullmatch(code) is not None


def readings(typed: str) -> list[str]:
    """What the typed text can mean: itself first, then as a scanner with American keys on a Swedish keyboard."""
    plain = "".join(char for char in typed if char.isprintable()).strip()[:300]
    meant = plain.translate(_SWEDISH_KEYS)
    return [plain] if meant == plain else [plain, meant]


def meant(typed: str) -> str:
    """The tidy code that the typed text is meant to be: the first of its readings that can be one."""
    tidied = [tidy(reading) for reading in readings(typed)]
    return next((code for code in tidied if is_code(code)), tidied[0])


def following(first: str, count: int) -> list[str] | None:
    """That many codes in a row from the first: A-099, A-100, ... None when it lacks digits at the end, or room."""
    tail = _TAIL.search(first)
    if count == 1:
        return [first]
    if tail is None:
        return None
    head, width, start = first[: tail.start()], len(tail.group()), int(tail.group())
    found = [f"{head}{start + step:0{width}d}" for step in range(count)]
    return found if len(found[-1]) <= LONGEST else None
