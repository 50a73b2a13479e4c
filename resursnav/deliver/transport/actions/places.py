"""Where a route goes, and in what order."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from ..models import Route, RoutePlace
from .routes import held
from .telling import UnableToTransport, check, recorded


@transaction.atomic
def mark_place(
    *,
    route: Route,
    organisation: Organisation,
    included: bool,
    by: Person | None,
    at: datetime,
    note: str | None = None,
) -> RoutePlace:
    """Say that the route serves a place and all below it, or that it does not; the nearest mark upwards decides."""
    found = held(route, None)
    owner = found.carrier.owner_id
    if not Organisation.objects.at_or_below([owner]).filter(pk=organisation.pk).exists():
        raise UnableToTransport(_("Platsen ligger inte under centret."), field="place")
    kept = RoutePlace.objects.filter(route=found, organisation=organisation).first()
    if kept is None:
        last = RoutePlace.objects.filter(route=found).order_by("-position").first()
        kept = RoutePlace(route=found, organisation=organisation, position=last.position + 1 if last else 1)
    elif kept.included == included and note in (None, kept.note):
        return kept
    kept.included, kept.note = included, kept.note if note is None else clean(note)
    check(kept)
    kept.save()
    _placed(found, {"included" if included else "excepted": organisation.name}, {}, by, at)
    return kept


@transaction.atomic
def unmark_place(*, route: Route, organisation: Organisation, by: Person | None, at: datetime) -> Route:
    """Take a mark away: what stands above the place decides again."""
    found = held(route, None)
    mark = RoutePlace.objects.filter(route=found, organisation=organisation).first()
    if mark is not None:
        mark.delete()
        _placed(found, {}, {"included" if mark.included else "excepted": organisation.name}, by, at)
    return found


@transaction.atomic
def move_stop(*, place: RoutePlace, earlier: bool, by: Person | None, at: datetime) -> Route:
    """Let the round come to a place one stop earlier or later; at the ends nothing happens."""
    found = held(place.route, None)
    stops = list(RoutePlace.objects.filter(route=found, included=True).order_by("position", "pk"))
    here = next((number for number, stop in enumerate(stops) if stop.pk == place.pk), None)
    there = None if here is None else here + (-1 if earlier else 1)
    if here is None or there is None or not 0 <= there < len(stops):
        return found
    stops[here], stops[there] = stops[there], stops[here]
    for number, stop in enumerate(stops, 1):
        stop.position = number
    RoutePlace.objects.bulk_update(stops, ["position"])
    found.updated_at = at
    found.save(update_fields=["updated_at"])
    moved = {"place": stops[there].organisation.name, "position": there + 1}
    recorded("route_placed", found, found.carrier.owner_id, by=by, at=at, after=moved, plans=False)
    return found


def _placed(route: Route, after: dict[str, str], before: dict[str, str], by: Person | None, at: datetime) -> None:
    route.updated_at = at
    route.save(update_fields=["updated_at"])
    recorded("route_placed", route, route.carrier.owner_id, by=by, at=at, before=before, after=after)
