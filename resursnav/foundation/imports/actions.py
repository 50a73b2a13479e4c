"""Receiving, checking, confirming and taking in a batch: each once, whoever asks and however many workers there are."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from resursnav.kernel.errors import Unable
from resursnav.kernel.events import tell

from .events import BatchApplied
from .kinds import Log, kind_of
from .models import STALE_AFTER, ImportBatch, ImportChange, ImportProblem, Status, folder
from .reasons import Problem, Unreadable, shorten

logger = logging.getLogger(__name__)

TICK_EVERY = 0.3
"""Seconds between two writes of how far the work has come."""
COUNTS = ("new", "changed", "moved", "same", "missing", "wrong", "noted")


class UnableToReceive(Unable):
    """The file cannot be received."""


class UnableToConfirm(Unable):
    """The batch is not one that can be confirmed now."""


class UnableToDiscard(Unable):
    """The batch can no longer be stopped."""


class UnableToMatch(Unable):
    """The batch no longer waits for its columns."""


class _Overtaken(Exception):
    """Another worker has the batch now; what was done here is undone."""


def receive(
    *,
    kind: str,
    name: str,
    content: Iterable[bytes],
    organisation: Any = None,
    by: Any,
    at: datetime,
    source: str = "",
    options: Mapping[str, Any] | None = None,
    matching: bool = False,
) -> ImportBatch:
    """Keep the file, piece by piece as it comes, and make a batch of it.

    `matching` leaves it waiting until somebody has said which column is which (`match`).
    """
    kind_of(kind)
    stored = f"{uuid.uuid4().hex}{Path(name).suffix[:8].lower()}"
    folder().mkdir(parents=True, exist_ok=True)
    try:
        size, digest = _store(folder() / stored, content)
        with transaction.atomic():
            return ImportBatch.objects.create(
                kind=kind,
                name=shorten(Path(name).name, 255),
                source=source,
                stored=stored,
                size=size,
                sha256=digest,
                options=dict(options or {}),
                organisation=organisation,
                uploaded_by=by,
                received_at=at,
                status=Status.MATCHING if matching else Status.UPLOADED,
            )
    except BaseException:
        (folder() / stored).unlink(missing_ok=True)
        raise


def _store(path: Path, content: Iterable[bytes]) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with path.open("wb") as file:
        for piece in content:
            size += len(piece)
            if size > settings.UPLOAD_LIMIT:
                limit = settings.UPLOAD_LIMIT // (1024 * 1024)
                raise UnableToReceive(
                    _("Filen är större än %(limit)s MB, som är det mesta som tas emot. Dela filen eller packa den.")
                    % {"limit": limit},
                    field="file",
                )
            digest.update(piece)
            file.write(piece)
    if not size:
        raise UnableToReceive(_("Filen är tom. Kontrollera att du valde rätt fil."), field="file")
    return size, digest.hexdigest()


@transaction.atomic
def match(*, batch: ImportBatch, options: Mapping[str, Any], source: str = "", by: Any, at: datetime) -> ImportBatch:
    """Say how the file is to be read (which column is which); then it is checked, or checked anew."""
    again = [Status.MATCHING, Status.CHECKED, Status.REFUSED, Status.FAILED]
    moved = (
        ImportBatch.objects.filter(pk=batch.pk, status__in=again)
        .exclude(stored="")
        .update(
            status=Status.UPLOADED,
            options={**batch.options, **options},
            source=source or batch.source,
            uploaded_by=by if by is not None else batch.uploaded_by_id,
            started_at=None,
            finished_at=None,
            heard_at=at,
        )
    )
    if not moved:
        raise UnableToMatch(_("Importen är redan på väg in. Kolumnerna kan inte längre ändras."))
    batch.refresh_from_db()
    return batch


def check(*, batch: ImportBatch, at: datetime, by: Any = None) -> ImportBatch:
    """Read the file and write down what taking it in would do. Does nothing when somebody else does it or it is done.

    Not one transaction: the reading may take minutes, and only the result is written.
    """
    claim = _claim(batch, Status.UPLOADED, Status.CHECKING, at)
    if not claim:
        batch.refresh_from_db()
        return batch
    log = Log(tick=_ticker(batch))
    status, ended = Status.CHECKED, None
    try:
        kind_of(batch.kind).check(batch, log)
    except Unreadable as refused:
        status, ended = Status.REFUSED, at
        log.problem(refused.problem())
    except Exception:
        logger.exception("The check of import %s broke", batch.pk)
        status, ended = Status.FAILED, at
        log.problem(Problem("import.broke"))
    with contextlib.suppress(_Overtaken), transaction.atomic():
        _record(batch, log, claim, status, ended)
    batch.refresh_from_db()
    return batch


@transaction.atomic
def confirm(*, batch: ImportBatch, by: Any, at: datetime) -> ImportBatch:
    """Somebody has seen what would happen, and wants it."""
    moved = ImportBatch.objects.filter(pk=batch.pk, status=Status.CHECKED).update(
        status=Status.CONFIRMED, confirmed_by=by, heard_at=at
    )
    batch.refresh_from_db()
    if not moved and batch.status not in {Status.CONFIRMED, Status.APPLYING, Status.APPLIED}:
        raise UnableToConfirm(_("Importen väntar inte på något besked: den är %s.") % batch.get_status_display())
    return batch


def apply(*, batch: ImportBatch, at: datetime, by: Any = None) -> ImportBatch:
    """Take the batch in: everything or nothing, once. Does nothing when it is done or somebody else is doing it."""
    claim = _claim(batch, Status.CONFIRMED, Status.APPLYING, at)
    if not claim:
        batch.refresh_from_db()
        return batch
    log, kind = Log(tick=_ticker(batch)), kind_of(batch.kind)
    try:
        if kind.prepare is not None:
            kind.prepare(batch, log)
        with transaction.atomic():
            kind.apply(batch, log)
            _finish(batch, log, claim, at)
            tell(BatchApplied(batch.pk, batch.kind, batch.organisation_id, batch.confirmed_by_id, at))
    except _Overtaken:
        logger.warning("Import %s was taken over by another worker; nothing was written here", batch.pk)
    except Unreadable as refused:
        _fail(batch, claim, refused.problem(), at)
    except Exception:
        logger.exception("Import %s broke and was undone", batch.pk)
        _fail(batch, claim, Problem("import.broke"), at)
    batch.refresh_from_db()
    _forget(batch.work_path, batch.progress_path)
    return batch


@transaction.atomic
def discard(*, batch: ImportBatch, by: Any, at: datetime) -> ImportBatch:
    """Stop a batch that has not been taken in, and throw its file away."""
    stopped = ImportBatch.objects.filter(
        pk=batch.pk, status__in=[Status.MATCHING, Status.UPLOADED, Status.CHECKED, Status.CONFIRMED, Status.REFUSED]
    ).update(status=Status.DISCARDED, finished_at=at, stored="", confirmed_by=by)
    paths = (batch.path, batch.work_path, batch.progress_path)
    batch.refresh_from_db()
    if not stopped:
        raise UnableToDiscard(_("Importen går inte att avbryta: den är %s.") % batch.get_status_display())
    transaction.on_commit(lambda: _forget(*paths))
    return batch


@transaction.atomic
def refuse(*, batch: ImportBatch, refused: Unreadable, by: Any, at: datetime) -> ImportBatch:
    """Say why a file that has just come cannot be read at all, and throw it away."""
    path = batch.path
    ImportBatch.objects.filter(pk=batch.pk, status=Status.MATCHING).update(
        status=Status.REFUSED, finished_at=at, stored="", wrong=1
    )
    log = Log()
    log.problem(refused.problem())
    _write(batch, log)
    batch.refresh_from_db()
    transaction.on_commit(lambda: _forget(path))
    return batch


@transaction.atomic
def tidy(*, before: datetime, by: Any = None, at: datetime) -> int:
    """Throw away the files of batches that ended before this moment; the log is kept. Says how many."""
    old = list(ImportBatch.objects.with_old_files(before))
    paths = [path for batch in old for path in (batch.path, batch.work_path, batch.progress_path)]
    ImportBatch.objects.filter(pk__in=[batch.pk for batch in old]).update(stored="")
    transaction.on_commit(lambda: _forget(*paths))
    return len(old)


def _claim(batch: ImportBatch, waiting: str, working: str, at: datetime) -> uuid.UUID | None:
    """Take the batch, or take it over from a worker that has gone silent; None when it is not to be had."""
    claim = uuid.uuid4()
    mine = {"status": working, "claim": claim, "heard_at": at, "done": 0, "total": 0}
    some = ImportBatch.objects.filter(pk=batch.pk)
    taken = some.filter(status=waiting).update(started_at=at, **mine)
    if not taken and not _heard_lately(batch):
        taken = some.filter(status=working, heard_at__lt=at - STALE_AFTER).update(**mine)
    if not taken:
        return None
    batch.refresh_from_db()
    return claim


def _heard_lately(batch: ImportBatch) -> bool:
    """Whether whoever has it still writes how far the work has come."""
    try:
        return time.time() - batch.progress_path.stat().st_mtime < STALE_AFTER.total_seconds()
    except OSError:
        return False


def _ticker(batch: ImportBatch) -> Callable[[int, int], None]:
    """Writes how far the work has come beside the file, and not too often."""
    last = [0.0]

    def tick(done: int, total: int) -> None:
        if time.monotonic() - last[0] < TICK_EVERY and done != total:
            return
        last[0] = time.monotonic()
        new = batch.progress_path.with_suffix(".progress-new")
        with contextlib.suppress(OSError):  # how far it has come is a comfort; without it the work goes on
            new.write_text(f"{done} {total}")
            new.replace(batch.progress_path)

    return tick


def _record(batch: ImportBatch, log: Log, claim: uuid.UUID, status: str, ended: datetime | None) -> None:
    counts = {name: log.counts[name] for name in COUNTS}
    done, total = batch.progress()
    moved = ImportBatch.objects.filter(pk=batch.pk, claim=claim).update(
        status=status, claim=None, finished_at=ended, done=done, total=total or done, told=_told(log), **counts
    )
    if not moved:
        raise _Overtaken
    batch.problems.all().delete()
    batch.changes.all().delete()
    _write(batch, log)


def _told(log: Log) -> list[list[Any]]:
    return [[one.reason, dict(one.details)] for one in log.told]


def _write(batch: ImportBatch, log: Log) -> None:
    ImportProblem.objects.bulk_create(
        [
            ImportProblem(
                batch=batch,
                line=one.line,
                field=one.field[:80],
                value=one.value[:200],
                reason=one.reason[:80],
                details=dict(one.details),
                is_note=one.note,
            )
            for one in log.problems
        ],
        batch_size=500,
    )
    ImportChange.objects.bulk_create(
        [
            ImportChange(
                batch=batch, verdict=one.verdict, line=one.line, key=one.key, title=one.title, fields=dict(one.fields)
            )
            for one in log.changes
        ],
        batch_size=500,
    )


def _finish(batch: ImportBatch, log: Log, claim: uuid.UUID, at: datetime) -> None:
    """The last statement of the transaction: only the worker that still has the batch may write."""
    counts = {name: log.counts[name] for name in COUNTS if name not in {"wrong", "noted"}}
    done = sum(counts.values())
    noted = F("noted") + log.counts["noted"]  # what the writing itself met, beside what the check noted
    moved = ImportBatch.objects.filter(pk=batch.pk, claim=claim, status=Status.APPLYING).update(
        status=Status.APPLIED, claim=None, finished_at=at, done=done, total=done, noted=noted, **counts
    )
    if not moved:
        raise _Overtaken
    _write(batch, log)


def _fail(batch: ImportBatch, claim: uuid.UUID, problem: Problem, at: datetime) -> None:
    with transaction.atomic():
        moved = ImportBatch.objects.filter(pk=batch.pk, claim=claim).update(
            status=Status.FAILED, claim=None, finished_at=at
        )
        if moved:
            log = Log()
            log.problem(problem)
            _write(batch, log)


def _forget(*paths: Path) -> None:
    for path in paths:
        if path.is_file():
            path.unlink(missing_ok=True)
