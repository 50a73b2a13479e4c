"""Swedish organisation numbers: ten digits of which the last checks the others (Luhn, ISO/IEC 7812-1 annex B)."""

from __future__ import annotations

import re


def bare(text: str) -> str:
    """556016-0680 as 5560160680; whatever is not such a number comes back without spaces and hyphens."""
    digits = re.sub(r"[\s\u00a0–-]", "", text)
    return digits.removeprefix("16") if len(digits) == 12 else digits


def is_valid(number: str) -> bool:
    """Whether ten digits are an organisation number: the check digit fits, and the third digit is at least 2."""
    if not re.fullmatch(r"[0-9]{10}", number) or int(number[2]) < 2:
        return False
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(number))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def shown(number: str) -> str:
    """5560160680 as 556016-0680."""
    return f"{number[:6]}-{number[6:]}" if len(number) == 10 else number
