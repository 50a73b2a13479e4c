"""Plant a node, name it anew, link it to its cause, and record what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.kernel.errors import Unable
from resursnav.kernel.text import clean

from .models import PERSON, SYSTEM, Link, Node, Record
from .story import reaches
from .verbs import verb as verb_named

LONGEST_TITLE = 300
BATCH = 1000


class UnableToLink(Unable):
    """The two cannot be cause and effect."""


class UnableToName(Unable):
    """A node needs a title."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What a record is about when it is no row of its own, such as a register that was read in."""

    kind: str
    title: str
    key: int | None = None


@transaction.atomic
def plant(*, kind: str, title: str, organisation: Organisation, by: Person | None, at: datetime) -> Node:
    """Begin a story: the node that a new traceable thing points at."""
    return Node.objects.create(kind=kind, title=_title(title), organisation=organisation, created_at=at)


@transaction.atomic
def rename(*, node: Node, title: str, by: Person | None, at: datetime) -> Node:
    """Give the node the title that its thing has now."""
    node.title = _title(title)
    node.save(update_fields=["title"])
    return node


@transaction.atomic
def link(*, cause: Node, effect: Node, by: Person | None, at: datetime) -> Link:
    """Say that one thing led to another; saying it again changes nothing.

    Links never lead in a circle. Two people who link at the same moment could each see no circle and close one
    together, so everyone who links takes the same lock first: the oldest node stands guard.
    """
    if cause.pk == effect.pk:
        raise UnableToLink(_("En sak kan inte vara sin egen orsak."))
    _stand_in_line()
    known = Link.objects.filter(cause=cause, effect=effect).first()
    if known is not None:
        return known
    if reaches(effect, cause):
        raise UnableToLink(
            _("”{effect}” kom före ”{cause}” och kan därför inte vara en följd av den.").format(
                effect=effect.title, cause=cause.title
            )
        )
    return Link.objects.create(cause=cause, effect=effect, made_by=by, made_at=at)


@transaction.atomic
def record(
    *,
    verb: str,
    thing: Model | Thing,
    organisation: Organisation | int | None,
    by: Person | int | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    said: str = "",
    about: Person | None = None,
) -> Record:
    """Write one line of the log. `before` and `after` may hold every field: only what changed is kept.

    `verb` must be declared (threads.verbs.declare). `about` is the person whom it concerns, if any; then the
    person's name is not copied here, so that it can be hidden and forgotten. `by=None` is the system itself.
    Organisation and person may be given as keys, as events carry them.
    """
    verb_named(verb)
    if isinstance(thing, Model):
        thing = Thing(thing._meta.label_lower, str(thing), thing.pk)
    actor = Person.objects.filter(pk=by).first() if isinstance(by, int) else by
    old, new = changed(before or {}, after or {})
    return Record.objects.create(
        verb=verb,
        kind=thing.kind,
        key=thing.key,
        title="" if about is not None else thing.title[:LONGEST_TITLE],
        organisation_id=organisation if isinstance(organisation, int) or organisation is None else organisation.pk,
        by=actor,
        acted_as=_acting(actor),
        about=about,
        at=at,
        before=old,
        after=new,
        said=clean(said),
    )


@transaction.atomic
def forget_identities(*, older_than: datetime, by: Person | None, at: datetime) -> int:
    """Cut the people out of records older than this; what was done, where, when and in which role stays.

    Where a record was about a person, what changed and why goes too, since it tells of that person.
    At most one batch a call; returns how many records were cut.
    """
    due = Record.objects.naming_people().filter(at__lt=older_than).order_by("pk")
    keys = list(due.values_list("pk", flat=True)[:BATCH])
    rows = Record.objects.filter(pk__in=keys)
    rows.filter(about__isnull=False).update(about=None, key=None, before={}, after={}, said="")
    rows.update(by=None)
    return len(keys)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The two with only those fields that differ; a field that one side lacks is left out of that side."""
    nothing = object()
    fields = [name for name in {**before, **after} if before.get(name, nothing) != after.get(name, nothing)]
    return {n: before[n] for n in fields if n in before}, {n: after[n] for n in fields if n in after}


def _title(title: str) -> str:
    cleaned = " ".join(clean(title).split())[:LONGEST_TITLE]
    if not cleaned:
        raise UnableToName(_("Skriv en rubrik."), field="title")
    return cleaned


def _acting(person: Person | None) -> str:
    if person is None:
        return SYSTEM
    posts = person.standing()
    return posts[0].role if posts else PERSON


def _stand_in_line() -> None:
    """Wait for the lock that all who link take (SQLite has given it already, when the transaction began)."""
    Node.objects.select_for_update(no_key=True).order_by("pk").first()
