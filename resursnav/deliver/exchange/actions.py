"""Remember how a source's columns are matched; keep and run harvests."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.imports import actions as imports
from resursnav.foundation.imports.models import ImportBatch, Status
from resursnav.foundation.imports.reasons import Unreadable
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.kernel.errors import Unable

from .formats.harvest import Harvester
from .models import ColumnMatching, Harvest
from .taking import KIND

TICK_EVERY = 1.0
"""Seconds between two writes of how many records have come."""


class UnableToHarvest(Unable):
    """The harvest cannot be set up."""


@transaction.atomic
def remember_columns(
    *, owner: Organisation, source: str, columns: Mapping[str, str], by: Person | None, at: datetime
) -> ColumnMatching:
    """Which column is which in this source's tables, for the next time."""
    matching, _new = ColumnMatching.objects.update_or_create(
        owner=owner, source=source, defaults={"columns": dict(columns), "matched_at": at}
    )
    return matching


@transaction.atomic
def add_harvest(
    *,
    owner: Organisation,
    source: str,
    address: str,
    prefix: str,
    subset: str = "",
    by: Person | None,
    at: datetime,
) -> Harvest:
    """Ask another catalogue for its news from now on."""
    if Harvest.objects.filter(owner=owner, source=source).exists():
        raise UnableToHarvest(_("Källan hämtas redan."), field="source")
    return Harvest.objects.create(owner=owner, source=source, address=address, prefix=prefix, subset=subset)


@transaction.atomic
def want_harvest(*, harvest: Harvest, by: Person | None, at: datetime) -> Harvest:
    """Ask the worker to fetch it now; asking twice asks once."""
    Harvest.objects.filter(pk=harvest.pk, wanted_at__isnull=True).update(wanted_at=at, wanted_by=by)
    harvest.refresh_from_db()
    return harvest


@transaction.atomic
def begin_harvest(*, harvest: Harvest, by: Person | None, at: datetime) -> bool:
    """Take it, unless somebody else is fetching it."""
    mine = Harvest.objects.filter(pk=harvest.pk).idle(at)
    return bool(mine.update(began_at=at, wanted_at=None, wanted_by=None, fetched=0, expected=0))


@transaction.atomic
def note_harvest(
    *,
    harvest: Harvest,
    fault: str,
    details: Mapping[str, Any] | None = None,
    batch: ImportBatch | None = None,
    harvested_to: str = "",
    by: Person | None = None,
    at: datetime,
) -> Harvest:
    """How the latest try went (a reason of `words`, or nothing), and how far the source has been read."""
    harvest.tried_at, harvest.fault, harvest.began_at = at, fault[:300], None
    harvest.fault_details = dict(details or {})
    if batch is not None:
        harvest.batch = batch
    if harvested_to:
        harvest.harvested_to = harvested_to
    harvest.save(update_fields=["tried_at", "fault", "fault_details", "harvested_to", "began_at", "batch"])
    return harvest


@transaction.atomic
def remove_harvest(*, harvest: Harvest, by: Person | None, at: datetime) -> Organisation:
    """Stop asking the catalogue; what has come from it stays."""
    owner = harvest.owner
    harvest.delete()
    return owner


def run_harvest(*, harvest: Harvest, by: Person | None, at: datetime, transport: Any = None) -> ImportBatch | None:
    """Fetch what is new since the last time, and take it in; None when the other side could not be read.

    Not one transaction: fetching takes minutes. What was fetched goes through a batch, whole or not at all, and only
    then is it noted how far the source has been read; after a failure the same is asked for again. Does nothing while
    somebody else is fetching the same.
    """
    if not begin_harvest(harvest=harvest, by=by, at=at):
        return None
    asking = Harvester(
        harvest.address,
        harvest.prefix,
        harvest.subset,
        harvest.harvested_to,
        allow_private=settings.HARVEST_PRIVATE,
        transport=transport,
        progress=_ticker(harvest),
    )
    try:
        batch = imports.receive(
            kind=KIND,
            name=f"{harvest.source}.xml",
            content=asking.pieces(),
            organisation=harvest.owner,
            by=by,
            at=at,
            source=harvest.source,
            options={"format": "oai"},
        )
    except Unreadable as refused:
        note_harvest(harvest=harvest, fault=refused.reason, details=refused.details, at=at)
        return None
    except Unable as refusal:
        note_harvest(harvest=harvest, fault=refusal.reason, at=at)
        return None
    except Exception:
        note_harvest(harvest=harvest, fault="import.broke", at=at)
        raise
    return _taken_in(harvest, batch, asking.answered_at[:10], by, at)


def _taken_in(harvest: Harvest, batch: ImportBatch, until: str, by: Person | None, at: datetime) -> ImportBatch:
    """Check what was fetched and take it in; the harvest remembers the day only when that went well."""
    batch = imports.check(batch=batch, at=at)
    if batch.status == Status.CHECKED:
        imports.confirm(batch=batch, by=by, at=at)
        batch = imports.apply(batch=batch, at=at)
    done = batch.status == Status.APPLIED
    wrong = None if done else batch.problems.wrong().first()
    note_harvest(
        harvest=harvest,
        fault="" if done else wrong.reason if wrong else "import.broke",
        details=wrong.details if wrong else {},
        batch=batch,
        harvested_to=until if done else "",
        at=at,
    )
    return batch


def _ticker(harvest: Harvest) -> Callable[[int, int], None]:
    """Writes how many records have come, and not too often."""
    last = [0.0]

    def tick(fetched: int, expected: int) -> None:
        if time.monotonic() - last[0] < TICK_EVERY:
            return
        last[0] = time.monotonic()
        Harvest.objects.filter(pk=harvest.pk).update(fetched=fetched, expected=expected)

    return tick
