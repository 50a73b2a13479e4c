"""What people do when something happens further down: follow a merged place, and keep a chosen language."""

from __future__ import annotations

from datetime import date

from resursnav.foundation.organisations.events import OrganisationMerged
from resursnav.foundation.ui.events import LanguageChosen
from resursnav.kernel.events import on

from . import actions
from .models import Person


@on(OrganisationMerged)
def follow(event: OrganisationMerged) -> None:
    """Keep everybody's roles at the organisation that takes over."""
    by = Person.objects.filter(pk=event.by_id).first() if event.by_id else None
    day = date.fromisoformat(event.after["valid_to"])
    actions.follow_merge(gone_id=event.organisation_id, into_id=event.into_id, day=day, by=by, at=event.at)


@on(LanguageChosen)
def keep_language(event: LanguageChosen) -> None:
    """Keep the language that was chosen in the header on the account."""
    person = Person.objects.get(pk=event.person_id)
    actions.change_person(
        person=person,
        by=person,
        at=event.at,
        given_name=person.given_name,
        family_name=person.family_name,
        phone=person.phone,
        language=event.language,
    )
