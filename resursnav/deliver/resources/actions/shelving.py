"""The resource's way to the shelf, and off it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.people.models import Person
from resursnav.kernel.errors import Unable
from resursnav.kernel.text import clean

from ..facts import missing
from ..models import Resource
from ..vocabulary import Status
from .telling import changed, recorded

NEEDS = {
    "description": gettext_lazy("en beskrivning"),
    "editions": gettext_lazy("minst en utgåva"),
    "address": gettext_lazy("en adress, eftersom den bara finns på webben"),
    "languages": gettext_lazy("språk"),
    "subjects": gettext_lazy("minst ett ämne"),
    "audience": gettext_lazy("för vem den är: skolform, årskurs eller ålder"),
}


class UnableToPublish(Unable):
    """The resource cannot go on the shelf now."""


class UnableToWithdraw(Unable):
    """The resource cannot be taken off the shelf now."""


def lacks(resource: Resource) -> list[str]:
    """What must be said before the resource may be reviewed or published, in words; empty when it is ready."""
    editions = list(resource.editions.all())
    return [
        str(NEEDS[name])
        for name in missing(
            description=resource.description,
            languages=resource.languages,
            school_forms=resource.school_forms,
            grade_from=resource.grade_from,
            age_from=resource.age_from,
            subjects=len(resource.subjects.all()),
            media_types=[edition.media_type for edition in editions],
            addresses=sum(1 for edition in editions if edition.url),
        )
    ]


@transaction.atomic
def review(*, resource: Resource, by: Person | None, at: datetime) -> Resource:
    """Say that a draft is read through and right."""
    _must_be_whole(resource)
    _move(resource, {Status.DRAFT}, Status.REVIEWED, at, UnableToPublish(_("Bara ett utkast kan granskas.")))
    recorded("resources.reviewed", resource, by=by, at=at)
    changed(resource, at=at)
    return resource


@transaction.atomic
def publish(*, resource: Resource, by: Person | None, at: datetime) -> Resource:
    """Put the resource on the shelf; the day it first stood there is kept when it comes back."""
    _must_be_whole(resource)
    _move(
        resource,
        {Status.DRAFT, Status.REVIEWED, Status.WITHDRAWN},
        Status.PUBLISHED,
        at,
        UnableToPublish(_("Resursen är redan publicerad.")),
    )
    recorded("resources.published", resource, by=by, at=at)
    changed(resource, at=at)
    return resource


@transaction.atomic
def withdraw(*, resource: Resource, reason: str, by: Person | None, at: datetime) -> Resource:
    """Take the resource off the shelf; whoever follows an old link reads the reason."""
    reason = clean(reason)
    if not reason:
        raise UnableToWithdraw(_("Skriv varför resursen dras tillbaka."), field="reason")
    _move(
        resource,
        {Status.PUBLISHED},
        Status.WITHDRAWN,
        at,
        UnableToWithdraw(_("Bara en publicerad resurs kan dras tillbaka.")),
        reason=reason,
    )
    recorded("resources.withdrawn", resource, by=by, at=at, said=reason)
    changed(resource, at=at)
    return resource


@transaction.atomic
def reopen(*, resource: Resource, by: Person | None, at: datetime) -> Resource:
    """Make a reviewed or withdrawn resource a draft again."""
    _move(
        resource,
        {Status.REVIEWED, Status.WITHDRAWN},
        Status.DRAFT,
        at,
        UnableToPublish(_("Bara en granskad eller tillbakadragen resurs kan bli utkast igen.")),
    )
    recorded("resources.reopened", resource, by=by, at=at)
    changed(resource, at=at)
    return resource


def _must_be_whole(resource: Resource) -> None:
    needs = lacks(resource)
    if needs:
        raise UnableToPublish(_("Innan resursen kan visas behövs: %(needs)s.") % {"needs": "; ".join(needs)})


def _move(
    resource: Resource, before: Iterable[Status], after: Status, at: datetime, refusal: Unable, reason: str = ""
) -> None:
    """Change the status, if it still is what it must be: of two who decide at once, the second is refused."""
    values: dict[str, object] = {"status": after, "withdrawn_reason": reason, "updated_at": at}
    if after == Status.PUBLISHED and resource.published_at is None:
        values["published_at"] = at
    if not Resource.objects.filter(pk=resource.pk, status__in=list(before)).update(**values):
        raise refusal
    for name, value in values.items():
        setattr(resource, name, value)
