"""What stands in a cell: text, dates, codes, numbers and formulas, as people and Excel leave them.

Each reader returns a `Cell`: the value (None when there is none or it cannot be read), and the reason why it was
refused or changed.
"""

import html
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Generic, TypeVar

import nh3

from resursnav.kernel.text import STOCKHOLM

T = TypeVar("T")

HIDDEN = frozenset({"..", ".", "*", "…", "....", "-", "--", "–"})
"""How Swedish statistics write a value that is withheld, missing or not asked for."""

# Control characters (but not tab and line ends), and the marks that turn the reading direction of what follows.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_SPACES = re.compile(r"[^\S\n]+")
_MANY_LINES = re.compile(r"\n{3,}")
_FORMULA = re.compile(r"^[=@\t\r]|^[+-](?![\s\d.,–-])")
_NUMBERLIKE = re.compile(r"^[+-]?[\d\s.,]*\d%?$|^\+\d[\d\s()-]+$")
_ACTIVE = re.compile(r"^[=+@-].*(?:\(|\||!)|^=[\w\"'+-]", re.S)
_BREAKING = re.compile(r"</?(?:p|div|br|li|ul|ol|tr|table|h[1-6]|section|article|blockquote)\b[^>]*>", re.I)
_ITEM = re.compile(r"<li\b[^>]*>", re.I)
_TAGS = {"p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
_SCRIPTS = {"script", "style", "iframe", "object", "template", "noscript", "svg", "math", "title", "textarea"}
_MARKUP = re.compile(r"<[a-zA-Z/!?]|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,31});")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SLASHED = re.compile(r"^(\d{1,2})[./](\d{1,2})[./ ](\d{4})$")
_SLASHED_ISO = re.compile(r"^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$")
_WORDED = re.compile(r"^(\d{1,2})(?::e)?\s+([a-zåäö.]+)\s+(\d{4})$", re.I)
_YEAR = re.compile(r"(?<!\d)(1[0-9]\d{2}|20\d{2})(?!\d)")
_SCIENTIFIC = re.compile(r"^\d[.,]\d+E\+?\d+$", re.I)
_FLOATED = re.compile(r"^(\d+)[.,]0+$")
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENGLISH_MONTHS = {"may": 5, "oct": 10}


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """A value read from a cell, and what was wrong with it or done to it."""

    value: T | None
    reason: str = ""
    note: str = ""

    def __bool__(self) -> bool:
        return self.value is not None


def clean(value: str) -> str:
    """One line of text: composed letters, single spaces, no control or direction-turning characters."""
    if value.isascii() and value.isprintable():
        return " ".join(value.split())
    return " ".join(_CONTROL.sub("", unicodedata.normalize("NFC", value)).split())


def clean_lines(value: str) -> str:
    """Text that may have paragraphs; at most one empty line between them."""
    text = _CONTROL.sub("", unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()


def html_to_text(value: str) -> str:
    """The readable text of something that may be HTML: scripts and styles gone with their content, paragraphs kept.

    Text that is escaped twice (`&lt;script&gt;`) is cleaned twice, so that no markup is left for a careless reader.
    """
    for _ in range(3):
        if not _MARKUP.search(value):
            break
        value = _strip_markup(value)
    return clean_lines(value)


def _strip_markup(value: str) -> str:
    kept = nh3.clean(value, tags=_TAGS, clean_content_tags=_SCRIPTS, attributes={})
    kept = _BREAKING.sub("\n", _ITEM.sub("\n- ", kept))
    return html.unescape(kept)


def is_formula(value: str) -> bool:
    """Whether a spreadsheet would calculate this instead of showing it."""
    return bool(_FORMULA.match(value)) and not _NUMBERLIKE.match(value)


def is_active(value: str) -> bool:
    """Whether it is a formula that does something (calls, links, runs), not just text with a dash or at-sign first."""
    return is_formula(value) and bool(_ACTIVE.match(value))


def for_spreadsheet(value: str) -> str:
    """The value as a spreadsheet may have it: an apostrophe before what would be calculated."""
    return f"'{value}" if is_formula(value) or (value.startswith("'") and is_formula(value[1:])) else value


def from_spreadsheet(value: str) -> str:
    """The opposite of `for_spreadsheet`: a file of ours read back says what it said."""
    return value[1:] if value.startswith("'") and (is_formula(value[1:]) or value.startswith("''")) else value


def read_date(value: str) -> Cell[date]:
    """A date written as 2025-02-03, 20250203, 2025/2/3, 3/2 2025, 3.2.2025 or 3 februari 2025."""
    text = clean(value)
    if not text or text in HIDDEN:
        return Cell(None)
    for pattern in (_ISO, _COMPACT, _SLASHED_ISO):
        if match := pattern.match(text):
            return _day(*(int(part) for part in match.groups()[:3]))
    if match := _SLASHED.match(text):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    if (match := _WORDED.match(text)) and (month := _month(match[2])):
        return _day(int(match[3]), month, int(match[1]))
    return Cell(None, "date.unknown_form")


def _month(word: str) -> int:
    short = word.casefold()[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else _ENGLISH_MONTHS.get(short, 0)


def _day(year: int, month: int, day: int) -> Cell[date]:
    try:
        return Cell(date(year, month, day))
    except ValueError:
        return Cell(None, "date.impossible")


def read_moment(value: str) -> Cell[datetime]:
    """A date-time in ISO 8601, or a date (its midnight); without a zone it is taken as Swedish time."""
    text = clean(value)
    if not text:
        return Cell(None)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        day = read_date(text)
        if day.value is None:
            return Cell(None, day.reason)
        moment = datetime.combine(day.value, time(), STOCKHOLM)
    return Cell(moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM))


def read_year(value: str, newest: int = 2100) -> Cell[int]:
    """The first year in `c1996`, `[1996?]`, `1995-1997`, `©2004`; none is no error when the cell is empty."""
    text = clean(value)
    if not text:
        return Cell(None)
    match = _YEAR.search(text)
    if not match:
        return Cell(None, "year.unknown_form")
    year = int(match[1])
    return Cell(year) if year <= newest else Cell(None, "year.impossible")


def read_code(value: str, length: int, *, pad: bool = True) -> Cell[str]:
    """A code of exactly `length` digits. Excel's harm is undone where that is certain: 880 is 0880, 1440.0 is 1440."""
    text = clean(value).replace(" ", "")
    if not text or text in HIDDEN:
        return Cell(None)
    if _SCIENTIFIC.match(text):
        return Cell(None, "code.scientific")
    if match := _FLOATED.match(text):
        text = match[1]
    if not (text.isascii() and text.isdigit()):
        return Cell(None, "code.not_digits")
    if len(text) == length:
        return Cell(text)
    if pad and len(text) == length - 1:
        return Cell(text.zfill(length), note="code.lost_zero")
    return Cell(None, "code.wrong_length")


def read_integer(value: str) -> Cell[int]:
    """A whole number, with spaces between the thousands or `.0` after it."""
    number = read_decimal(value)
    if number.value is None:
        return Cell(None, number.reason)
    if number.value != number.value.to_integral_value():
        return Cell(None, "number.not_whole")
    return Cell(int(number.value))


def read_decimal(value: str) -> Cell[Decimal]:
    """A number with decimal comma or point; withheld values (`..`) are no value and no error."""
    text = clean(value).replace(" ", "").replace("−", "-")
    if not text or text in HIDDEN:
        return Cell(None)
    if "," in text and "." in text:
        text = text.replace("." if text.rfind(",") > text.rfind(".") else ",", "")
    text = text.replace(",", ".").removesuffix("%")
    if len(text) > 40 or not re.fullmatch(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?", text):
        return Cell(None, "number.unknown_form")
    try:
        return Cell(Decimal(text))
    except InvalidOperation:  # pragma: no cover  (the pattern above admits only what Decimal reads)
        return Cell(None, "number.unknown_form")


def read_flag(value: str) -> Cell[bool]:
    """Yes or no in Swedish or English."""
    text = clean(value).casefold()
    if not text:
        return Cell(None)
    if text in {"ja", "j", "yes", "y", "true", "sant", "1", "x"}:
        return Cell(True)
    if text in {"nej", "n", "no", "false", "falskt", "0"}:
        return Cell(False)
    return Cell(None, "flag.unknown_form")


def split_list(value: str, separators: str = "|;") -> list[str]:
    """The parts of a cell that holds several values, in order and without doubles."""
    parts = re.split("[" + re.escape(separators) + "\n]", value)
    return list(dict.fromkeys(part for raw in parts if (part := clean(raw))))
