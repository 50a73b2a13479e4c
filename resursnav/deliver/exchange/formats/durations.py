"""How long something lasts, in seconds, as people and ISO 8601 write it."""

from __future__ import annotations

import re

ISO = re.compile(r"^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$", re.IGNORECASE)
_CLOCK = re.compile(r"^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$")
_WORDS = re.compile(
    r"^(?:(\d+)\s*(?:tim(?:mar|me)?|tim\.|h|hours?)\.?)?[\s,]*(?:(\d+)\s*(?:min(?:uter|utes?|ut)?|m)\.?)?[\s,]*(?:(\d+)\s*(?:s|sek|sekunder|seconds?)\.?)?$",
    re.IGNORECASE,
)
LONGEST = 1_000_000


def read(written: str) -> int | None:
    """Seconds from `45`, `45 min`, `1 tim 30 min`, `1:30:00`, `45:00` or `PT45M`; None when it cannot be read."""
    text = written.strip()
    found: float | None = None
    if text.isascii() and text.isdigit():
        found = int(text[:6]) * 60
    elif match := ISO.match(text):
        days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
        found = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    elif match := _CLOCK.match(text):
        found = int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
    elif text and (match := _WORDS.match(text)):
        found = int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + int(match[3] or 0)
    return int(found) if found and 0 < found <= LONGEST else None


def iso(seconds: int) -> str:
    """ISO 8601: 5400 is PT1H30M."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "") + (f"{left}S" if left else "")
