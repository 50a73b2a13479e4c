"""Answers a query from the index: hits, an exact count, facet counts, "menade du" and as-you-type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import tantivy

from resursnav.kernel.text import sort_key

from . import swedish
from .documents import Hit, Query, Results, Sort, Suggestion
from .phrasing import MUST, Engine, Phrasing, let_through
from .schema import FACET
from .spelling import Spelling
from .wishes import Wish, read_wishes, with_synonyms

# Every value is counted in every segment before the thousand commonest are kept, so that the counts are exact.
FACET_SIZE = {"size": 1000, "segment_size": 1_000_000}
FEW_HITS = 10  # so few that another spelling is worth asking about
MOST_BROADER = 10
MOST_KEPT = 200


def total_of(found: tantivy.SearchResult) -> int:
    """The exact number of hits (the engine's stubs forget that it tells)."""
    return int(getattr(found, "count", 0) or 0)


class Asker:
    """One searcher on one index, for the length of one answer."""

    def __init__(
        self,
        index: tantivy.Index,
        synonyms: Mapping[str, Sequence[str]] | None = None,
        kept: dict[str, dict[str, list[tuple[str, int]]]] | None = None,
    ) -> None:
        self.kept = kept if kept is not None else {}
        self.schema = index.schema
        self.searcher = index.searcher()
        self.synonyms = synonyms or {}
        self.say = Phrasing(index.schema)
        self.match = Phrasing(index.schema, weighed=False)

    def answer(self, query: Query) -> Results:
        """One page of hits with the counts that were asked for."""
        wishes = with_synonyms(read_wishes(query.text), self.synonyms)
        text = self.say.engine_query(wishes, whole=" ".join(swedish.words(query.text)))
        gates = self.say.gates(query)
        whole = self.say.within(text, [*gates, *self.say.chosen(query)])
        page, per_page = max(1, query.page), min(max(1, query.per_page), 200)
        total, hits = self.page_of(whole, query, wishes, page, per_page)
        pages = max(1, -(-total // per_page))
        if page > pages:
            page = pages
            total, hits = self.page_of(whole, query, wishes, page, per_page)
        facets = self.facets(query, wishes, gates) if query.counts else {}
        few = total < FEW_HITS and query.similar_words and wishes
        narrowing = self.say.chosen(query)
        instead = (
            Spelling(self.searcher, self.match, gates).instead(query.text, wishes, narrowing, total) if few else ""
        )
        broader = [] if total else self.broader(wishes, gates)
        return Results(hits, total, page, pages, facets, instead, broader)

    def broader(self, wishes: Sequence[Wish], gates: list[Engine]) -> list[Hit]:
        """The best things with any of the words, or a part of one, for a question that found nothing."""
        loose = self.say.loosely(wishes)
        if loose is None:
            return []
        found = self.searcher.search(self.say.within(loose, gates), limit=MOST_BROADER)
        return [self.hit(address) for _, address in found.hits]

    def page_of(
        self, whole: Engine, query: Query, wishes: Sequence[Wish], page: int, per_page: int
    ) -> tuple[int, list[Hit]]:
        offset = min((page - 1) * per_page, self.searcher.num_docs)
        wanted = any(not wish.without for wish in wishes)
        sort = query.sort if wanted or query.sort is not Sort.RELEVANCE else Sort.NEWEST
        field = {Sort.RELEVANCE: None, Sort.NEWEST: "newest", Sort.TITLE: "order"}[sort]
        order = tantivy.Order.Asc if sort is Sort.TITLE else tantivy.Order.Desc
        found = self.searcher.search(whole, per_page, True, field, offset, order)
        return total_of(found), [self.hit(address) for _, address in found.hits]

    def hit(self, address: tantivy.DocAddress) -> Hit:
        stored = self.searcher.doc(address)
        kind, _, id_ = stored["key"][0].rpartition(":")
        return Hit(kind, int(id_), stored["label"][0])

    def facets(self, query: Query, wishes: Sequence[Wish], gates: list[Engine]) -> dict[str, list[tuple[str, int]]]:
        """The counts; those without words are kept until the index changes, since they are of everything."""
        if wishes:
            return self.count(query, wishes, gates)
        asked = (query.counts, query.kinds, sorted(query.audience), sorted(query.filters.items()), query.gates)
        key = repr(asked)
        if key not in self.kept:
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            self.kept[key] = self.count(query, wishes, gates)
        return {name: list(values) for name, values in self.kept[key].items()}

    def count(self, query: Query, wishes: Sequence[Wish], gates: list[Engine]) -> dict[str, list[tuple[str, int]]]:
        """How many hits each value of each facet would have, whatever is chosen in that facet itself.

        Facets in which nothing is chosen are limited alike, so they are counted in one pass.
        """
        known = [name for name in dict.fromkeys(query.counts) if name not in query.gates and self.say.has(FACET + name)]
        alone = [name for name in known if query.filters.get(name)]
        together = [name for name in known if name not in alone]
        text = self.match.engine_query(wishes)
        counted: dict[str, list[tuple[str, int]]] = {name: [] for name in query.counts}
        for names in [together, *([name] for name in alone)]:
            if names:
                within = self.say.within(text, [*gates, *self.say.chosen(query, but=names[0])])
                wanted = {name: {"terms": {"field": FACET + name, **FACET_SIZE}} for name in names}
                for name, found in self.searcher.aggregate(within, wanted).items():
                    counted[name] = [(bucket["key"], int(bucket["doc_count"])) for bucket in found["buckets"]]
        return counted | {name: self.count_gates(name, query, text, gates) for name in query.gates}

    def count_gates(self, name: str, query: Query, text: Engine | None, gates: list[Engine]) -> list[tuple[str, int]]:
        """How many hits each choice of a gate would have, whatever is chosen in that gate itself."""
        around = [*gates, *self.match.chosen(query, but=name)]
        found = (
            (value, self.searcher.search(self.match.within(text, [*around, let_through(self.match, [gate])]), 1, True))
            for value, gate in query.gates[name].items()
        )
        return [(value, total_of(result)) for value, result in found]

    # as you type -------------------------------------------------------------------------------------------

    def suggest(self, text: str, query: Query, most: int = 8) -> list[Suggestion]:
        """Subjects and titles that begin as the text does, as far as this viewer may find them."""
        words = list(swedish.words(text[:100].replace("\x00", " ")))
        if not words or len("".join(words)) < 2:
            return []
        gate = self.say.within(None, self.say.gates(query))
        start = swedish.normal(" ".join(text[:100].replace("\x00", " ").split()))
        found: dict[str, tuple[int, Suggestion]] = {}
        for term, times in self.searcher.terms_with_prefix("hint", start, gate, 200):
            label = term.partition("\t")[2]
            if times > found.get(label.casefold(), (0,))[0]:
                found[label.casefold()] = (times, Suggestion(label))
        subjects = [found[key][1] for key in sorted(found, key=lambda key: (-found[key][0], key))][: most // 2]
        clauses = [(MUST, Engine.term_query(self.schema, "name", word)) for word in words[:-1]]
        clauses.append((MUST, Engine.fuzzy_term_query(self.schema, "name", words[-1], distance=0, prefix=True)))
        titles = self.searcher.search(Engine.boolean_query([*clauses, (MUST, gate)]), limit=most * 4)
        hits = [self.hit(address) for _, address in titles.hits]
        hits.sort(key=lambda hit: (not swedish.normal(hit.title).startswith(start), sort_key(hit.title)))
        once = {hit.title.casefold(): hit for hit in reversed(hits) if hit.title.casefold() not in found}
        shown = [hit for hit in hits if once.get(hit.title.casefold()) is hit][: most - len(subjects)]
        return subjects + [Suggestion(hit.title, hit.kind, hit.id) for hit in shown]
