"""Points of the curriculum as records name them: by their addresses here, at another Resursnav, or by their numbers.

A point's number is made of its subject, stage and words, so it is the same in every Resursnav: only the number is read,
whatever the address begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

_KEY = re.compile(r"[A-Z0-9ÅÄÖ]{3,20}-\d{1,2}(?:-\d{1,2})?[b-h]?-[0-9a-f]{10}(?:-\d+)?")
_POINT_PAGE = re.compile(r"/curriculum/points/([^/]+)/?$")
_SUBJECT_PAGE = re.compile(r"/(?:resources/subjects|curriculum)/[^#]+$")


def key_of(written: str) -> str:
    """The point's number in what a record says that it teaches; empty when it names none of ours."""
    text = written.strip()
    if _KEY.fullmatch(text):
        return text
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    if page := _POINT_PAGE.search(parts.path):
        found = unquote(page[1])
    elif parts.fragment and _SUBJECT_PAGE.search(parts.path):
        found = unquote(parts.fragment)
    else:
        return ""
    return found if len(found) <= 60 else ""


def keys_of(written: Iterable[str]) -> dict[str, str]:
    """What a record says that it teaches -> the number in it, for those that have one."""
    return {one: key for one in written if (key := key_of(one))}
