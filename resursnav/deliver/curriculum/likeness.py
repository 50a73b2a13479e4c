"""Which older text a new one most resembles. No Django in here."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from difflib import SequenceMatcher
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)
# Below this, two points of a syllabus share little more than the way syllabuses are written.
ENOUGH = 0.6


def most_like(text: str, others: Mapping[Name, str]) -> Name | None:
    """The name of the text that shares most of its words, in order, with `text`; None when none is like enough.

    The measure is difflib's ratio over words: twice the matching words through all words, from 0 to 1.
    """
    words = text.casefold().split()
    best, found = ENOUGH, None
    for name, other in others.items():
        ratio = SequenceMatcher(None, words, other.casefold().split(), autojunk=False).ratio()
        if ratio > best:
            best, found = ratio, name
    return found
