"""What streaming says on pages further down: a way to make a class code, and how much of an agreement is used."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.utils import timezone

from resursnav.deliver.resources.models import Resource
from resursnav.foundation.access import may
from resursnav.landscape.agreements.models import Agreement

from . import using
from .models import StreamUse
from .rules import MAKE, SEE_USE


def class_code(resource: Resource, person: Any) -> dict[str, Any] | None:
    """For teachers, where there is something for pupils to open."""
    if not may(person, MAKE) or not resource.is_published or not any(one.url for one in resource.editions.all()):
        return None
    return {"resource": resource}


def used(agreement: Agreement, person: Any) -> dict[str, Any] | None:
    """How much has been streamed under the agreement this school year, as far as the person sees."""
    if not may(person, SEE_USE):
        return None
    today = timezone.localdate()
    since = using.school_year(today)
    rows = StreamUse.objects.visible_to(person, SEE_USE).between(since, today).filter(right__agreement=agreement)
    said = rows.aggregate(uses=Sum("number", default=0), away=Sum("turned_away", default=0))
    return {**said, "since": since} if said["uses"] or said["away"] else None
