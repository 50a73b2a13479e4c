"""Places seen by who works there."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from resursnav.foundation.organisations.models import Kind, Organisation, OrganisationQuerySet

from .models import Assignment
from .rules import INVITE


def without_people(person: Any, day: date) -> OrganisationQuerySet:
    """The open units to which the person may invite and at which nobody has an assignment."""
    held = Assignment.objects.current(day).filter(node=OuterRef("pk"))
    places: OrganisationQuerySet = Organisation.objects.visible_to(person, INVITE)
    return places.filter(~Exists(held), kind=Kind.UNIT).open_on(day)
