"""When the centre is open, how long it needs, and when it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from ..facts import ClosedFacts, values
from ..models import ClosedDays, Handling, OpeningHours, Weekday
from .telling import UnableToTransport, check, recorded, within_reason

Hours = Mapping[int, tuple[time, time]]


@transaction.atomic
def set_hours(
    *, owner: Organisation, processing_days: int, hours: Hours, by: Person | None, at: datetime
) -> Organisation:
    """Say on which weekdays the centre is open, between which hours, and how many days it needs to pack."""
    centre = _locked(owner)
    if not hours:
        raise UnableToTransport(_("Ett centrum som aldrig är öppet kan inte skicka något. Fyll i minst en dag."))
    before = snapshot(centre)
    handling = Handling.objects.filter(owner=centre).first() or Handling(owner=centre)
    handling.processing_days = processing_days
    check(handling)
    handling.save()
    OpeningHours.objects.filter(owner=centre).delete()
    for weekday, (opens, closes) in sorted(hours.items()):
        if opens >= closes:
            raise UnableToTransport(_("Stängningstiden måste komma efter öppningstiden."), field=f"closes_{weekday}")
        OpeningHours.objects.create(owner=centre, weekday=weekday, opens=opens, closes=closes)
    if before != (after := snapshot(centre)):
        recorded("hours_changed", centre, centre.pk, by=by, at=at, before=before, after=after)
    return centre


@transaction.atomic
def close_days(*, owner: Organisation, facts: ClosedFacts, by: Person | None, at: datetime) -> ClosedDays:
    """Close the centre on some days besides weekends and holidays."""
    made = ClosedDays(owner=_locked(owner))
    return _keep(made, facts, "closed", by, at)


@transaction.atomic
def change_closed(*, closed: ClosedDays, facts: ClosedFacts, by: Person | None, at: datetime) -> ClosedDays:
    """Close on other days, or for another reason."""
    found = ClosedDays.objects.select_for_update(no_key=True).get(pk=closed.pk)
    return _keep(found, facts, "closed_changed", by, at)


@transaction.atomic
def reopen(*, closed: ClosedDays, by: Person | None, at: datetime) -> None:
    """Be open after all; doing it twice changes nothing."""
    found = ClosedDays.objects.select_for_update().filter(pk=closed.pk).first()
    if found is not None:
        ClosedDays.objects.filter(pk=found.pk).delete()  # before anybody plans anew
        recorded("reopened", found, found.owner_id, by=by, at=at, before=_said(found))


def snapshot(owner: Organisation) -> dict[str, str | int]:
    """The hours and the days to pack as they stand, for the log."""
    hours = OpeningHours.objects.filter(owner=owner)
    handling = Handling.objects.filter(owner=owner).first()
    texts = [f"{Weekday(one.weekday).label} {one.opens:%H:%M}-{one.closes:%H:%M}" for one in hours]
    return {"hours": ", ".join(texts), "processing_days": handling.processing_days if handling else 0}


def _locked(owner: Organisation) -> Organisation:
    if owner.kind != Kind.REGION:
        raise UnableToTransport(_("Transporter hör till ett centrum, alltså en region."), field="owner")
    return Organisation.objects.select_for_update(no_key=True, of=("self",)).get(pk=owner.pk)


def _keep(closed: ClosedDays, facts: ClosedFacts, verb: str, by: Person | None, at: datetime) -> ClosedDays:
    facts = replace(facts, reason=" ".join(clean(facts.reason).split()))
    within_reason(valid_from=facts.valid_from, valid_to=facts.valid_to)
    before = _said(closed) if closed.pk else {}
    for name, value in values(facts).items():
        setattr(closed, name, value)
    check(closed)
    closed.save()
    if before != (after := _said(closed)):
        recorded(verb, closed, closed.owner_id, by=by, at=at, before=before, after=after)
    return closed


def _said(closed: ClosedDays) -> dict[str, object]:
    return {name: getattr(closed, name) for name in ("reason", "valid_from", "valid_to")}
