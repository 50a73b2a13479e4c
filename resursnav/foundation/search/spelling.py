"""Menade du: other spellings of a question, taken from the words of the index that this viewer may find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import tantivy
from rapidfuzz.distance import OSA

from . import swedish
from .compounds import LONGEST
from .phrasing import Engine, Phrasing
from .wishes import Wish, read_wishes

SHORTEST = 4  # letters of a word worth correcting
RARE = 5  # hits of a word that may be a slip in the catalogue itself
MUCH_MORE = 10  # times as many hits that another spelling must have when the first has some
MOST_CANDIDATES = 50_000
MOST_TRIED = 6


class Spelling:
    """Looks for other spellings within what one viewer may find."""

    def __init__(self, searcher: tantivy.Searcher, match: Phrasing, gates: list[Engine]) -> None:
        self.searcher = searcher
        self.match = match
        self.gates = gates

    def instead(self, text: str, wishes: Sequence[Wish], narrowing: list[Engine], had: int) -> str:
        """The question with other spellings, when that finds something, or much more; otherwise nothing."""
        typed = [word for wish in wishes if not wish.phrase and not wish.without for word in wish.ways[0]]
        own = {word: self.count(word, []) for word in dict.fromkeys(typed)}
        lost = {word: near for word in own if not own[word] and (near := list(self.near(word, 0, had)))}
        slips = {} if lost else {word: list(self.near(word, own[word], had)) for word in own}
        words = swedish.words(text)
        for swapped in (*tries(lost), *tries(slips)):
            said = " ".join(swapped.get(word, word) for word in words)
            if self.count(said, narrowing) >= max(1, had * MUCH_MORE):
                return said
        return ""

    def near(self, word: str, own: int, had: int) -> Iterator[str]:
        """Likelier spellings of a word that finds `own` things itself, best first."""
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return
        if own > RARE and had:
            return
        allowed = 1 if len(word) < 6 or own else 2
        found = []
        wide = () if had else (word[0], word[1])  # many words begin with one letter; worth it when nothing was found
        for start in dict.fromkeys((word[:2], word[1] + word[0], *wide)):
            for candidate, times in self.searcher.terms_with_prefix("plain", start, None, MOST_CANDIDATES):
                if abs(len(candidate) - len(word)) <= allowed and candidate != word and (times > own or not had):
                    away = OSA.distance(word, candidate, score_cutoff=allowed)
                    if away <= allowed:
                        found.append((away, -times, candidate))
            if any(away == 1 for away, _, _ in found):
                break
        yield from (candidate for _, _, candidate in sorted(found)[:MOST_TRIED])
        if not own:
            yield from self.apart(word)

    def apart(self, word: str) -> Iterator[str]:
        """Two words that were written as one (robinhood)."""
        halves = ((word[:cut], word[cut:]) for cut in range(3, len(word) - 2))
        both = [
            (min(self.searcher.doc_freq("plain", left), self.searcher.doc_freq("plain", right)), left, right)
            for left, right in halves
        ]
        for times, left, right in sorted(both, reverse=True)[:2]:
            if times:
                yield f"{left} {right}"

    def count(self, text: str, narrowing: list[Engine]) -> int:
        """How many things this viewer finds by the text."""
        query = self.match.within(self.match.engine_query(read_wishes(text)), [*self.gates, *narrowing])
        return int(getattr(self.searcher.search(query, limit=1), "count", 0) or 0)


def tries(options: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    """What to try: the best spelling of every word at once, then one word at a time."""
    if len(options) > 1 and all(options.values()):
        yield {word: near[0] for word, near in options.items()}
    for word, near in options.items():
        for candidate in near:
            yield {word: candidate}
