"""Say that a resource helps to teach a point of the curriculum, and take it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from resursnav.deliver.curriculum.models import CentralContent
from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from ..models import Mapping, Resource
from .telling import changed, recorded


@transaction.atomic
def map_to_point(
    *, resource: Resource, point: CentralContent, note: str = "", by: Person | None, at: datetime
) -> Mapping:
    """Tie the resource to the point; saying so again only changes the note."""
    mapping, new = Mapping.objects.update_or_create(
        resource=resource,
        point=point,
        defaults={"note": clean(note)[:300]},
        create_defaults={"note": clean(note)[:300], "mapped_by": by, "mapped_at": at},
    )
    if new:
        recorded("resources.mapped", resource, by=by, at=at, after={"point": point.key})
        changed(resource, at=at)
    return mapping


@transaction.atomic
def unmap(*, mapping: Mapping, by: Person | None, at: datetime) -> Resource:
    """Untie the resource from the point."""
    resource, key = mapping.resource, mapping.point.key
    mapping.delete()
    recorded("resources.unmapped", resource, by=by, at=at, before={"point": key})
    changed(resource, at=at)
    return resource
