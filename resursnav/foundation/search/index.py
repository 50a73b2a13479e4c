"""The node's index: build it anew, bring it up to date, search it, and fall back to SQL when it is out of use."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import tantivy
from django.conf import settings

from resursnav.kernel.manifest import load

from . import lexicon, registry, swedish
from .actions import number_changes
from .ask import Asker
from .documents import Document, Gate, Hit, Query, Results, Source, Suggestion
from .models import Change, Sequence, SynonymGroup
from .schema import build_schema, fingerprint, key_of, to_engine
from .store import IndexMissing, Reader, State, Store
from .wishes import read_wishes, synonym_table

log = logging.getLogger(__name__)

CHUNK = 500  # documents read from the database at a time
DRAIN_AT_ONCE = 5000
REBUILD_MEMORY = 120_000_000
DRAIN_MEMORY = 32_000_000
SYNONYMS_FRESH = 15  # seconds that another process may still use synonyms that have been edited

Progress = Callable[[int, int], None]


def folder() -> Path:
    """Where this node's index lies."""
    return Path(settings.DATA_DIR) / "search"


@lru_cache(maxsize=4)
def _store(path: Path) -> Store:
    return Store(path)


@lru_cache(maxsize=4)
def _reader(path: Path) -> Reader:
    return Reader(_store(path))


def store() -> Store:
    return _store(folder())


def wanted_fingerprint() -> str:
    """What an index that fits the code, the kinds, the facets and the word list is built with."""
    return fingerprint(registry.facet_names(), lexicon.compiled_folder().name, registry.kinds())


# writing ---------------------------------------------------------------------------------------------------


def rebuild(progress: Progress | None = None) -> int:
    """Builds a new generation beside the one in use and swaps them; returns how many documents it holds.

    Searches go on in the old generation all the time.  Changes made meanwhile are taken in by the next drain,
    because the position is read before the first document.
    """
    with store().locked("rebuild", wait=True):
        return build_generation(progress)


def rebuild_if_nobody_does() -> int:
    """The same, unless another process of this node is at it already."""
    with store().locked("rebuild", wait=False) as mine:
        return build_generation(None) if mine else 0


def build_generation(progress: Progress | None) -> int:
    keeper = store()
    position = latest_number()
    generation = keeper.begin()
    index = tantivy.Index(build_schema(registry.facet_names()), path=str(generation))
    writer = index.writer(REBUILD_MEMORY, 2)
    sources = [(kind, source) for kind in registry.kinds() if (source := registry.source_of(kind))]
    every = [(kind, source, list(source.ids())) for kind, source in sources]
    total, done = sum(len(ids) for _, _, ids in every), 0
    for kind, source, ids in every:
        for some in chunks(ids, CHUNK):
            for document in documents(kind, source, some):
                add(writer, kind, document)
            done += len(some)
            if progress:
                progress(done, total)
    writer.commit()
    writer.wait_merging_threads()
    keeper.write_state(generation, State(position, wanted_fingerprint()))
    with keeper.locked("write", wait=True):
        keeper.take_into_use(generation)
    index.reload()
    return index.searcher().num_docs


def documents(kind: str, source: Source, ids: list[int]) -> Iterator[Document]:
    """The documents of the ids, with the codes that other contexts add to them."""
    added = {facet.name: load(facet.run)(ids) for facet in registry.added_facets(kind)}
    for document in source.documents(ids):
        more = {name: tuple(codes.get(document.id, ())) for name, codes in added.items()}
        yield replace(document, facets={**document.facets, **more}) if more else document


def latest_number() -> int:
    """The last number in the sequence, after numbering what waits; without a write when nothing does."""
    if Change.objects.waiting().exists():
        return number_changes()
    return Sequence.objects.filter(pk=1).values_list("last", flat=True).first() or 0


def add(writer: tantivy.IndexWriter, kind: str, document: Document) -> None:
    """Puts one document into the index; one that the engine cannot take must not keep all others out."""
    try:
        writer.add_document(to_engine(kind, document))
    except (ValueError, TypeError, OverflowError):
        log.exception("%s cannot be searched for", key_of(kind, document.id))


def drain() -> int:
    """Takes the changes since this node's position into its index; returns how many were taken in.

    Builds the index when there is none, when it was built by other code, or when the node slept so long that
    changes it has not seen are gone.
    """
    keeper = store()
    last = latest_number()
    try:
        generation = keeper.generation()
        state = keeper.state(generation)
    except IndexMissing:
        return rebuild_if_nobody_does()
    if state.fingerprint != wanted_fingerprint() or state.position > last or overslept(state.position):
        return rebuild_if_nobody_does()
    if state.position == last:
        return 0
    with keeper.locked("write", wait=False) as mine:
        if not mine:
            return 0
        generation = keeper.generation()
        state = keeper.state(generation)
        return take_in(keeper, generation, state)


def overslept(position: int) -> bool:
    """Whether changes right after the position have been forgotten."""
    first = Change.objects.after(0).values_list("number", flat=True).first()
    return first is not None and first > position + 1


def take_in(keeper: Store, generation: Path, state: State) -> int:
    changes = list(Change.objects.after(state.position)[:DRAIN_AT_ONCE].values_list("number", "kind", "key"))
    if not changes:
        return 0
    index = tantivy.Index.open(str(generation))
    writer = index.writer(DRAIN_MEMORY, 1)
    touched: dict[str, dict[int, None]] = {}
    for _, kind, key in changes:
        touched.setdefault(kind, {})[key] = None
    for kind, ids in touched.items():
        for id_ in ids:
            writer.delete_documents_by_term("key", key_of(kind, id_))
        source = registry.source_of(kind)
        for some in chunks(list(ids), CHUNK) if source else ():
            for document in documents(kind, source, some) if source else ():
                add(writer, kind, document)
    writer.commit()
    writer.wait_merging_threads()
    keeper.write_state(generation, State(changes[-1][0] or state.position, state.fingerprint))
    return len(changes)


def chunks(ids: list[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


# asking ----------------------------------------------------------------------------------------------------


def search(query: Query) -> Results:
    """Answers a query; never fails because of what was typed, nor because the index is broken."""
    try:
        return asker(query).answer(query)
    except (IndexMissing, ValueError, OSError) as error:
        log.warning("The search index is out of use, SQL answers: %s", error)
        return plain(query)


def suggest(text: str, query: Query, most: int = 8) -> list[Suggestion]:
    """Words and titles to choose from while somebody types; nothing when the index is out of use."""
    try:
        return asker(query).suggest(text, query, most)
    except (IndexMissing, ValueError, OSError) as error:
        log.warning("The search index is out of use, nothing to suggest: %s", error)
        return []


def asker(query: Query) -> Asker:
    reader = _reader(folder())
    return Asker(reader.index(), synonyms(query.language), reader.kept)


_synonyms: dict[str, tuple[float, dict[str, list[str]]]] = {}


def synonyms(language: str) -> dict[str, list[str]]:
    """The synonyms of a language, as the coordinators have written them, at most SYNONYMS_FRESH seconds old."""
    kept = _synonyms.get(language)
    if kept is None or kept[0] < time.monotonic() - SYNONYMS_FRESH:
        groups: Iterable[list[str]] = SynonymGroup.objects.in_language(language).values_list("words", flat=True)
        kept = (time.monotonic(), synonym_table(list(groups)))
        _synonyms[language] = kept
    return kept[1]


def read_synonyms_anew() -> None:
    """For whoever has just changed them, and for tests."""
    _synonyms.clear()


def plain(query: Query) -> Results:
    """The slow way: every word must occur, in SQL, newest first; gates narrow, facets and other spellings do not."""
    words = [word for wish in read_wishes(query.text) if not wish.without for word in wish.ways[0]]
    per_page = min(max(1, query.per_page), 200)
    page = min(max(1, query.page), 10_000)
    start, stop = (page - 1) * per_page, page * per_page
    within = [gate_ids(query.gates[name], query.filters[name]) for name in query.gates if query.filters.get(name)]
    hits: list[Hit] = []
    total = 0
    for kind in query.kinds or tuple(registry.kinds()):
        source = registry.source_of(kind)
        if source is None:
            continue
        ids, found = source.plain(words, query.audience, max(0, start - total), max(0, stop - total), *within)
        titles = {document.id: document.title for document in source.documents(ids)} if ids else {}
        hits.extend(Hit(kind, id_, titles.get(id_, "")) for id_ in ids)
        total += found
    return Results(hits[:per_page], total, page, max(1, -(-total // per_page)), plain=True)


def gate_ids(gates: Mapping[str, Gate], values: tuple[str, ...]) -> list[Any]:
    """What each of the chosen gates lets through: sets of ids, of which a thing must be in one."""
    return [gates[value].ids() for value in values if value in gates]


def warm_up() -> None:
    """Opens the lexicon and the index, so that the first search is as quick as the next."""
    swedish.read("sök")
    try:
        _reader(folder()).index()
    except IndexMissing as error:
        log.info("No search index yet: %s", error)
