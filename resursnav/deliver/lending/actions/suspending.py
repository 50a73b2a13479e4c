"""Who may not book for the time being: set by the centre, or by itself when something is very late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.foundation.threads.actions import record
from resursnav.kernel.text import clean

from ..models import AWAY, Booking, Suspension
from .telling import UnableToLend, check


@transaction.atomic
def suspend(
    *,
    owner: Organisation,
    unit: Organisation,
    person: Person | None,
    reason: str,
    by: Person | None,
    at: datetime,
    until: date | None = None,
) -> Suspension:
    """No new bookings for the person at the unit, or for the whole unit, until the day; what is booked stands."""
    today = localdate(at)
    if until is not None and until <= today:
        raise UnableToLend(_("Välj en dag som inte har varit."), field="until")
    row = Suspension(
        owner=owner,
        unit=unit,
        person=person,
        since=today,
        until=until,
        reason=" ".join(clean(reason).split()),
        made_at=at,
    )
    check(row)
    row.save()
    after = {"unit": unit.name, "until": until}
    record(verb="lending.suspended", thing=row, organisation=owner, by=by, at=at, after=after, about=person)
    return row


@transaction.atomic
def lift(*, suspension: Suspension, by: Person | None, at: datetime) -> Suspension:
    """They may book again."""
    found = Suspension.objects.select_for_update(no_key=True, of=("self",)).get(pk=suspension.pk)
    if found.lifted_at is None:
        found.lifted_at = at
        found.save(update_fields=["lifted_at"])
        record(verb="lending.lifted", thing=found, organisation=found.owner_id, by=by, at=at, about=found.person)
    return found


@transaction.atomic
def suspend_for_lateness(*, booking: Booking, at: datetime) -> Suspension | None:
    """By the rule: whoever has something that is this late may not book until it is back; once, however much it is."""
    order = booking.order
    if order.person is None:
        return None
    row, made = Suspension.objects.get_or_create(
        owner_id=order.owner_id,
        unit_id=order.unit_id,
        person=order.person,
        automatic=True,
        lifted_at=None,
        defaults={
            "since": localdate(at),
            "reason": _("Något är mycket försenat. Spärren hävs när det är tillbaka."),
            "made_at": at,
        },
    )
    return row if made else None


def lift_when_all_is_back(rows: Iterable[Booking], at: datetime) -> None:
    """A suspension that came by itself goes by itself, when nothing of the person's at the unit is late any longer."""
    today = localdate(at)
    for owner, unit, person in {(row.order.owner_id, row.order.unit_id, row.order.person_id) for row in rows}:
        if person is None:
            continue
        standing = Suspension.objects.filter(
            owner=owner, unit=unit, person=person, automatic=True, lifted_at__isnull=True
        )
        late = Booking.objects.filter(
            order__owner=owner, order__unit=unit, order__person=person, state__in=AWAY, hand_over_date__lt=today
        )
        if standing.exists() and not late.exists():
            standing.update(lifted_at=at)
