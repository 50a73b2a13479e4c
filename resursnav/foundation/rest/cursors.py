"""Markers in a list: opaque to whoever gets one, so that we may change what is in them."""

from __future__ import annotations

import base64
import binascii
import json

LONGEST = 200
HIGHEST = 2**63 - 1


class BadCursor(ValueError):
    """A marker that was not made here."""


def written(kind: str, place: int) -> str:
    """A marker of the kind ("after" a key, or the "page" of a search) at the place."""
    return base64.urlsafe_b64encode(json.dumps([kind, place]).encode()).decode().rstrip("=")


def read(marker: str, kind: str) -> int:
    """The place in a marker of the kind; BadCursor when it is not one."""
    if len(marker) > LONGEST:
        raise BadCursor
    try:
        said = json.loads(base64.b64decode(marker + "=" * (-len(marker) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, UnicodeError, RecursionError) as error:
        raise BadCursor from error
    if not (isinstance(said, list) and len(said) == 2 and said[0] == kind):
        raise BadCursor
    place = said[1]
    if not isinstance(place, int) or isinstance(place, bool) or not 0 <= place <= HIGHEST:
        raise BadCursor
    return place
