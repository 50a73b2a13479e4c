"""Collections: an editor's choice of resources, in an order, with words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.kernel.errors import Unable
from resursnav.kernel.events import tell
from resursnav.kernel.text import clean

from ..events import CollectionChanged
from ..models import Collection, CollectionItem
from ..vocabulary import CollectionStatus
from .telling import collection_changed, recorded

MOST = 200


class UnableToCollect(Unable):
    """The collection cannot be what was asked for."""


@transaction.atomic
def create_collection(
    *, owner: Organisation, title: str, lead: str, text: str, visibility: str, by: Person | None, at: datetime
) -> Collection:
    """Begin a collection as a draft."""
    collection = Collection(owner=owner, created_at=at, updated_at=at)
    _write(collection, title, lead, text, visibility)
    recorded("resources.collection_created", collection, by=by, at=at)
    collection_changed(collection, at=at)
    return collection


@transaction.atomic
def edit_collection(
    *, collection: Collection, title: str, lead: str, text: str, visibility: str, by: Person | None, at: datetime
) -> Collection:
    """Say something else about the collection."""
    names = ("title", "lead", "text", "visibility")
    before = {name: getattr(collection, name) for name in names}
    collection.updated_at = at
    _write(collection, title, lead, text, visibility)
    after = {name: getattr(collection, name) for name in names}
    recorded("resources.collection_edited", collection, by=by, at=at, before=before, after=after)
    collection_changed(collection, at=at)
    return collection


@transaction.atomic
def set_items(
    *, collection: Collection, items: Sequence[tuple[int, str]], by: Person | None, at: datetime
) -> Collection:
    """Make the collection hold these resources (key, comment) in this order."""
    keys = [key for key, _comment in items]
    if len(set(keys)) != len(keys):
        raise UnableToCollect(_("Samma resurs står två gånger."), field="items")
    if len(keys) > MOST:
        raise UnableToCollect(_("En samling kan ha högst 200 resurser."), field="items")
    stood = dict(collection.items.values_list("resource", "resource__title"))
    collection.items.all().delete()
    CollectionItem.objects.bulk_create(
        [
            CollectionItem(collection=collection, resource_id=key, position=position, comment=clean(comment)[:300])
            for position, (key, comment) in enumerate(items, start=1)
        ]
    )
    collection.updated_at = at
    collection.save(update_fields=["updated_at"])
    after = list(collection.items.values_list("resource__title", flat=True))
    recorded(
        "resources.collection_edited",
        collection,
        by=by,
        at=at,
        before={"resources": list(stood.values())},
        after={"resources": after},
    )
    collection_changed(collection, at=at)
    if moved := stood.keys() ^ set(keys):
        tell(CollectionChanged(collection.pk, frozenset(moved), at))
    return collection


@transaction.atomic
def publish_collection(*, collection: Collection, by: Person | None, at: datetime) -> Collection:
    """Show the collection."""
    if not collection.items.exists():
        raise UnableToCollect(_("Lägg minst en resurs i samlingen innan den visas."))
    _move(
        collection,
        {CollectionStatus.DRAFT, CollectionStatus.WITHDRAWN},
        CollectionStatus.PUBLISHED,
        at,
        _("Samlingen visas redan."),
    )
    recorded("resources.collection_published", collection, by=by, at=at)
    return collection


@transaction.atomic
def withdraw_collection(*, collection: Collection, by: Person | None, at: datetime) -> Collection:
    """Stop showing the collection; its resources stay where they are."""
    _move(
        collection,
        {CollectionStatus.PUBLISHED},
        CollectionStatus.WITHDRAWN,
        at,
        _("Bara en samling som visas kan dras tillbaka."),
    )
    recorded("resources.collection_withdrawn", collection, by=by, at=at)
    return collection


def _write(collection: Collection, title: str, lead: str, text: str, visibility: str) -> None:
    collection.title, collection.lead = " ".join(clean(title).split()), " ".join(clean(lead).split())
    collection.text, collection.visibility = clean(text), visibility
    try:
        collection.full_clean()
    except ValidationError as wrong:
        for name, messages in wrong.message_dict.items():
            raise UnableToCollect(messages[0], field=None if name == "__all__" else name) from wrong
    collection.save()


def _move(collection: Collection, before: Iterable[str], after: CollectionStatus, at: datetime, refusal: str) -> None:
    values: dict[str, object] = {"status": after, "updated_at": at}
    if after == CollectionStatus.PUBLISHED and collection.published_at is None:
        values["published_at"] = at
    if not Collection.objects.filter(pk=collection.pk, status__in=list(before)).update(**values):
        raise UnableToCollect(refusal)
    for name, value in values.items():
        setattr(collection, name, value)
    collection_changed(collection, at=at)
