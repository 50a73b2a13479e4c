"""Measures the search: building, bringing up to date, asking, and memory.

    python -m bench.search                 150,000 made-up resources
    python -m bench.search --count 20000   fewer
    python -m bench.search --json          figures for a program

The bare query in the same run is the least that any search must do on the same index: the words as typed in one
field, the viewer's audience, the 20 best and an exact count, and the counts of the same facets.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import tantivy
from django.core.management import call_command
from django.utils import timezone

from bench import bootstrap
from bench.corpus import Item, items, questions
from resursnav.foundation.search import actions, index, registry, swedish
from resursnav.foundation.search.documents import Document, Query
from resursnav.foundation.search.schema import FACET
from resursnav.kernel.manifest import SearchKind
from resursnav.site.garbage import settle

FACETS = ("medium", "subject", "school_form", "language", "year")
VIEWER = frozenset({"public", "o3"})


class Shelf:
    """The made-up catalogue as a search source, made again on each reading so that it takes no memory."""

    facets = FACETS

    def __init__(self, count: int) -> None:
        self.count = count
        self.changed: dict[int, Item] = {}

    def audience(self, person: object) -> frozenset[str]:
        return VIEWER

    def ids(self) -> Iterable[int]:
        self.stream = items(self.count)
        return range(1, self.count + 1)

    def documents(self, ids: Sequence[int]) -> Iterable[Document]:
        for number in ids:
            yield self.document(self.changed[number] if self.changed else next(self.stream))

    def document(self, item: Item) -> Document:
        return Document(
            id=item.id,
            title=item.title,
            audience=["public"] if item.municipality is None else [f"o{item.municipality}"],
            subtitle=item.publisher,
            subjects=item.subjects,
            creators=item.creators,
            text=item.description,
            facets={
                "medium": [item.medium],
                "subject": item.subjects,
                "school_form": item.school_forms,
                "language": [item.language],
                "year": [str(item.year)],
            },
            newest=item.year * 31_557_600 + item.id,
        )

    def plain(self, words: Sequence[str], audience: frozenset[str], start: int, stop: int) -> tuple[list[int], int]:
        return [], 0


def memory() -> float:
    """Resident megabytes of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def size_on_disk() -> float:
    """Megabytes of the node's index."""
    return round(sum(file.stat().st_size for file in index.folder().rglob("*") if file.is_file()) / 1e6, 1)


def spread(taken: list[float]) -> dict[str, float]:
    """p50, p95 and the worst."""
    taken = sorted(taken)
    return {
        "p50": round(statistics.median(taken), 2),
        "p95": round(taken[int(len(taken) * 0.95)], 2),
        "max": round(taken[-1], 2),
    }


def times(over: Sequence[str], **works: Callable[[str], object]) -> dict[str, Any]:
    """Milliseconds of each way to answer the same questions, one after the other so that a busy machine is fair.

    "ms" is by the clock, "CPU ms" what the thread itself used, which other programs on the machine do not touch.
    """
    clock: dict[str, list[float]] = {name: [] for name in works}
    used: dict[str, list[float]] = {name: [] for name in works}
    for thing in over:
        for name, work in works.items():
            start, begun = time.perf_counter(), time.thread_time()
            work(thing)
            used[name].append((time.thread_time() - begun) * 1000)
            clock[name].append((time.perf_counter() - start) * 1000)
    return {name: {"ms": spread(clock[name]), "CPU ms": spread(used[name])} for name in works}


def bare(
    searcher: tantivy.Searcher, schema: tantivy.Schema, chosen: dict[str, tuple[str, ...]]
) -> Callable[[str], int]:
    """The least that the engine must do for a question with the same filters and counts."""
    engine, must = tantivy.Query, tantivy.Occur.Must

    def ask(text: str) -> int:
        clauses = [(must, engine.term_query(schema, "plain", word)) for word in swedish.words(text)]
        clauses.append((must, engine.term_set_query(schema, "audience", sorted(VIEWER))))
        clauses += [(must, engine.term_set_query(schema, FACET + name, list(v))) for name, v in chosen.items()]
        query = engine.boolean_query(clauses)
        found = searcher.search(query, limit=20, count=True)
        for _, address in found.hits:
            searcher.doc(address)
        searcher.aggregate(query, {name: {"terms": {"field": FACET + name, "size": 1000}} for name in FACETS})
        return int(getattr(found, "count", 0) or 0)

    return ask


def ask_figures(asked: list[str]) -> dict[str, Any]:
    opened = index._reader(index.folder()).index()
    searcher = opened.searcher()
    rng = random.Random(1)
    chosen = {"medium": ("film", "stream"), "language": ("sv",), "school_form": ("compulsory",)}
    hits = [index.search(Query(text=text, audience=VIEWER)).total for text in asked]

    def ours(**fields: Any) -> Callable[[str], object]:
        return lambda text: index.search(Query(text=text, audience=VIEWER, **fields))

    typed = [text[: rng.randint(2, max(3, len(text)))] for text in asked]
    wrong = [text[:3] + text[4:] for text in asked if len(text) > 6 and " " not in text]
    return {
        "mean hits": round(statistics.mean(hits)),
        "5 facet counts": times(asked, bare=bare(searcher, opened.schema, {}), ours=ours(counts=FACETS)),
        "3 filters, 5 facet counts": times(
            asked, bare=bare(searcher, opened.schema, chosen), ours=ours(counts=FACETS, filters=chosen)
        ),
        "no facets": times(asked, ours=ours()),
        "everything, 5 facet counts": times([""] * 50, ours=ours(counts=FACETS)),
        "one letter lost, with menade du": times(wrong, ours=ours(counts=FACETS)),
        "as you type": times(typed, ours=lambda text: index.suggest(text, Query(audience=VIEWER))),
    }


def only_asking(folder: Path) -> None:
    """What a web process does: no writing, just questions.  Prints its memory."""
    setattr(index, "folder", lambda: folder)  # noqa: B010  # the index that the other process has built
    for text in json.load(sys.stdin):
        index.search(Query(text=text, audience=VIEWER, counts=FACETS))
        index.suggest(text[:4], Query(audience=VIEWER))
    print(round(memory()))


def memory_of_asking() -> int:
    """Megabytes of a fresh process that answers 400 questions."""
    command = [sys.executable, "-m", "bench.search", "--only-asking", str(index.folder())]
    lexicon = str(Path(bootstrap.SCRATCH.name))
    environment = {**os.environ, "RESURSNAV_DATA_DIR": lexicon}
    asked = json.dumps(questions(400)).encode()
    done = subprocess.run(command, env=environment, input=asked, capture_output=True, check=True)
    return int(done.stdout.split()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=150_000)
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only-asking", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only_asking:
        call_command("migrate", verbosity=0)
        only_asking(options.only_asking)
        return
    call_command("migrate", verbosity=0)
    settle()  # as every process of the product does
    shelf = Shelf(options.count)
    setattr(registry, "kinds", lambda: {"thing": SearchKind("thing", "Saker", "")})  # noqa: B010  # stands in for all kinds
    setattr(registry, "source_of", lambda kind: shelf)  # noqa: B010  # the same

    start, begun = time.perf_counter(), time.process_time()
    made = sum(1 for _ in items(options.count))
    making, making_used = time.perf_counter() - start, time.process_time() - begun
    figures: dict[str, Any] = {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "load average": os.getloadavg()[0],
        "documents": made,
    }
    start, begun = time.perf_counter(), time.process_time()
    index.rebuild()
    figures["full reindex, s (without making the data)"] = round(time.perf_counter() - start - making, 1)
    figures["full reindex, CPU s of all threads"] = round(time.process_time() - begun - making_used, 1)
    figures["index on disk, MB"] = round(
        sum(f.stat().st_size for f in index.folder().rglob("*") if f.is_file()) / 1e6, 1
    )
    figures["memory after building, MB"] = round(memory())
    figures["peak memory while building, MB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)

    ids = random.Random(3).sample(range(1, options.count + 1), min(5000, options.count))
    wanted = set(ids)
    shelf.changed = {item.id: item for item in items(options.count) if item.id in wanted}
    actions.touch(kind="thing", ids=ids, at=timezone.now())
    start = time.perf_counter()
    done = index.drain()
    figures["drain, documents/s"] = round(done / (time.perf_counter() - start))
    actions.touch(kind="thing", ids=ids[:1], at=timezone.now())
    start = time.perf_counter()
    index.drain()
    figures["drain of one change, ms"] = round((time.perf_counter() - start) * 1000, 1)
    gc.collect()
    figures["memory of a process that only asks, MB"] = memory_of_asking()
    figures.update(ask_figures(questions(options.questions)))
    print(json.dumps(figures, ensure_ascii=False, indent=None if options.json else 1))


if __name__ == "__main__":
    sys.exit(main())
