"""Imports from the command line: the same check and the same taking in as on the pages, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from resursnav.foundation.imports import actions
from resursnav.foundation.imports.models import ImportBatch, Status
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person

from .formats.catalogue import FORMATS, guess
from .taking import KIND

PIECE = 1024 * 1024


def formats() -> tuple[str, ...]:
    """The codes that `--format` may have."""
    return tuple(FORMATS)


def import_file(
    *,
    paths: Sequence[Path],
    owner: Organisation,
    by: Person | None,
    at: datetime,
    format: str = "",
    source: str = "",
    whole: bool = False,
    dry_run: bool = False,
    tell: Callable[[str], None] = lambda text: None,
) -> ImportBatch:
    """Check the file and, unless it is a dry run, take it in. Returns the batch with its counts, problems and status.

    The first path is the file; the others are further files of the same catalogue (Gutenberg: subjects, authors).
    Without `format` the file itself shows it. `source` names the catalogue; some formats have a name of their own.
    `whole` says that the file is all that the source has, so that what is missing from it is withdrawn.
    Raises Unreadable when no format is recognised, UnableToReceive when the file cannot be received.
    """
    code = format or guess(paths[0])
    name = FORMATS[code].source or source or paths[0].stem[:60]
    with paths[0].open("rb") as file:
        batch = actions.receive(
            kind=KIND,
            name=paths[0].name,
            content=iter(lambda: file.read(PIECE), b""),
            organisation=owner,
            by=by,
            at=at,
            source=name,
            options={"format": code, "whole": whole, "beside": [str(path.resolve()) for path in paths[1:]]},
        )
    batch = actions.check(batch=batch, at=at)
    tell(summary(batch))
    if dry_run or batch.status != Status.CHECKED:
        return batch
    actions.confirm(batch=batch, by=by, at=at)
    batch = actions.apply(batch=batch, at=at)
    tell(summary(batch))
    return batch


def summary(batch: ImportBatch) -> str:
    """The batch in one line."""
    return (
        f"{batch.name}: {batch.get_status_display()}. {batch.new} nya, {batch.changed} ändrade, "
        f"{batch.same} oförändrade, {batch.missing} saknas, {batch.wrong} felaktiga, {batch.noted} anmärkningar."
    )
