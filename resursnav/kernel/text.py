"""Swedish text: numbers, dates and order as people in Sweden write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
# Swedish collation: w sorts as v in older lists, but since 2006 as a letter of its own; å, ä, ö come last.
# The brace stands after z in every byte order, so that Ål comes after Zorn.
_ORDER = {"å": "{1", "ä": "{2", "æ": "{2", "ö": "{3", "ø": "{3"}


def sort_key(text: str) -> str:
    """A key that sorts text in Swedish order (å, ä, ö after z; other diacritics as their base letter)."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    out = []
    for char in folded:
        if char in _ORDER:
            out.append(_ORDER[char])
        else:
            out.append("".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)))
    return "".join(out)


def slug(text: str, *, longest: int = 60) -> str:
    """Lower-case ASCII words joined by hyphens, for addresses; å and ä become a, ö becomes o."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:longest].strip("-")


def number(value: int) -> str:
    """1234567 as "1 234 567", with no-break spaces."""
    return f"{value:,}".replace(",", "\u00a0")


def day(value: date | datetime) -> str:
    """A day as "tisdag 24 november"; a moment is taken in Stockholm."""
    if isinstance(value, datetime):
        value = value.astimezone(STOCKHOLM).date()
    return f"{WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]}"


def clean(text: str) -> str:
    """Text as a person meant it: NFC, without control and direction-override characters, trimmed."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    text = re.sub("[\u202a-\u202e\u2066-\u2069]", "", text)
    return text.strip()
