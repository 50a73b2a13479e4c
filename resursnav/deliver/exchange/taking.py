"""The import of resources as a kind of import: what taking a file in would do, and doing it."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db import connection

from resursnav.deliver.curriculum.models import CentralContent
from resursnav.deliver.resources.actions.bulk import Known, chunks, known, upsert, withdraw_missing
from resursnav.deliver.resources.drafts import (
    CreatorDraft,
    EditionDraft,
    LinkDraft,
    ResourceDraft,
    SubjectDraft,
    fitted,
)
from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.vocabulary import Status, Visibility
from resursnav.foundation.imports.kinds import KEPT_CHANGES, Log
from resursnav.foundation.imports.models import ImportBatch
from resursnav.foundation.imports.reasons import Problem, Unreadable, noted, wrong
from resursnav.foundation.organisations.models import Organisation

from .describing import differences, draft_of
from .formats.catalogue import FORMATS, Asked, guess
from .formats.points import key_of
from .formats.table import MADE_UP

KIND = "resources"
CHUNK = 900
TELL_EVERY = 500
DRAFTS = (ResourceDraft, CreatorDraft, EditionDraft, LinkDraft, SubjectDraft)
MANY = 10_000
A_SECOND = 4_000
"""On SQLite nobody else can save while a file is written: so many resources a second, and told of from so many."""


def check(batch: ImportBatch, log: Log) -> None:
    """Read the file and tell what is new, changed, the same and, when the file is the whole source, missing."""
    owner = _owner(batch)
    seen: set[str] = set()
    form = form_of(batch)
    for some in chunks(records(batch, log, tick=True), CHUNK):
        here = known(owner, batch.source, [draft.source_id for draft in some])
        _compare(some, here, form, log)
        seen.update(draft.source_id for draft in some)
    if log.counts["other_form"]:
        log.tell("record.other_form", count=log.counts["other_form"])
    for number, title, _key in _missing(batch, seen):
        log.change("missing", title, key=shown_key(number))
    if connection.vendor == "sqlite" and (many := log.counts["new"] + log.counts["changed"]) >= MANY:
        log.tell("import.others_wait", seconds=5 * -(-many // (5 * A_SECOND)))
    missing, there = log.counts["missing"], log.counts["same"] + log.counts["changed"]
    if missing > there:
        log.tell("import.mostly_missing", missing=missing, total=missing + there)


def prepare(batch: ImportBatch, log: Log) -> None:
    """Read the file before the transaction begins: on SQLite nobody else can write while it lasts."""
    with batch.work_path.open("wb") as file:
        for some in chunks(records(batch, Log()), CHUNK):
            pickler = pickle.Pickler(file, pickle.HIGHEST_PROTOCOL)
            pickler.dispatch_table = dict.fromkeys(DRAFTS, _by_values)
            pickler.dump(some)


def _by_values(draft: Any) -> tuple[Any, ...]:
    """How a draft is kept: by its values in order, which are read back three times as quickly as by their names."""
    return type(draft), tuple(getattr(draft, name) for name in type(draft).__slots__)


def _prepared(batch: ImportBatch) -> Iterator[ResourceDraft]:
    """What `prepare` read."""
    with batch.work_path.open("rb") as file:
        while True:
            try:
                yield from pickle.load(file)  # noqa: S301  # our own file, written a moment ago
            except EOFError:
                return


def apply(batch: ImportBatch, log: Log) -> None:
    """Write the file into the catalogue; inside the batch's transaction."""
    owner = _owner(batch)
    seen: set[str] = set()

    def drafts() -> Iterator[ResourceDraft]:
        for draft in _prepared(batch):
            seen.add(draft.source_id)
            yield draft

    def said(reason: str, draft: ResourceDraft, value: str) -> None:
        log.problem(noted(reason, draft.line, "", value, title=draft.title[:100]))

    at = batch.heard_at or batch.received_at
    counts = upsert(
        drafts=drafts(),
        owner=owner,
        source=batch.source,
        form=form_of(batch),
        by=batch.confirmed_by,
        at=at,
        status=batch.options.get("status", Status.PUBLISHED),
        visibility=batch.options.get("visibility", Visibility.PUBLIC),
        said=said,
        progress=lambda done: log.progress(done, batch.new + batch.changed + batch.same),
    )
    gone = [key for _number, _title, key in _missing(batch, seen)]
    if (counts.new, counts.changed + counts.withdrawn, len(gone)) != (batch.new, batch.changed, batch.missing):
        raise Unreadable("import.moved_on")
    withdraw_missing(owner=owner, source=batch.source, ids=gone, by=batch.confirmed_by, at=at)
    log.count("new", counts.new)
    log.count("changed", counts.changed + counts.withdrawn)
    log.count("same", counts.same)
    log.count("missing", len(gone))


def _owner(batch: ImportBatch) -> Organisation:
    if batch.organisation is None or not batch.source:
        raise Unreadable("import.no_owner")
    return batch.organisation


def asked(batch: ImportBatch) -> Asked:
    """How the batch's file is to be read, from the choices that were made for it."""
    options = batch.options
    return Asked(
        source=batch.source,
        this_year=batch.received_at.year,
        columns=options.get("columns"),
        sheet=options.get("sheet", ""),
        media_type=options.get("media_type", ""),
        beside=tuple(Path(one) for one in options.get("beside", ())),
    )


def records(batch: ImportBatch, log: Log, *, tick: bool = False) -> Iterator[ResourceDraft]:
    """Every usable record of the file, each number once; the log is told about the rest."""
    code = form_of(batch)
    seen: dict[str, tuple[str, int | None]] = {}
    points = _Points()
    for done, one in enumerate(FORMATS[code].open(batch.path, asked(batch)), start=1):
        if tick and done % TELL_EVERY == 0:
            log.progress(done)
        if isinstance(one, Problem):
            log.problem(one)
            continue
        draft, cut = fitted(points.placed(one, log))
        for piece in cut:
            log.problem(noted("cell.shortened", draft.line, piece.field, piece.value, limit=piece.limit))
        mark = draft.fingerprint()
        first = seen.setdefault(draft.source_id, (mark, draft.line))
        if first != (mark, draft.line):
            same = first[0] == mark
            reason = noted("record.twice_same", draft.line, "", draft.source_id)
            log.problem(reason if same else wrong("record.twice", draft.line, "", draft.source_id, first=first[1] or 0))
            continue
        yield draft
    points.tell(log)


@dataclass(slots=True)
class _Points:
    """The curriculum's points by their numbers, read when a record first says that it teaches something."""

    keys: frozenset[str] | None = None
    tied: int = 0
    resources: int = 0
    unknown: int = 0

    def placed(self, draft: ResourceDraft, log: Log) -> ResourceDraft:
        """The draft with the numbers of the points that are ours; the log hears of those that are not."""
        if not draft.points:
            return draft
        if self.keys is None:
            self.keys = frozenset(CentralContent.objects.values_list("key", flat=True))
        named = {written: key_of(written) for written in draft.points}
        for written in (one for one, key in named.items() if key not in self.keys):
            self.unknown += 1
            log.problem(noted("points.unknown", draft.line, "teaches", written))
        if not (ours := sorted(self.keys.intersection(named.values()))):
            return draft
        self.tied += len(ours)
        self.resources += 1
        return replace(draft, extra={**draft.extra, "points": ours})

    def tell(self, log: Log) -> None:
        """How many were recognised, and how many were not."""
        if self.tied:
            log.tell("points.recognised", count=self.tied, resources=self.resources)
        if self.unknown:
            log.tell("points.not_recognised", count=self.unknown)


def shown_key(number: str) -> str:
    """The source's number, unless we made one because it has none."""
    return "" if number.startswith(MADE_UP) else number


def form_of(batch: ImportBatch) -> str:
    """The code of the format that the batch's file is in."""
    return batch.options.get("format") or guess(batch.path)


def _compare(some: list[ResourceDraft], here: dict[str, Known], form: str, log: Log) -> None:
    changed: list[tuple[ResourceDraft, Known]] = []
    for draft in some:
        old = here.get(draft.source_id)
        if draft.deleted:
            gone = old is not None and old.status != Status.WITHDRAWN
            log.change("changed" if gone else "same", draft.title, key=shown_key(draft.source_id), line=draft.line)
        elif old is None:
            log.change("new", draft.title, key=shown_key(draft.source_id), line=draft.line)
        elif old.knows(form, draft.fingerprint()):
            log.count("same")
        else:
            changed.append((draft, old))
            log.counts["other_form"] += old.is_from_elsewhere(form)
    room = max(0, KEPT_CHANGES - log.counts["changed"])
    rows = Resource.objects.for_index().in_bulk([old.id for _draft, old in changed[:room]])
    for draft, old in changed:
        fields = differences(draft_of(rows[old.id]), draft) if old.id in rows else {}
        log.change("changed", draft.title, key=shown_key(draft.source_id), line=draft.line, fields=fields)


def _missing(batch: ImportBatch, seen: set[str]) -> Iterator[tuple[str, str, int]]:
    """What the catalogue has from the source and the file has not; asked only when the file is the whole source."""
    if not batch.options.get("whole"):
        return
    rows = Resource.objects.filter(owner=batch.organisation, source=batch.source).exclude(status=Status.WITHDRAWN)
    for number, title, key in rows.values_list("source_id", "title", "pk").iterator(chunk_size=5_000):
        if number not in seen:
            yield number, title, key
