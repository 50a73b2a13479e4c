"""Reads a hunspell word list (.aff and .dic) into entries and their inflected forms.

Only what Swedish needs is understood: suffixes, their conditions, flags of one character and flags that a
suffix adds.  See man 5 hunspell for the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

NEEDS_AFFIX, FORBIDDEN, ONLY_IN_COMPOUND = "¤", "%", "Z"
BEGIN, MIDDLE, END = "X", "U", "Y"
VERB_FLAGS = frozenset("KLMNmj")
ADJECTIVE_FLAGS = frozenset("OQk")
LINK_FLAGS = frozenset("zgyhxwvfuitsr")
PLURAL_FLAGS = frozenset("GHI")


@dataclass(frozen=True, slots=True)
class Suffix:
    """One way to bend a word: what goes, what comes, and for which endings."""

    flag: str
    strip: str
    add: str
    gives: str
    matches: re.Pattern[str]


@dataclass(slots=True)
class Entry:
    """One line of the word list; several lines with the same spelling stay apart."""

    word: str
    flags: frozenset[str]
    proper: bool

    @property
    def strong(self) -> bool:
        """Whether people have described how it bends (bare machine-made additions are weak)."""
        return bool(self.flags - {BEGIN, END})

    @property
    def verb(self) -> bool:
        return bool(self.flags & VERB_FLAGS)

    @property
    def adjective(self) -> bool:
        return bool(self.flags & ADJECTIVE_FLAGS)

    @property
    def neuter(self) -> bool:
        return (
            "C" in self.flags
            or ("B" in self.flags and not self.word.endswith("a"))
            or (self.word.endswith("um") and bool(self.flags & {"J", "E"}))
        )

    @property
    def common(self) -> bool:
        if self.neuter:  # "barnen" also comes by flag D, so only a plural of its own shows both genders (ett/en test)
            return bool(self.flags & PLURAL_FLAGS and "D" in self.flags)
        bent = "D" in self.flags and not self.word.endswith("a")
        return bent or "E" in self.flags or bool(self.flags & PLURAL_FLAGS)

    @property
    def noun(self) -> bool:
        return self.neuter or self.common or ("A" in self.flags and not (self.verb or self.adjective))


@dataclass(slots=True)
class WordList:
    """A parsed word list."""

    entries: list[Entry] = field(default_factory=list)
    suffixes: dict[str, list[Suffix]] = field(default_factory=dict)
    forbidden: set[str] = field(default_factory=set)

    def forms(self, entry: Entry) -> Iterator[tuple[str, Suffix]]:
        """The inflected forms of an entry (not the linking forms), each with the suffix that made it."""
        for flag in entry.flags - LINK_FLAGS:
            for suffix in self.suffixes.get(flag, ()):
                if suffix.matches.search(entry.word) and not suffix.gives:
                    yield bend(entry.word, suffix), suffix

    def links(self, entry: Entry) -> Iterator[str]:
        """The forms that an entry takes as the first or middle part of a compound."""
        if entry.flags & {BEGIN, MIDDLE}:
            yield entry.word
        for flag in entry.flags & LINK_FLAGS:
            for suffix in self.suffixes.get(flag, ()):
                if suffix.gives and suffix.matches.search(entry.word):
                    yield bend(entry.word, suffix)


def bend(word: str, suffix: Suffix) -> str:
    return (word[: -len(suffix.strip)] if suffix.strip else word) + suffix.add


def read_suffixes(path: Path) -> dict[str, list[Suffix]]:
    """The suffix rules of an .aff file by flag."""
    rules: dict[str, list[Suffix]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if len(words) >= 5 and words[0] == "SFX" and not words[3].isdigit():
            strip = "" if words[2] == "0" else words[2]
            add, _, gives = words[3].partition("/")
            rules.setdefault(words[1], []).append(
                Suffix(words[1], strip, "" if add == "0" else add, gives, re.compile(f"(?:{words[4]})$"))
            )
    return rules


def read(dic: Path, aff: Path) -> WordList:
    """The word list, lower-cased; entries that are only suffixes, marks or spelling traps are left out."""
    words = WordList(suffixes=read_suffixes(aff))
    for line in dic.read_text(encoding="utf-8").splitlines()[1:]:
        word, _, flags = line.split("\t")[0].partition("/")
        if not word.replace("-", "").isalpha() or word.startswith("-"):
            continue
        letters = frozenset(flags)
        if FORBIDDEN in letters:
            words.forbidden.add(word.lower())
        elif not letters & set("åäö"):  # a word has slipped in where the flags should be
            words.entries.append(Entry(word.lower(), letters, word != word.lower()))
    return words
