"""When a mail that could not be sent is tried again, and when it is given up. No Django in here."""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta

# As mail servers do: soon at first, then with patience, and after five days one must be told.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
GIVE_UP_AFTER = timedelta(days=5)
# A worker that has held a mail this long is gone; another may take over.
STUCK_AFTER = timedelta(minutes=10)


def wait(tries: int) -> timedelta:
    """How long to wait after the given number of tries (1 or more)."""
    if tries < 1:
        raise ValueError("There is nothing to wait for before the first try.")
    return WAITS[min(tries, len(WAITS)) - 1]


def next_try(*, created_at: datetime, tries: int, at: datetime) -> datetime | None:
    """When to try again after a try at `at`; None when the mail is given up."""
    again = at + wait(tries)
    return again if again - created_at <= GIVE_UP_AFTER else None


def is_final(error: Exception) -> bool:
    """Whether trying again is useless: the receiver or the content is refused, or the mail cannot be built.

    RFC 5321 4.2.1: replies 5yz are permanent. A refused sender or login is our own setting and may be mended.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _reply in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return 500 <= error.smtp_code < 600
    return isinstance(error, ValueError)


def is_relay_gone(error: Exception) -> bool:
    """Whether the fault lies with the connection, so that the next mail would fare no better now."""
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return False
    return isinstance(error, OSError)
