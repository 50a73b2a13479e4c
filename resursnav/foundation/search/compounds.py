"""Splits Swedish compounds: the cheapest way to read a word as known parts, or not at all.

The outermost joint is what counts: a part that is itself a word of the list stays whole (läromedel + utlåning,
förskola + lärare), so few, long parts win.  Ask again for the parts of a part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import Lexicon
from .readings import LAST, LEARNED, NOUN, PROPER, SIMPLE, VERB, Reading

LONGEST = 80  # letters; a longer word is no word
MOST_PARTS = 5


def listed(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


# What joins in front but is no part that anybody searches for.
PARTICLES = listed("""
    an av be bi bort de des di dis efter en ent er ex fram för före förs från ge gen genom hop i il in inter ill kon
    kring med men miss mot ned ner o om på re sam sub till tills trans under und upp ur ut utan van vid åter över öv
    den det dem ett han hon vi ni man sig så som att och är var när där här pro per para kom kol ab ad al
""")
# What looks like a last word but is an ending.
ENDINGS = listed("""
    al ande ans ant ar are bar dom el ell else en ende er et ett full graf grafisk het ik ing ion is ism ist it kap lig
    lik ling logik logisk lös löshet mässig ning or ran rektion sam sion skap taktisk tion tur vis
""")
# The only parts of two letters; all others are accidents.
SHORT = listed("bi cd ek is it te tv")
SHORT_LAST = listed("by år")
# In front of a known word these make another word, not a compound (be + skrivning).
PREFIXES = ("an", "av", "be", "ent", "er", "fram", "för", "in", "med", "ned", "om", "på", "re", "till", "under", "upp",
            "ut", "över")  # fmt: skip
# Words that history made of two but that nobody takes apart.
WHOLE = listed("""
    alfabet allting alltid annanstans bokstav deltagare fredag fördel handbok hemlig hemsida internet komplett kunskap
    landskap lördag läromedel läroplan medborgare medlem måndag nackdel onsdag plattform porträtt riksdag
    samhälle samverkan söndag tisdag torsdag vederbörande verktyg
""")


@dataclass(frozen=True, slots=True)
class Split:
    """One reading of a word as parts, with what it costs (lower is likelier)."""

    cost: int
    parts: tuple[str, ...]
    last: Reading
    tail: int  # letters of the last part as it is written


class Splitter:
    """Splits words with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def split(self, word: str) -> Split | None:
        """The likeliest split of a lower-case word; None when it is no compound that we can see."""
        if not 5 <= len(word) <= LONGEST or not word.isalpha():
            return None
        whole = self.lexicon.readings(word)
        if any(reading.lemma in WHOLE or reading.lemma in PARTICLES for reading in whole) or self.doer(word, whole):
            return None
        best: Split | None = None
        known = [reading for reading in whole if not reading.weak]
        prefixed = bool(known) and self.prefixed(word)
        for split in self.splits(word, 0, ()):
            if (best is None or split.cost < best.cost) and believable(word, split, known):
                best = split
        return None if best and prefixed and best.cost > 24 else best

    def prefixed(self, word: str) -> bool:
        """Whether the word is a prefix and a known word (be + skrivning)."""
        return any(
            word.startswith(prefix) and any(not r.weak for r in self.lexicon.readings(word[len(prefix) :]))
            for prefix in PREFIXES
        )

    def doer(self, word: str, whole: Sequence[Reading]) -> bool:
        """Whether the word is made from a verb (handläggare of handlägga, kassering of kassera), not from two words."""
        for lemma in {reading.lemma for reading in whole} | {word}:
            verb = lemma[:-2] if lemma.endswith("are") else lemma[:-3] + "a" if lemma.endswith("ring") else ""
            if verb and any(r.kind & VERB and not r.weak for r in self.lexicon.readings(verb)):
                return True
        return False

    def splits(self, word: str, at: int, before: tuple[tuple[str, Reading, int], ...]) -> list[Split]:
        found: list[Split] = []
        rest = word[at:]
        if len(before) + 1 > MOST_PARTS:
            return found
        for form, readings in self.lexicon.starts(rest):
            if (len(form) < 3 and form not in SHORT) or len(form) == len(rest) or form in PARTICLES:
                continue
            reading, price = cheapest_join(form, readings)
            chain = (*before, (form, reading, price))
            for following, extra in next_starts(word, at + len(form)):
                tail = word[following:]
                if (len(tail) >= 3 or tail in SHORT_LAST) and tail not in ENDINGS:
                    found.extend(self.ended(word, tail, chain, extra))
                if len(chain) < MOST_PARTS - 1 and len(tail) >= 5:
                    found.extend(self.splits(word, following, chain) if not extra else ())
        return found

    def ended(self, word: str, tail: str, chain: tuple[tuple[str, Reading, int], ...], extra: int) -> list[Split]:
        found = []
        for reading in self.lexicon.readings(tail):
            if not reading.roles & LAST or reading.lemma in ENDINGS:
                continue
            if len(reading.lemma) < 3 and reading.lemma not in SHORT_LAST:
                continue
            price = 10 + extra + sum(10 + price for _, _, price in chain)
            price += (6 if reading.weak else 0) + (5 if reading.roles & LEARNED else 0)
            price += 20 if reading.roles & PROPER else 0
            price += 4 if not reading.kind & NOUN else 0
            price += 2 if len(tail) <= 3 else 0
            found.append(Split(price, (*(r.lemma for _, r, _ in chain), reading.lemma), reading, len(tail)))
        return found


def cheapest_join(form: str, readings: list[Reading]) -> tuple[Reading, int]:
    def price(reading: Reading) -> int:
        return (
            (7 if reading.weak else 0)
            + (1 if reading.roles & LEARNED else 0)
            + (2 if reading.kind == VERB else 0)
            + (5 if reading.roles & PROPER else 0)
            + (4 if len(form) == 3 else 12 if len(form) < 3 else 0)
        )

    best = min(readings, key=lambda reading: (price(reading), not reading.kind & NOUN, reading.lemma == form))
    return best, price(best)


def next_starts(word: str, at: int) -> list[tuple[int, int]]:
    """Where the next part may begin: here, or one letter back where three equal letters became two."""
    starts = [(at, 0)]
    if at >= 3 and word[at - 1] == word[at - 2] and word[at - 1] not in "aeiouyåäö":
        starts.append((at - 1, 3))
    return starts


def believable(word: str, split: Split, known: list[Reading]) -> bool:
    """A word that the list knows is only taken apart when it bends as its last part does."""
    more = 12 * (len(split.parts) - 2)
    if not known:
        return split.cost < 32 + more
    for reading in known:
        if reading.lemma != word and not reading.lemma.endswith(split.last.lemma):
            continue
        doing = reading.lemma.endswith("nde")  # främjande is a noun here and an adjective there
        if reading.kind and split.last.kind and not reading.kind & split.last.kind and not doing:
            continue
        price = split.cost + (5 if reading.roles & SIMPLE and not split.last.roles & SIMPLE else 0)
        if price < 31 + more:
            return True
    return False
