"""Other people's codes in our words: languages, licences, school forms and grades."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# ISO 639-2/3 codes (and MARC's own) whose language has a two-letter code, the bibliographic forms beside the others.
_THREE = {
    "swe": "sv", "eng": "en", "fin": "fi", "nor": "no", "nob": "nb", "nno": "nn", "dan": "da", "isl": "is", "ice": "is",
    "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "spa": "es", "ita": "it", "por": "pt", "dut": "nl", "nld": "nl",
    "rus": "ru", "pol": "pl", "cze": "cs", "ces": "cs", "slo": "sk", "slk": "sk", "slv": "sl", "hrv": "hr", "srp": "sr",
    "bos": "bs", "mac": "mk", "mkd": "mk", "alb": "sq", "sqi": "sq", "bul": "bg", "rum": "ro", "ron": "ro", "hun": "hu",
    "gre": "el", "ell": "el", "tur": "tr", "ara": "ar", "per": "fa", "fas": "fa", "heb": "he", "kur": "ku", "som": "so",
    "tir": "ti", "amh": "am", "urd": "ur", "hin": "hi", "ben": "bn", "tam": "ta", "tel": "te", "tha": "th", "vie": "vi",
    "chi": "zh", "zho": "zh", "jpn": "ja", "kor": "ko", "est": "et", "lav": "lv", "lit": "lt", "ukr": "uk", "bel": "be",
    "lat": "la", "epo": "eo", "sme": "se", "yid": "yi", "fao": "fo", "gle": "ga", "gla": "gd", "wel": "cy", "cym": "cy",
    "baq": "eu", "eus": "eu", "cat": "ca", "glg": "gl", "afr": "af", "swa": "sw", "san": "sa", "fry": "fy", "kal": "kl",
    "geo": "ka", "kat": "ka", "arm": "hy", "hye": "hy", "aze": "az", "uzb": "uz", "kaz": "kk", "mon": "mn", "tgl": "tl",
    "ind": "id", "may": "ms", "msa": "ms", "pus": "ps", "pan": "pa", "mar": "mr", "mlt": "mt", "bre": "br", "oci": "oc",
}  # fmt: skip
_NAMES = {
    "svenska": "sv", "swedish": "sv", "engelska": "en", "english": "en", "finska": "fi", "finnish": "fi",
    "norska": "no", "danska": "da", "tyska": "de", "franska": "fr", "spanska": "es", "arabiska": "ar",
    "somaliska": "so", "persiska": "fa",
    "dari": "prs", "tigrinja": "ti", "polska": "pl", "ryska": "ru", "ukrainska": "uk", "turkiska": "tr",
    "kurdiska": "ku",
    "nordsamiska": "se", "sydsamiska": "sma", "lulesamiska": "smj", "umesamiska": "sju", "pitesamiska": "sje",
    "meänkieli": "fit", "jiddisch": "yi", "romani": "rom", "romska": "rom", "svenskt teckenspråk": "swl",
    "teckenspråk": "swl",
    "italienska": "it", "kinesiska": "zh", "latin": "la", "isländska": "is", "utan tal": "zxx", "inget språk": "zxx",
}  # fmt: skip
_NONE = {"und", "mul", "mis", "|||", "zzz", "xxx"}
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@lru_cache(maxsize=4096)
def language(written: str) -> str:
    """The BCP 47 code of `swe`, `sv`, `sv-SE`, `svenska` or `https://id.kb.se/language/swe`; nothing when unknown."""
    text = written.strip().rpartition("/")[2].replace("_", "-")
    low = text.casefold()
    if low in _NAMES:
        return _NAMES[low]
    if low in _NONE or not low:
        return ""
    if low in _THREE:
        return _THREE[low]
    base, _, rest = low.partition("-")
    if rest and (base == "zh" or len(rest) > 3):
        script = f"{base}-{rest.title()}" if len(rest) == 4 else base
        return script if _CODE.fullmatch(script) else ""
    return _THREE.get(base, base) if _CODE.fullmatch(base) else ""


def languages(written: list[str]) -> tuple[str, ...]:
    """Each language once, in order."""
    return tuple(dict.fromkeys(code for one in written if (code := language(one))))


_CC = re.compile(r"creativecommons\.org/(?:licen[sc]es|publicdomain)/([a-z-]+)(?:/(\d\.\d))?", re.IGNORECASE)
_SHORT = {
    "by": "CC-BY", "by-sa": "CC-BY-SA", "by-nc": "CC-BY-NC", "by-nc-sa": "CC-BY-NC-SA", "by-nd": "CC-BY-ND",
    "by-nc-nd": "CC-BY-NC-ND", "by-nd-nc": "CC-BY-NC-ND", "zero": "CC0", "mark": "PD",
}  # fmt: skip


def licence(written: str) -> tuple[str, str]:
    """(our code, address) of a licence given as address or as words; ("", "") when it says nothing we know."""
    text = written.strip()
    if not text:
        return "", ""
    if match := _CC.search(text):
        return _SHORT.get(match[1].lower(), "OTHER"), text
    low = re.sub(r"[\s_]+", "-", text.casefold()).removeprefix("cc-").removeprefix("cc")
    version = re.search(r"-?(\d\.\d)$", low)
    name = re.sub(r"-?\d\.\d$", "", low).strip("-")
    if name in {"0", "zero"} or low == "0":
        return "CC0", "https://creativecommons.org/publicdomain/zero/1.0/"
    if name in {"public-domain", "pd", "pdm", "mark"}:
        return "PD", "https://creativecommons.org/publicdomain/mark/1.0/"
    if name in _SHORT:
        return _SHORT[name], f"https://creativecommons.org/licenses/{name}/{version[1] if version else '4.0'}/"
    return "OTHER", text if text.startswith(("http://", "https://")) else ""


@dataclass(frozen=True, slots=True)
class Level:
    """For whom: school forms, grades (as the vocabulary counts them) and ages."""

    school_forms: tuple[str, ...] = ()
    grade_from: int | None = None
    grade_to: int | None = None
    age_from: int | None = None
    age_to: int | None = None


def together(levels: list[Level]) -> Level:
    """Several levels as one: all their school forms, and the widest span."""

    def low(values: list[int | None]) -> int | None:
        return min((value for value in values if value is not None), default=None)

    def high(values: list[int | None]) -> int | None:
        return max((value for value in values if value is not None), default=None)

    forms = tuple(dict.fromkeys(form for level in levels for form in level.school_forms))
    return Level(
        forms,
        low([level.grade_from for level in levels]),
        high([level.grade_to for level in levels]),
        low([level.age_from for level in levels]),
        high([level.age_to for level in levels]),
    )


_FORMS = {
    "fsk": "FSK", "förskola": "FSK", "fklass": "FKLASS", "förskoleklass": "FKLASS", "gr": "GR", "grundskola": "GR",
    "gran": "GRAN", "anpassad grundskola": "GRAN", "grundsärskola": "GRAN", "gsär": "GRAN", "spec": "SPEC",
    "specialskola": "SPEC", "sam": "SAM", "sameskola": "SAM", "fth": "FTH", "fritidshem": "FTH", "fritids": "FTH",
    "gy": "GY", "gymnasium": "GY", "gymnasieskola": "GY", "gymnasiet": "GY", "gyan": "GYAN",
    "anpassad gymnasieskola": "GYAN", "gymnasiesärskola": "GYAN", "vux": "VUX", "komvux": "VUX",
    "vuxenutbildning": "VUX", "sfi": "SFI", "svenska för invandrare": "SFI", "fhsk": "FHSK", "folkhögskola": "FHSK",
    "hs": "HS", "högskola": "HS", "universitet": "HS", "lib": "LIB", "bibliotek": "LIB",
    "lågstadiet": "GR", "mellanstadiet": "GR", "högstadiet": "GR",
}  # fmt: skip
_STAGES = {"lågstadiet": (1, 3), "mellanstadiet": (4, 6), "högstadiet": (7, 9)}
_SPAN = re.compile(r"(?:åk|årskurs|grade|år)?\.?\s*(f|\d{1,2})\s*(?:[-–—/]|till|to)?\s*(\d{1,2}|f)?$")
_AGE = re.compile(r"(\d{1,2})\s*(?:(?:[-–—]|till|to)\s*(\d{1,2})?|\+|år|years)?")


def school_form(written: str) -> str:
    """The code of a school form written as code or as Swedish word; nothing when unknown."""
    return _FORMS.get(written.strip().casefold(), "")


def grades(written: str) -> Level | None:
    """The span of `åk 4-6`, `F-3`, `7`, `gy 1`, `lågstadiet`; None when it cannot be read."""
    text = " ".join(written.casefold().split())
    if text in _STAGES:
        first, last = _STAGES[text]
        return Level(("GR",), first, last)
    shift = 0
    for word in ("gymnasiet", "gymnasieskola", "gy"):
        if text.startswith(word):
            text, shift = text.removeprefix(word).strip(), 9
            if not text:
                return Level(("GY",), 10, 12)
    match = _SPAN.fullmatch(text)
    if not match:
        return None
    first = 0 if match[1] == "f" else int(match[1])
    last = first if not match[2] else 0 if match[2] == "f" else int(match[2])
    first, last = first + (shift if first else 0), last + shift
    if not -1 <= first <= last <= 12 or (shift and first <= 9):
        return None
    forms = (
        (["FKLASS"] if first == 0 else []) + (["GR"] if first <= 9 and last >= 1 else []) + (["GY"] if last > 9 else [])
    )
    return Level(tuple(forms), first, last)


def ages(written: str) -> tuple[int, int | None] | None:
    """The span of `6-9`, `12+`, `från 6 till 9 år`; None when it cannot be read."""
    match = _AGE.search(written.casefold())
    if not match:
        return None
    first = int(match[1])
    last = int(match[2]) if match[2] else None if "+" in written or match[0].rstrip().endswith(("-", "–")) else first
    if first > 99 or (last is not None and not first <= last <= 99):
        return None
    return first, last
