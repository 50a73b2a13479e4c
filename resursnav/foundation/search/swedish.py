"""Swedish text as index terms: the word, its dictionary word, the parts of a compound, and a folded shadow.

The same analyser reads documents and queries, so that "film" finds undervisningsfilm and "böcker" finds bok.
Å, ä and ö are letters of their own; the shadow without them is kept apart, for those who cannot type them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from .compounds import LONGEST, Splitter
from .lexicon import lexicon
from .readings import VERB, Reading

WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011'’][^\W_]+)*")
PIECE = re.compile(r"[^\W_]+")
JOINER = re.compile(r"[-\u2010\u2011'’]")
CACHED_WORDS = 200_000
DOINGS = (("ning", ("a", "na")), ("ande", ("a",)), ("ende", ("a", "")), ("else", ("a", "")), ("ing", ("a",)))
DEEPEST = 3  # levels of parts within parts

_stemmer = snowballstemmer.stemmer("swedish")


@dataclass(frozen=True, slots=True)
class Word:
    """What one word of a text puts into the index, each list without repeats."""

    text: str
    lemmas: tuple[str, ...]
    parts: tuple[str, ...]
    kin: tuple[str, ...]  # the verb of what is done: läsning -> läsa
    shadows: tuple[str, ...]  # only of words that a plain keyboard cannot write


def normal(text: str) -> str:
    """Text as the analyser sees it: composed letters, lower case, no soft hyphens."""
    return unicodedata.normalize("NFC", text.replace("\u00ad", "")).lower()


def words(text: str) -> list[str]:
    """The words of a text in order; a hyphenated word comes whole, then piece by piece."""
    text = normal(text)
    if not JOINER.search(text):
        return [word[:LONGEST] for word in PIECE.findall(text)]
    found: list[str] = []
    for word in WORD.findall(text):
        pieces = JOINER.split(word)
        if len(pieces) > 1:
            found.append("".join(pieces)[:LONGEST])
        found.extend(piece[:LONGEST] for piece in pieces)
    return found


def fold(word: str) -> str:
    """The word without dots, rings and accents (förskola -> forskola)."""
    bare = unicodedata.normalize("NFKD", word.replace("ø", "o").replace("æ", "ae").replace("ß", "ss"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def parts(word: str) -> list[str]:
    """The parts of a compound as dictionary words, outermost joint first: läromedel, utlåning.

    A word that is no compound, or that we do not know, comes back alone, in lower case.
    """
    plain = normal(word).strip()
    pieces = [piece for piece in JOINER.split(plain) if piece]
    if len(pieces) > 1 and all(piece.isalnum() for piece in pieces) and all(len(piece) > 1 for piece in pieces):
        return [part for piece in pieces for part in parts(piece)]
    return list(_parts(plain)) if plain else []


def analyse(text: str) -> list[str]:
    """The index terms of a text: for each word the word, its dictionary words and its parts."""
    found: list[str] = []
    for word in words(text):
        seen = read(word)
        found.extend(dict.fromkeys((seen.text, *seen.lemmas, *seen.parts)))
    return found


@lru_cache(maxsize=CACHED_WORDS)
def read(word: str) -> Word:
    """One lower-case word, analysed."""
    lemmas = _lemmas(word)
    inner = tuple(dict.fromkeys(part for part in _deep(word, DEEPEST) if part != word and part not in lemmas))
    kin = tuple(dict.fromkeys(verb for lemma in lemmas if (verb := _verb_of(lemma)) and verb not in lemmas))
    shadows = {fold(term) for term in (word, *lemmas) if not term.isascii()}
    return Word(word, lemmas, inner, kin, tuple(sorted(shadows)))


def stem(word: str) -> str:
    """The word without its ending, by rule; for words that the lexicon does not know."""
    return str(_stemmer.stemWord(word)) if word.isalpha() and len(word) <= LONGEST else word


@lru_cache(maxsize=1)
def _splitter() -> Splitter:
    return Splitter(lexicon())


@lru_cache(maxsize=CACHED_WORDS)
def _parts(word: str) -> tuple[str, ...]:
    split = _splitter().split(word)
    return split.parts if split else (word,)


def _deep(word: str, depth: int) -> Iterator[str]:
    """The parts, their parts, and so on."""
    found = _parts(word)
    if len(found) > 1:
        for part in found:
            yield part
            if depth > 1 and part != word:
                yield from _deep(part, depth - 1)


def _lemmas(word: str) -> tuple[str, ...]:
    """Dictionary words of a form; for an unknown compound the first parts with the last one's dictionary word."""
    if len(word) > LONGEST or not word.isalpha():
        return ()
    readings = lexicon().readings(word)
    strong: list[Reading] = [reading for reading in readings if not reading.weak]
    if strong:
        return tuple(dict.fromkeys(reading.lemma for reading in strong[:3]))
    split = _splitter().split(word)
    if split:
        return (word[: len(word) - split.tail] + split.last.lemma,)
    return (readings[0].lemma if readings and readings[0].lemma != word else stem(word),)


def _verb_of(lemma: str) -> str:
    """The verb of a noun for what is done (läsning, läsande: läsa; simning: simma; förståelse: förstå)."""
    for ending, verbs in DOINGS:
        stem_ = lemma[: -len(ending)]
        if lemma.endswith(ending) and len(stem_) > 2:
            for verb in (stem_ + v for v in (*verbs, stem_[-1] + "a")):
                if any(r.kind & VERB and not r.weak and r.lemma == verb for r in lexicon().readings(verb)):
                    return str(verb)
    return ""


def known(word: str) -> bool:
    """Whether the word, or what it is made of, stands in the word list."""
    readings = lexicon().readings(word)
    return any(not reading.weak for reading in readings) or len(_parts(word)) > 1
