"""\"I have used this\": said once by a person, taken back whenever."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.people.models import Person
from resursnav.kernel.errors import Unable

from ..models import Resource, Use
from ..vocabulary import Status


class UnableToUse(Unable):
    """Nobody can have used it now."""


@transaction.atomic
def use(*, resource: Resource, by: Person, at: datetime) -> int:
    """Say that one has used it; saying so twice, or from two windows at once, counts once. Returns the count."""
    if resource.status != Status.PUBLISHED:
        raise UnableToUse(_("Resursen är inte publicerad."))
    posts = by.standing()
    # The unique constraint decides; a second row is ignored by the database itself.
    Use.objects.bulk_create(
        [Use(resource=resource, person=by, place_id=posts[0].node_id if posts else None, used_at=at)],
        ignore_conflicts=True,
    )
    return Use.objects.of(resource).count()


@transaction.atomic
def unuse(*, resource: Resource, by: Person, at: datetime) -> int:
    """Take it back. Returns the count."""
    Use.objects.of(resource).filter(person=by).delete()
    return Use.objects.of(resource).count()
