"""`resursnav index`: the search index brought up to date, or built anew while people search in the old one."""

from __future__ import annotations

import argparse
import sys
import time

from resursnav.foundation.search import index
from resursnav.kernel.text import number


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whether a good index is built anew all the same."""
    parser.add_argument("--rebuild", action="store_true", help="bygg om allt, även om indexet är i sin ordning")


def run(args: argparse.Namespace) -> int:
    """Take in what has changed; build the whole when there is no index that can be used, or when told to."""
    if not args.rebuild:
        print(f"Sökindexet följer med. {number(index.drain())} ändringar togs in.")
        return 0
    began = time.monotonic()

    def progress(done: int, total: int) -> None:
        if sys.stdout.isatty():
            print(f"\r{number(done)} av {number(total)}", end="", flush=True)

    count = index.rebuild(progress)
    print(f"\rSökindexet är byggt: {number(count)} sidor på {time.monotonic() - began:.1f} sekunder.")
    return 0
