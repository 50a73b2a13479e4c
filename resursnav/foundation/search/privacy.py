"""Takes out of a question what could point at a person, before it is kept."""

from __future__ import annotations

import re

from resursnav.kernel.text import clean

LONGEST = 100
EMAIL = re.compile(r"\S*@\S*")
# Swedish personal and coordination numbers, and telephone numbers: seven digits or more, however they are spaced.
NUMBER = re.compile(r"\+?\d(?:[\s\-+./()]*\d){6,}")
ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)


def without_persons(text: str) -> str:
    """The question in lower case without e-mail and web addresses and long numbers; may be empty."""
    text = clean(text.replace("\x00", " "))[:1000]
    for pattern in (ADDRESS, EMAIL, NUMBER):
        text = pattern.sub(" ", text)
    return " ".join(text.lower().split())[:LONGEST].strip()
