"""Say that a resource helps to teach a point of the curriculum, and take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from resursnav.deliver.curriculum.models import CentralContent
from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from ..models import Mapping, Resource
from . import rawrows
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


@transaction.atomic
def map_taken_in(*, ties: Sequence[tuple[int, str]], by: Person | None, at: datetime) -> int:
    """Tie resources (by key) to points (by number), as an import says; says how many were named.

    What is tied already stays as it is, and numbers that are no points are passed over. The import itself is recorded.
    """
    numbers = {number for _resource, number in ties}
    points = dict(CentralContent.objects.filter(key__in=numbers).values_list("key", "pk")) if numbers else {}
    person = by.pk if by is not None else None
    rows = [(resource, points[number], "", person, at) for resource, number in ties if number in points]
    return rawrows.insert(Mapping, ("resource", "point", "note", "mapped_by", "mapped_at"), rows, ignore_known=True)
