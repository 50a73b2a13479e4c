"""Languages by their BCP 47 codes: the names that people say, from CLDR and, where it is silent, from us."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

# CLDR lacks some of the languages that Swedish law and Swedish classrooms name.
_OURS = {
    "sv": {
        "sje": "pitesamiska", "sju": "umesamiska", "swl": "svenskt teckenspråk", "prs": "dari", "kmr": "kurmanji",
        "ckb": "sorani", "zxx": "utan språk", "nb": "norska",
    },
    "en": {
        "sje": "Pite Sami", "sju": "Ume Sami", "swl": "Swedish Sign Language", "prs": "Dari", "kmr": "Kurmanji",
        "ckb": "Sorani", "zxx": "no language", "nb": "Norwegian", "fit": "Meänkieli",
    },
}  # fmt: skip
# What a form offers first; every other valid code is still accepted and kept.
COMMON = (
    "sv", "en", "fi", "fit", "se", "sma", "smj", "yi", "rom", "swl", "nb", "da", "de", "fr", "es",
    "ar", "so", "fa", "prs", "ti", "uk", "pl", "ku", "tr", "zxx",
)  # fmt: skip
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def is_code(code: str) -> bool:
    """Whether the text has the shape of a language code, such as "sv", "sma" or "zh-Hant"."""
    return _CODE.fullmatch(code) is not None


@lru_cache(maxsize=2048)
def name(code: str, speaking: str = "sv") -> str:
    """The language's name in Swedish (or in English when `speaking` is "en"), or the code when nobody names it."""
    speaking = "en" if speaking.startswith("en") else "sv"
    known = Locale(speaking).languages
    base = code.partition("-")[0]
    for wanted in (code, base):
        found = _OURS[speaking].get(wanted) or known.get(wanted.replace("-", "_"))
        if found:
            return str(found)
    return code
