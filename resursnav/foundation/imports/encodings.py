"""Which encoding a text file is in, when nobody says so.

UTF-8 is proven by reading the whole file; what is not UTF-8 is weighed by which Western encoding makes its high bytes
into letters that Swedish (and its neighbours) use between ordinary letters. A UTF-8 file with a few foreign bytes stays
UTF-8: those bytes come out as surrogates, and `repair` reads them as Windows-1252.
"""

import codecs
from collections.abc import Callable
from typing import BinaryIO

CHUNK = 1 << 20
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ("cp1252", "mac_roman", "cp850")
COMMON = frozenset("åäöÅÄÖéÉüÜøØæÆèàáíóúñçß")
TYPOGRAPHIC = frozenset("–—’‘“”»«…•·§°€£©®½¼¾²³´¨ \u00ad")
FOREIGN_SHARE = 20
"""A file is UTF-8 with a few foreign bytes when it has this many good sequences for each bad byte."""

Opener = Callable[[], BinaryIO]


def detect(opener: Opener) -> str:
    """The codec's name: utf-8, utf-8-sig, utf-16, utf-16-le, utf-16-be, utf-32, cp1252, mac_roman or cp850."""
    with opener() as file:
        head = file.read(4096)
    for bom, name in BOMS:
        if head.startswith(bom):
            return name
    if wide := _without_mark(head):
        return wide
    good, bad, contexts = _count(opener)
    if not bad or good >= FOREIGN_SHARE * bad:
        return "utf-8"
    return max(CANDIDATES, key=lambda name: _score(name, contexts))


def repair(text: str) -> tuple[str, bool]:
    """Text decoded with `surrogateescape`, its foreign bytes read as Windows-1252; and whether there were any."""
    if text.isascii():
        return text, False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        fixed = "".join(_foreign(char) if "\udc80" <= char <= "\udcff" else char for char in text)
        return fixed, True
    return text, False


def looks_twice_encoded(text: str) -> bool:
    """Whether UTF-8 was read as Windows-1252 on the way here (`fÃ¶rskola`)."""
    return any(mark in text for mark in ("Ã¥", "Ã¤", "Ã¶", "Ã…", "Ã„", "Ã–", "Ã©", "â€")) and untwice(text) != text


def untwice(text: str) -> str:
    """Text that was encoded twice, put right; unchanged when that is not what it is."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _foreign(char: str) -> str:
    return bytes([ord(char) - 0xDC00]).decode("cp1252", errors="replace")


def _without_mark(head: bytes) -> str:
    """UTF-16 without a byte order mark: nearly every other byte is nought."""
    if len(head) < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def _count(opener: Opener) -> tuple[int, int, list[bytes]]:
    """How many UTF-8 sequences are good and how many bytes are bad, and up to 4,000 bad bytes with their neighbours."""
    good = bad = 0
    contexts: list[bytes] = []
    with opener() as file:
        rest = b""
        while chunk := file.read(CHUNK):
            data = rest + chunk
            if data.isascii():
                rest = b""
                continue
            text, used = codecs.utf_8_decode(data, "surrogateescape", False)
            rest = data[used:]
            bad_here = sum(1 for char in text if "\udc80" <= char <= "\udcff") if not _is_pure(text) else 0
            good += sum(1 for char in text if char > "\x7f") - bad_here
            bad += bad_here
            if bad_here and len(contexts) < 4000:
                contexts.extend(_contexts(data[:used], 4000 - len(contexts)))
    if rest:
        bad += 1
        contexts.append(b" " + rest[:1] + b" ")
    return good, bad, contexts


def _is_pure(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _contexts(data: bytes, limit: int) -> list[bytes]:
    found: list[bytes] = []
    for at, byte in enumerate(data):
        if byte > 0x7F:
            found.append(data[max(at - 1, 0) : at + 2])
            if len(found) >= limit:
                break
    return found


def _score(name: str, contexts: list[bytes]) -> float:
    points = 0.0
    for context in contexts:
        text = context.decode(name, errors="replace")
        middle = text[1] if len(text) == 3 else text[-1]
        beside = any(char.isascii() and char.isalpha() for char in text)
        if middle in COMMON:
            points += 2 if beside else 1
            if middle.isupper() and text[0].islower():
                points -= 2.5  # a capital after a small letter: the wrong alphabet's half
        elif middle in TYPOGRAPHIC:
            points += 0.3
        elif middle == "\ufffd" or not middle.isprintable():
            points -= 3
        else:
            points -= 1
    return points
