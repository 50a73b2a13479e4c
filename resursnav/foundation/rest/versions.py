"""Change only what one has seen: If-Match (RFC 9110) with the moment of the last change as the version.

The door's ETag is a mark of the whole answer. Where a view says `stamp(changed_at)`, that version stands first in the
mark, and If-Match compares it alone: that somebody else has used a resource meanwhile does not stop an editor.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from django.utils.translation import gettext as _

from .problems import Problem

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_VERSION = re.compile(r'"(\d{1,20})-[0-9a-f]{32}"')


def stamp(changed_at: datetime) -> str:
    """The version of something that was last changed then: whole microseconds since 1970."""
    return str((changed_at - _EPOCH) // timedelta(microseconds=1))


def seen(sent: str | None, changed_at: datetime) -> datetime | None:
    """The moment of the version that the caller has seen, after checking that it is the one that holds.

    `sent` is what If-Match said. None when the caller wants to change whatever version there is ("*").
    A problem when nothing was sent (428), or when it names another version (412).
    """
    if not sent:
        raise Problem(
            HTTPStatus.PRECONDITION_REQUIRED,
            _("Skicka If-Match med den ETag som du fick när du läste, så att ingens arbete skrivs över."),
        )
    if sent.strip() == "*":
        return None
    if stamp(changed_at) not in _VERSION.findall(sent):
        raise overtaken()
    return changed_at


def overtaken() -> Problem:
    """What is said when somebody else has changed the thing meanwhile."""
    return Problem(
        HTTPStatus.PRECONDITION_FAILED,
        _("Det du vill ändra har ändrats sedan du läste det. Läs det igen, jämför, och skicka med den nya ETag."),
    )
