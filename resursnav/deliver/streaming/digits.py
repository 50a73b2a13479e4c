"""Class codes as pupils say and type them: eight digits in two groups, "4821 7730". No Django.

Digits alone, because every child knows them, a phone has large keys for them, and none is taken for another when it
is read aloud or from the board. A hundred million codes, of which some hundred open something at a time, and few
guesses a minute: see docs/adr/0025-class-codes-are-readable.md.
"""

from __future__ import annotations

import re
import secrets

LENGTH = 8
_BETWEEN = re.compile(r"[\s.\-\u2013_]+")


def new() -> str:
    """A code made at random; it begins with no zero, so that no program drops it."""
    return str(secrets.randbelow(9 * 10 ** (LENGTH - 1)) + 10 ** (LENGTH - 1))


def read(typed: str) -> str:
    """What was typed, as it is kept; empty when it cannot be a code."""
    bare = _BETWEEN.sub("", typed.strip())
    # int() reads the digits of every script; what is kept is 0 to 9.
    if len(bare) != LENGTH or not bare.isdecimal():
        return ""
    return "".join(str(int(sign)) for sign in bare)


def spoken(code: str) -> str:
    """As it is written on the board: "4821 7730"."""
    return f"{code[:4]} {code[4:]}" if code else ""
