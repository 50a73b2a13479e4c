"""Swedish codes of places and schools: what was written, made into what is meant.

Codes are text. Spreadsheets take them for numbers and drop a leading zero or add ".0"; both are put right here,
and the caller is told so that it can warn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

COUNTY_DIGITS = 2
MUNICIPALITY_DIGITS = 4
SCHOOL_UNIT_DIGITS = 8
_SIGEL = re.compile(r"[0-9A-Za-zÅÄÖåäö][0-9A-Za-zÅÄÖåäö.-]{0,11}")


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it is meant, and whether it had to be repaired."""

    text: str
    repaired: bool = False


class BadCode(ValueError):
    """What was written cannot be the code; `written` and `digits` say what was wrong and what was expected."""

    def __init__(self, written: str, digits: int) -> None:
        super().__init__(f"{written!r} is not a code of {digits} digits")
        self.written = written
        self.digits = digits


def digits(written: str, length: int) -> Code:
    """The code with all its digits. At most one leading zero may have been lost; anything else is refused."""
    text = "".join(written.split())
    number = text.removesuffix(".0").removesuffix(",0")
    if not re.fullmatch("[0-9]+", number) or not length - 1 <= len(number) <= length or set(number) == {"0"}:
        raise BadCode(written, length)
    whole = number.zfill(length)
    return Code(whole, repaired=whole != text)


def county(written: str) -> Code:
    """The county's two digits, from "24", "9", or the library statistics' way of writing it, "2400"."""
    text = written.strip()
    if re.fullmatch("[0-9]{2}00", text):
        return Code(text[:2])
    if re.fullmatch("[0-9]00", text):
        return Code(f"0{text[0]}", repaired=True)
    return digits(written, COUNTY_DIGITS)


def municipality(written: str) -> Code:
    """The municipality's four digits; its county is the first two."""
    return digits(written, MUNICIPALITY_DIGITS)


def school_unit(written: str) -> Code:
    """The school unit's eight digits."""
    return digits(written, SCHOOL_UNIT_DIGITS)


def is_county_in_municipal_form(code: str) -> bool:
    """Whether four digits mean a whole county ("2400"), as some registers write it."""
    return len(code) == MUNICIPALITY_DIGITS and code.endswith("00")


def sigel(written: str) -> str:
    """A library's sigel, with its case kept; ValueError when it cannot be one."""
    text = written.strip()
    if not _SIGEL.fullmatch(text):
        raise ValueError(f"{written!r} is not a sigel")
    return text


def organisation_number(written: str) -> str:
    """Ten digits without the hyphen; empty when nothing usable was written."""
    text = re.sub(r"[\s-]", "", written)
    return text if re.fullmatch("[0-9]{10}", text) else ""


def postcode(written: str) -> str:
    """Five digits as "912 32"; empty when there are not five."""
    text = "".join(written.split()).removesuffix(".0").upper().removeprefix("SE-")
    return f"{text[:3]} {text[3:]}" if re.fullmatch("[0-9]{5}", text) else ""
