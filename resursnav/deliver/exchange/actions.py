"""Remember how a source's columns are matched; keep and run harvests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.imports import actions as imports
from resursnav.foundation.imports import words
from resursnav.foundation.imports.models import ImportBatch, Status
from resursnav.foundation.imports.reasons import Unreadable
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.kernel.errors import Unable

from .formats.harvest import Harvester
from .models import ColumnMatching, Harvest
from .taking import KIND


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
def note_harvest(
    *, harvest: Harvest, fault: str, harvested_to: str = "", by: Person | None = None, at: datetime
) -> Harvest:
    """How the latest try went, and how far the source has been read."""
    harvest.tried_at, harvest.fault = at, fault[:300]
    if harvested_to:
        harvest.harvested_to = harvested_to
    harvest.save(update_fields=["tried_at", "fault", "harvested_to"])
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
    then is it noted how far the source has been read; after a failure the same is asked for again.
    """
    asking = Harvester(
        harvest.address,
        harvest.prefix,
        harvest.subset,
        harvest.harvested_to,
        allow_private=settings.HARVEST_PRIVATE,
        transport=transport,
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
        note_harvest(harvest=harvest, fault=words.describe(refused.reason, refused.details), at=at)
        return None
    except Unable as refusal:
        note_harvest(harvest=harvest, fault=refusal.reason, at=at)
        return None
    batch = imports.check(batch=batch, at=at)
    if batch.status == Status.CHECKED:
        imports.confirm(batch=batch, by=by, at=at)
        batch = imports.apply(batch=batch, at=at)
    done = batch.status == Status.APPLIED
    fault = "" if done else str(batch.problems.wrong().first() or batch.get_status_display())
    note_harvest(harvest=harvest, fault=fault, harvested_to=asking.answered_at[:10] if done else "", at=at)
    return batch
