"""`resursnav import`: a register or a catalogue from a file; says what it would change, then does all or nothing."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils import timezone

from resursnav.deliver.curriculum.cli import import_subjects
from resursnav.deliver.exchange.cli import formats
from resursnav.deliver.exchange.formats.catalogue import FORMATS, guess
from resursnav.deliver.exchange.taking import KIND as RESOURCES
from resursnav.foundation.imports import actions
from resursnav.foundation.imports.kinds import kinds
from resursnav.foundation.imports.models import ImportBatch, Status
from resursnav.foundation.imports.reasons import Unreadable
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.kernel.text import number

PIECE = 1024 * 1024
SYLLABUSES = "curriculum"
COUNTED = (
    ("new", "nya"),
    ("changed", "ändrade"),
    ("moved", "flyttade"),
    ("same", "oförändrade"),
    ("missing", "saknas i filen"),
    ("wrong", "felaktiga rader som lämnas utanför"),
    ("noted", "anmärkningar"),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What, from which file, and how it is to be read."""
    known = "\n".join(f"  {kind.code:<16} {kind.label}" for kind in kinds())
    known += f"\n  {SYLLABUSES:<16} kursplaner: filer eller en mapp, eller utan fil från Skolverkets öppna gränssnitt"
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = f"slag:\n{known}"
    parser.add_argument(
        "kind", choices=[*(kind.code for kind in kinds()), SYLLABUSES], metavar="slag", help="vad filen innehåller"
    )
    parser.add_argument("file", type=Path, nargs="*", help="filen, och de som hör till den; gzip och zip går bra")
    parser.add_argument("--for", dest="node", metavar="KOD", help="region (2 siffror) eller kommun (4) som det gäller")
    parser.add_argument("--format", choices=formats(), metavar="FORMAT", help=f"resurser: {', '.join(formats())}")
    parser.add_argument("--source", default="", help="resurser: vad källan heter")
    parser.add_argument("--whole", action="store_true", help="resurser: det som inte står i filen dras tillbaka")
    parser.add_argument("--close-missing", action="store_true", help="register: stäng det som inte står i filen")
    parser.add_argument("--yes", action="store_true", help="läs in utan att fråga")
    parser.add_argument("--show", type=int, default=20, help="hur många ändringar och fel som visas")


def pieces(path: Path) -> Iterator[bytes]:
    """The file, a piece at a time."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def reading(args: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """The source's name and how the file is to be read; only catalogues have more than one way."""
    if args.kind != RESOURCES:
        return args.source, {"close_missing": "1"} if args.close_missing else {}
    first, *others = args.file
    code = args.format or guess(first)
    source = FORMATS[code].source or args.source or first.stem[:60]
    return source, {"format": code, "whole": args.whole, "beside": [str(path.resolve()) for path in others]}


def settle(batch: ImportBatch) -> ImportBatch:
    """Wait for a running worker that was quicker than we were."""
    while batch.status in {Status.CHECKING, Status.APPLYING}:
        time.sleep(1)
        batch.refresh_from_db()
    return batch


def show(batch: ImportBatch, most: int) -> None:
    """What the batch would do or has done, and what is wrong in it."""
    print(f"{batch.name}: {batch.get_status_display()}")
    for field, word in COUNTED:
        if count := getattr(batch, field):
            print(f"  {number(count):>10} {word}")
    for problem in batch.problems.order_by("pk")[:most]:
        where = f"rad {problem.line}: " if problem.line else ""
        print(f"  {where}{problem}")


def agreed(args: argparse.Namespace) -> bool:
    """Whether whoever runs this wants it done."""
    if args.yes:
        return True
    return sys.stdin.isatty() and input("Läsa in? Skriv ja: ").strip().lower() in {"ja", "j"}


def run(args: argparse.Namespace) -> int:
    """Check, show, ask, take in."""
    if args.kind == SYLLABUSES:
        return import_subjects(args.file, sys.stdout)
    if not args.file:
        print("Säg vilken fil som ska läsas in.", file=sys.stderr)
        return 1
    if gone := [path for path in args.file if not path.is_file()]:
        print(f"{gone[0]} finns inte.", file=sys.stderr)
        return 1
    node = None
    if args.node:
        kind = Kind.REGION if len(args.node) == 2 else Kind.MUNICIPALITY
        node = Organisation.objects.filter(kind=kind, code=args.node).first()
        if node is None:
            print(f"Det finns ingen {kind.label} med koden {args.node}.", file=sys.stderr)
            return 1
    if args.kind == RESOURCES and node is None:
        print("Säg med --for vilken region eller kommun som äger resurserna.", file=sys.stderr)
        return 1
    try:
        source, options = reading(args)
    except Unreadable:
        print(f"{args.file[0].name} är inget format som känns igen. Välj med --format.", file=sys.stderr)
        return 1
    batch = actions.receive(
        kind=args.kind, name=args.file[0].name, content=pieces(args.file[0]), organisation=node, by=None,
        at=timezone.now(), source=source, options=options,
    )  # fmt: skip
    batch = settle(actions.check(batch=batch, at=timezone.now()))
    show(batch, args.show)
    if batch.status != Status.CHECKED:
        return 1
    if not agreed(args):
        actions.discard(batch=batch, by=None, at=timezone.now())
        print("Inget lästes in. Lägg till --yes för att läsa in.")
        return 1
    batch = actions.confirm(batch=batch, by=None, at=timezone.now())
    began = time.monotonic()
    batch = settle(actions.apply(batch=batch, at=timezone.now()))
    show(batch, 0 if batch.status == Status.APPLIED else args.show)  # what was remarked has been shown already
    print(f"Det tog {time.monotonic() - began:.1f} sekunder.")
    return 0 if batch.status == Status.APPLIED else 1
