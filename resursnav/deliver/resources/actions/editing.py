"""Create a resource and change what is said about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.kernel.errors import Unable
from resursnav.kernel.text import clean

from ..facts import COLUMNS, EDITION_COLUMNS, Facts, columns
from ..models import Creator, Edition, Identifier, Link, Resource, SubjectTerm
from ..vocabulary import SubjectScheme
from .telling import changed, recorded


class UnableToEdit(Unable):
    """What was typed cannot be kept."""


class Overtaken(UnableToEdit):
    """Somebody else has changed the resource since it was read."""


@transaction.atomic
def create(*, owner: Organisation, facts: Facts, by: Person | None, at: datetime) -> Resource:
    """Begin a resource as a draft."""
    facts = _cleaned(facts)
    resource = Resource(owner=owner, created_at=at, updated_at=at, **columns(facts, COLUMNS))
    _check(resource)
    resource.save()
    _around(resource, facts)
    recorded("resources.created", resource, by=by, at=at, after=snapshot(resource))
    changed(resource, at=at)
    return resource


@transaction.atomic
def edit(
    *, resource: Resource, facts: Facts, by: Person | None, at: datetime, seen_at: datetime | None = None
) -> Resource:
    """Say something else about the resource. `seen_at` is its updated_at when the form was opened.

    Raises Overtaken when somebody else saved in between, so that nobody's work is written over unseen.
    """
    resource = Resource.objects.select_for_update(no_key=True).get(pk=resource.pk)
    if seen_at is not None and resource.updated_at != seen_at:
        raise Overtaken(
            _(
                "Någon annan har ändrat resursen medan du skrev. Öppna den i en ny flik, jämför, "
                "och spara sedan igen om din version ska gälla."
            )
        )
    facts = _cleaned(facts)
    before = snapshot(resource)
    for name, value in columns(facts, COLUMNS).items():
        setattr(resource, name, value)
    resource.updated_at = at
    _check(resource)
    resource.save()
    _around(resource, facts)
    after = snapshot(resource)
    if after != before:
        recorded("resources.edited", resource, by=by, at=at, before=before, after=after)
    changed(resource, at=at)
    return resource


def snapshot(resource: Resource) -> dict[str, Any]:
    """What the resource says now, as plain values for the log."""
    said: dict[str, Any] = {name: getattr(resource, name) for name in COLUMNS}
    said["creators"] = [f"{c.name} ({c.role})" for c in Creator.objects.filter(resource=resource)]
    said["subjects"] = sorted(str(subject) for subject in resource.subjects.all())
    said["identifiers"] = [f"{i.scheme} {i.value}" for i in Identifier.objects.filter(resource=resource)]
    said["links"] = [link.url for link in Link.objects.filter(resource=resource)]
    said["editions"] = list(Edition.objects.filter(resource=resource).values(*EDITION_COLUMNS))
    return said


def _cleaned(facts: Facts) -> Facts:
    return replace(
        facts,
        title=" ".join(clean(facts.title).split()),
        subtitle=" ".join(clean(facts.subtitle).split()),
        description=clean(facts.description),
        publisher=clean(facts.publisher),
    )


def _check(resource: Resource) -> None:
    """Let the model say what is wrong, at the right field, before the database refuses the whole."""
    try:
        resource.full_clean()
    except ValidationError as wrong:
        for name, messages in wrong.message_dict.items():
            raise UnableToEdit(messages[0], field=None if name == "__all__" else name) from wrong


def _around(resource: Resource, facts: Facts) -> None:
    """Make the rows around the resource say what the facts say; editions keep their numbers."""
    Creator.objects.filter(resource=resource).delete()
    Creator.objects.bulk_create(
        [
            Creator(resource=resource, name=name, role=role, position=position)
            for position, (name, role) in enumerate(dict.fromkeys(facts.creators))
        ]
    )
    resource.subjects.set({*facts.subjects, *(_topic(label).pk for label in facts.topics)})
    _identify(resource, facts)
    Link.objects.filter(resource=resource).delete()
    links = {url: (kind, label) for kind, url, label in facts.links}
    Link.objects.bulk_create(
        [
            Link(resource=resource, kind=kind, url=url, label=label, position=position)
            for position, (url, (kind, label)) in enumerate(links.items())
        ]
    )
    _editions(resource, facts)


def _topic(label: str) -> SubjectTerm:
    """The theme with these words, however they are spelled with capitals; made when nobody has used it."""
    label = " ".join(clean(label).split())[:400]
    term, _new = SubjectTerm.objects.get_or_create(
        scheme=SubjectScheme.TOPIC, code=label.casefold(), defaults={"label": label}
    )
    return term


def _identify(resource: Resource, facts: Facts) -> None:
    Identifier.objects.filter(resource=resource).delete()
    for scheme, value in dict.fromkeys(facts.identifiers):
        other = Identifier.objects.filter(owner=resource.owner, scheme=scheme, value=value).first()
        if other is not None:
            raise UnableToEdit(
                _("%(number)s används redan av resursen ”%(title)s”.")
                % {"number": str(other), "title": other.resource.title},
                field="identifiers",
            )
        Identifier.objects.create(resource=resource, owner=resource.owner, scheme=scheme, value=value)


def _editions(resource: Resource, facts: Facts) -> None:
    known = {edition.pk: edition for edition in Edition.objects.filter(resource=resource)}
    for position, said in enumerate(facts.editions):
        edition = known.pop(said.key, None) if said.key is not None else None
        edition = edition or Edition(resource=resource)
        for name, value in columns(said, EDITION_COLUMNS).items():
            setattr(edition, name, value)
        edition.position = position
        try:
            edition.full_clean()
        except ValidationError as wrong:
            raise UnableToEdit(wrong.messages[0], field="editions") from wrong
        edition.save()
    Edition.objects.filter(pk__in=known).delete()
