"""Measures imports: titles a second into the database and the index, and memory.

    python -m bench.imports                        all of Gutenberg's catalogue (78,766 works)
    python -m bench.imports --catalogue FOLDER     where works.csv.gz, subjects.csv.gz and authors.csv.gz are
    python -m bench.imports --json                 figures for a program

On a new SQLite file. The whole way is measured: reading and checking the file, the transaction that writes it, taking
the changes into the index, and the same file once more.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from bench import bootstrap
from resursnav.deliver.exchange.taking import KIND
from resursnav.foundation.imports import actions
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.search import index, swedish
from resursnav.site.garbage import settle

FILES = ("works.csv.gz", "subjects.csv.gz", "authors.csv.gz")


def memory() -> int:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What the work gives, how many seconds it took, and how many of the processor's."""
    start, cpu = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - start, time.process_time() - cpu


def drained() -> int:
    """Take every waiting change into the index."""
    total = 0
    while done := index.drain():
        total += done
    return total


def measure(folder: Path) -> dict[str, Any]:
    """Import the catalogue twice and say how it went."""
    first, *others = (folder / name for name in FILES)
    owner, _new = Organisation.objects.get_or_create(kind="region", code="24", defaults={"name": "Västerbotten"})
    at = timezone.now()
    figures: dict[str, Any] = {}
    swedish.analyse("uppvärmning av lexikonet")
    index.rebuild()
    for turn in ("first", "again"):
        batch = actions.receive(
            kind=KIND,
            name=first.name,
            content=[first.read_bytes()],
            organisation=owner,
            by=None,
            at=at,
            source="gutenberg",
            options={"format": "gutenberg", "beside": [str(path.resolve()) for path in others]},
        )
        batch, check, check_cpu = timed(partial(actions.check, batch=batch, at=at))
        actions.confirm(batch=batch, by=None, at=at)
        batch, write, write_cpu = timed(partial(actions.apply, batch=batch, at=at))
        changes, indexing, index_cpu = timed(drained)
        titles = batch.new + batch.changed + batch.same
        figures[turn] = {
            "status": batch.status,
            "titles": titles,
            "new": batch.new,
            "changed": batch.changed,
            "same": batch.same,
            "check_s": round(check, 1),
            "check_cpu_s": round(check_cpu, 1),
            "write_s": round(write, 1),
            "write_cpu_s": round(write_cpu, 1),
            "index_s": round(indexing, 1),
            "index_cpu_s": round(index_cpu, 1),
            "indexed": changes,
            "titles_per_s_database": round(titles / write),
            "titles_per_s_database_and_index": round(titles / (write + indexing)),
            "titles_per_cpu_s_database_and_index": round(titles / (write_cpu + index_cpu)),
            "titles_per_s_all": round(titles / (check + write + indexing)),
            "memory_mb": memory(),
        }
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(os.environ.get("RESURSNAV_SHARED_DATA", "../shared/data")) / "catalogue" / "gutenberg"
    parser.add_argument("--catalogue", type=Path, default=default)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    call_command("migrate", verbosity=0)
    settle()  # as the command and the worker do
    figures = measure(args.catalogue)
    if args.json:
        print(json.dumps(figures))
        return
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, scratch folder {bootstrap.SCRATCH.name}")
    for turn, said in figures.items():
        print(turn, ", ".join(f"{name} {value}" for name, value in said.items()))


if __name__ == "__main__":
    main()
