"""When something happens to organisations, which stand further down: read them anew into the index."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from resursnav.foundation.organisations import events as places
from resursnav.foundation.organisations.models import Organisation
from resursnav.kernel.events import on

from .actions import touch

ORGANISATION = "organisation"


def _changed(event: Any) -> None:
    _read_anew([event.organisation_id], event.at)


def _changed_with_below(event: Any) -> None:
    """What lies below is found by the names of what stands above, too."""
    nodes = [event.organisation_id, *filter(None, [getattr(event, "into_id", None)])]
    _read_anew(Organisation.objects.at_or_below(nodes).values_list("pk", flat=True), event.at)


def _register(event: places.RegisterImported) -> None:
    _read_anew([*event.opened_ids, *event.changed_ids], event.at)


def _read_anew(ids: Iterable[int], at: datetime) -> None:
    touch(kind=ORGANISATION, ids=ids, at=at)


on(places.OrganisationOpened)(_changed)
on(places.OrganisationCorrected)(_changed)
on(places.OrganisationRenamed)(_changed_with_below)
on(places.OrganisationMoved)(_changed_with_below)
on(places.OrganisationMerged)(_changed_with_below)
on(places.OrganisationClosed)(_changed_with_below)
on(places.OrganisationReopened)(_changed_with_below)
on(places.RegisterImported)(_register)
