"""Turns wishes, filters and the viewer's audience into the engine's own queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import tantivy

from . import swedish
from .documents import Gate, Query
from .schema import ANYWHERE, FACET, SHADOW_WEIGHT, WEIGHTS
from .wishes import Wish

SAME_FORM = 0.4  # what the very form typed adds to its dictionary word
SYNONYM = 0.8
PARTS = 0.5
WHOLE_TITLE = 20.0
KIN = 0.3  # the verb of what is done, for its noun

Engine = tantivy.Query
MUST, SHOULD, NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


class Phrasing:
    """Speaks the language of one index: with weights where it matters which is best, else as quickly as can be."""

    def __init__(self, schema: tantivy.Schema, *, weighed: bool = True) -> None:
        self.schema = schema
        self.weighed = weighed
        self.fields = WEIGHTS if weighed else ANYWHERE
        self._facets: dict[str, bool] = {}

    # what narrows ------------------------------------------------------------------------------------------

    def gates(self, query: Query) -> list[Engine]:
        """What always holds: who looks, and which kinds are asked for."""
        gates = [self.any_of("audience", sorted(query.audience))]
        if query.kinds:
            gates.append(self.any_of("kind", query.kinds))
        return gates

    def chosen(self, query: Query, but: str = "") -> list[Engine]:
        """What is chosen among facets and gates, except in the one named."""
        return [
            let_through(self, [query.gates[name][value] for value in values if value in query.gates[name]])
            if name in query.gates
            else self.any_of(FACET + name, values)
            for name, values in query.filters.items()
            if values and name != but
        ]

    def any_of(self, field: str, values: Sequence[str]) -> Engine:
        """Documents with any of the values; none at all for a field that the index does not have."""
        if not values or not self.has(field):
            return Engine.empty_query()
        clean = [value.replace("\x00", "") for value in values]
        return Engine.const_score_query(Engine.term_set_query(self.schema, field, clean), 0.0)

    def has(self, field: str) -> bool:
        """Whether the index has the field; an old generation may lack a new facet."""
        if field not in self._facets:
            try:
                Engine.term_query(self.schema, field, "")
                self._facets[field] = True
            except ValueError:
                self._facets[field] = False
        return self._facets[field]

    def within(self, text: Engine | None, gates: Iterable[Engine]) -> Engine:
        return Engine.boolean_query([(MUST, query) for query in ([text] if text else []) + list(gates)])

    # what is looked for ------------------------------------------------------------------------------------

    def engine_query(self, wishes: Sequence[Wish], whole: str = "") -> Engine | None:
        """The text as a query of the engine; None when nothing was asked for.

        `whole` is the text word by word: a thing that has just this title comes first.
        """
        clauses: list[tuple[tantivy.Occur, Engine]] = []
        for wish in wishes:
            if wish.optional and not self.weighed:
                continue
            occurs = NOT if wish.without else SHOULD if wish.optional else MUST
            clauses.append((occurs, self.phrase(wish.ways[0]) if wish.phrase else self.wish(wish)))
            if self.weighed and not (wish.without or wish.phrase):
                clauses.extend((SHOULD, self.form(word)) for word in wish.ways[0])
        if clauses and all(occurs is NOT for occurs, _ in clauses):
            clauses.append((MUST, Engine.all_query()))
        if clauses and whole and self.weighed:
            just_that = Engine.term_query(self.schema, "whole", whole)
            clauses.append((SHOULD, Engine.const_score_query(just_that, WHOLE_TITLE)))
        return Engine.boolean_query(clauses) if clauses else None

    def phrase(self, words: Sequence[str]) -> Engine:
        return Engine.phrase_query(self.schema, "plain", list(words))

    def form(self, word: str) -> Engine:
        return Engine.boost_query(Engine.term_query(self.schema, "plain", word), SAME_FORM)

    def wish(self, wish: Wish) -> Engine:
        ways = [self.all_words(way) for way in wish.ways]
        others = [Engine.boost_query(way, SYNONYM) for way in ways[1:]]
        return ways[0] if not others else Engine.disjunction_max_query([ways[0], *others])

    def all_words(self, words: Sequence[str]) -> Engine:
        found = [self.word(word) for word in words]
        return found[0] if len(found) == 1 else Engine.boolean_query([(MUST, word) for word in found])

    def word(self, word: str) -> Engine:
        """A word by its dictionary words in every field, or else by the parts of the compound."""
        seen = swedish.read(word)
        clauses = [(SHOULD, clause) for term in seen.lemmas or (word,) for clause in self.everywhere(term)]
        outer = swedish.parts(word)
        if len(outer) > 1:
            together = [(MUST, self.anywhere(part)) for part in outer]
            clauses.append((SHOULD, Engine.boost_query(Engine.boolean_query(together), PARTS)))
        clauses += [(SHOULD, Engine.boost_query(self.anywhere(verb), KIN)) for verb in seen.kin]
        if word.isascii() and not swedish.known(word):
            shadow = Engine.term_query(self.schema, "shadow", word)
            clauses.append((SHOULD, Engine.boost_query(shadow, SHADOW_WEIGHT)))
        return Engine.boolean_query(clauses)

    def everywhere(self, term: str) -> list[Engine]:
        return [
            Engine.boost_query(Engine.term_query(self.schema, field, term), weight) for field, weight in self.fields
        ]

    def anywhere(self, term: str) -> Engine:
        return Engine.boolean_query([(SHOULD, clause) for clause in self.everywhere(term)])

    def loosely(self, wishes: Sequence[Wish]) -> Engine | None:
        """Any of the words, or of their parts, except the small words; None when there are none."""
        clauses = []
        for word in (word for wish in wishes if not (wish.without or wish.optional) for word in wish.ways[0]):
            seen = swedish.read(word)
            clauses += [self.anywhere(term) for term in seen.lemmas or (word,)]
            clauses += [Engine.boost_query(self.anywhere(part), PARTS) for part in seen.parts]
        return Engine.boolean_query([(SHOULD, clause) for clause in clauses]) if clauses else None


def let_through(say: Phrasing, gates: Sequence[Gate]) -> Engine:
    """What any of the gates lets through."""
    ways = [(SHOULD, _gate(say, gate)) for gate in gates]
    return Engine.const_score_query(Engine.boolean_query(ways), 0.0) if ways else Engine.empty_query()


def _gate(say: Phrasing, gate: Gate) -> Engine:
    field = FACET + gate.facet
    ways = [(SHOULD, say.any_of(field, gate.values))]
    if gate.besides:
        clauses = [(MUST, say.any_of(field, (gate.besides,))), (NOT, say.any_of(field, gate.unless))]
        ways.append((SHOULD, Engine.boolean_query(clauses)))
    return Engine.boolean_query(ways)
