"""What somebody typed, read as wishes: words, phrases in quotation marks, and words with a minus before them.

Nothing that can be typed is an error; signs that mean nothing here are spaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import swedish
from .compounds import LONGEST, listed

LONGEST_QUESTION = 400  # letters; more is no question
MOST_WORDS = 12
QUOTED = re.compile(r"""["”“„]([^"”“„]*)["”“„]?""")
TOKEN = re.compile(r"\S+")

STOPWORDS = listed("""
    alla allt att av de den det du efter eller en er ett från för ha han har hon hur i in inte jag kan man med men mer
    mot ni nu när och om oss på sig sin som så till ur ut vad var vi vid är åt över
    a an and by for from in is of on or the to with
""")


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing wanted: any of the ways to say it, each a sequence of words that must all be there."""

    ways: tuple[tuple[str, ...], ...]
    phrase: bool = False
    without: bool = False
    optional: bool = False


def read_wishes(text: str) -> list[Wish]:
    """The wishes of a question, at most MOST_WORDS of them."""
    text = text.replace("\x00", " ")[:LONGEST_QUESTION]
    wishes: list[Wish] = []
    for match in QUOTED.finditer(text):
        words = tuple(swedish.words(match.group(1)))
        if len(words) == 1:
            wishes.append(Wish(((words[0],),)))
        elif words:
            wishes.append(Wish((words,), phrase=True))
    for token in TOKEN.findall(QUOTED.sub(" ", text)):
        without = token.startswith("-") and len(token) > 1
        for match in swedish.WORD.finditer(swedish.normal(token)):
            wishes.append(Wish(ways_of(match.group()), without=without))
    return quieten(wishes[:MOST_WORDS])


def ways_of(word: str) -> tuple[tuple[str, ...], ...]:
    """A word as it is; one with hyphens also as its pieces."""
    pieces = tuple(piece for piece in swedish.JOINER.split(word) if piece)
    whole = "".join(pieces)[:LONGEST]
    return ((whole,), pieces) if len(pieces) > 1 else ((whole,),)


def quieten(wishes: list[Wish]) -> list[Wish]:
    """Small words such as "om" and "och" are welcome but not demanded, unless there is nothing else."""
    loud = [wish for wish in wishes if wish.phrase or wish.without or wish.ways[0][0] not in STOPWORDS]
    if not any(not wish.without for wish in loud):
        return wishes
    return [wish if wish in loud else Wish(wish.ways, optional=True) for wish in wishes]


def with_synonyms(wishes: Sequence[Wish], synonyms: Mapping[str, Sequence[str]]) -> list[Wish]:
    """Adds the other ways to say a word, or several words in a row, that the coordinator's lists know."""
    if not synonyms:
        return list(wishes)
    found: list[Wish] = []
    at = 0
    while at < len(wishes):
        taken, wish = longest_match(wishes, at, synonyms)
        found.append(wish)
        at += taken
    return found


def longest_match(wishes: Sequence[Wish], at: int, synonyms: Mapping[str, Sequence[str]]) -> tuple[int, Wish]:
    for taken in range(min(4, len(wishes) - at), 0, -1):
        group = wishes[at : at + taken]
        if any(wish.phrase or wish.without for wish in group):
            continue
        others = synonyms.get(" ".join(base_form(wish.ways[0][0]) for wish in group))
        if others:
            said = tuple(wish.ways[0][0] for wish in group)
            own = group[0].ways if taken == 1 else (said,)
            more = tuple(tuple(swedish.words(other)) for other in others)
            return taken, Wish(tuple(dict.fromkeys((*own, *(way for way in more if way)))))
    return 1, wishes[at]


def base_form(word: str) -> str:
    """The dictionary word under which synonyms are kept (surfplattor -> surfplatta)."""
    lemmas = swedish.read(word).lemmas
    return lemmas[0] if lemmas else word


def synonym_key(text: str) -> str:
    """How a synonym of one or several words is looked up."""
    return " ".join(base_form(word) for word in swedish.words(text))


def synonym_table(groups: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """For each expression in a group, the others."""
    table: dict[str, list[str]] = {}
    for group in groups:
        for word in group:
            others = [other for other in group if other != word]
            table.setdefault(synonym_key(word), []).extend(others)
    return {key: list(dict.fromkeys(others)) for key, others in table.items()}
