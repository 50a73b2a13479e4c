"""Tell people, and remember how they want to be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.keeping.prepared import Prepared
from resursnav.foundation.people.models import Person
from resursnav.kernel.errors import Unable
from resursnav.kernel.text import clean

from ..kinds import NoticeKind, kinds
from ..kinds import kind as kind_named
from ..models import Notice, Preference, Way
from .outbox import Attachment, mail

LONGEST_TITLE = 200
UNSUBSCRIBE_SALT = "notices.unsubscribe"


def _ways(persons: Sequence[int], kind: Sequence[str]) -> QuerySet[Any]:
    return Preference.objects.filter(person__in=persons, kind__in=kind).values_list("person", "way")


_chosen = Prepared(_ways)
_quiet: ContextVar[bool] = ContextVar("notices_quiet", default=False)


class UnableToPrefer(Unable):
    """The kind cannot be had in that way."""


@contextmanager
def quietly() -> Iterator[None]:
    """Within this, nobody is told: for what is written down long after it happened, such as a demo's history."""
    before = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(before)


@transaction.atomic(savepoint=False)
def notify(
    *,
    persons: Person | Iterable[Person],
    kind: str,
    title: Any,
    by: Person | None,
    at: datetime,
    body: Any = "",
    url: str = "",
    attachments: Sequence[Attachment] = (),
    even_by: bool = False,
) -> list[Notice]:
    """Tell people something, in the bell and by mail as each of them wants it.

    Title and body may be lazy translations (format_lazy): each reads them in their own language. `url` is a
    path of this site. Whoever did the thing (`by`) is not told of it, unless `even_by` (a receipt), and nor are people
    who cannot sign in. Within `quietly` nobody is. Attachments go with the mail that is sent at once.
    """
    if url and not url.startswith("/"):
        raise ValueError("A notice leads to a page of this site: write a path that begins with /.")
    if _quiet.get():
        return []
    declared = kind_named(kind)
    asked = [persons] if isinstance(persons, Person) else persons
    told = {person.pk: person for person in asked if person.is_active and (even_by or person != by)}
    chosen: dict[int, str] = dict(_chosen.rows(list(told), [kind]))
    made = []
    for person in told.values():
        way = Way.AT_ONCE if declared.fixed else Way(chosen.get(person.pk, declared.way))
        made.append(_notice(person, kind, title, body, url, at, waits=way is Way.DAILY))
        if way is Way.AT_ONCE:
            line = made[-1]
            mail(
                to=person,
                template="notices/mail/notice",
                context={"title": line.title, "body": line.body, "link": f"{settings.BASE_URL}{url}" if url else ""},
                kind=kind,
                attachments=attachments,
                by=by,
                at=at,
            )
    return Notice.objects.bulk_create(made)


def _notice(person: Person, kind: str, title: Any, body: Any, url: str, at: datetime, *, waits: bool) -> Notice:
    """The line in the person's own language, not yet saved."""
    with translation.override(person.language):
        line, more = " ".join(clean(str(title)).split())[:LONGEST_TITLE], clean(str(body))
    return Notice(person=person, kind=kind, title=line, body=more, url=url, created_at=at, waits_for_digest=waits)


@transaction.atomic
def mark_read(*, notice: Notice, by: Person | None, at: datetime) -> Notice:
    """It has been read; the first reading counts."""
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=at)
    notice.refresh_from_db()
    return notice


@transaction.atomic
def mark_all_read(*, person: Person, by: Person | None, at: datetime) -> int:
    """Everything that this person had waiting has been read; returns how many that were."""
    return Notice.objects.unread().filter(person=person, created_at__lte=at).update(read_at=at)


@transaction.atomic
def prefer(*, person: Person, kind: str, way: Way, by: Person | None, at: datetime) -> Preference:
    """Let one kind of notice come in this way from now on."""
    declared = kind_named(kind)
    if declared.fixed:
        raise UnableToPrefer(
            _("{kind} kommer alltid genast, för din säkerhets skull.").format(kind=declared.label), field=kind
        )
    kept, _made = Preference.objects.update_or_create(person=person, kind=kind, defaults={"way": way})
    return kept


@transaction.atomic
def stop_digest(*, person: Person, by: Person | None, at: datetime) -> int:
    """Leave the daily digest: what came in it stays in the bell only. Returns how many kinds that were."""
    chosen = dict(Preference.objects.filter(person=person).values_list("kind", "way"))
    daily = [k.code for k in kinds() if not k.fixed and chosen.get(k.code, k.way) == Way.DAILY]
    for code in daily:
        prefer(person=person, kind=code, way=Way.NEVER, by=by, at=at)
    Notice.objects.filter(person=person, waits_for_digest=True).update(waits_for_digest=False)
    return len(daily)


@transaction.atomic
def digest(*, person: Person, mark: datetime, by: Person | None, at: datetime) -> int:
    """Gather what has waited since before the mark in one mail; returns how many lines it got.

    What has been read in the bell meanwhile is left out. Two who gather at once cannot both send: the rows are
    locked, and the second finds that they wait no longer.
    """
    waiting = list(Notice.objects.waiting(mark).filter(person=person).select_for_update().order_by("created_at", "pk"))
    Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(waits_for_digest=False)
    lines = [notice for notice in waiting if notice.read_at is None]
    if not lines or not person.is_active:
        return 0
    leave = f"{settings.BASE_URL}{reverse('notices:stop', args=[unsubscribe_token(person)])}"
    with translation.override(person.language):
        named: dict[str, NoticeKind] = {kind.code: kind for kind in kinds()}
        items = [
            {"title": line.title, "kind": named[line.kind].label if line.kind in named else "", "url": line.url}
            for line in lines
        ]
    mail(
        to=person,
        template="notices/mail/digest",
        context={"lines": items, "count": len(items), "leave": leave},
        kind="notices.digest",
        why=gettext_lazy("Du får sammandraget en gång om dagen för att du har valt det i dina inställningar."),
        headers={"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        by=by,
        at=at,
    )
    return len(items)


def unsubscribe_token(person: Person) -> str:
    """A link of one's own for leaving the digest; it says nothing but who, and cannot be made by others."""
    return signing.dumps(person.pk, salt=UNSUBSCRIBE_SALT)


def person_of_token(token: str) -> Person | None:
    """Whose link it is; None when it was not made here."""
    try:
        key = signing.loads(token, salt=UNSUBSCRIBE_SALT)
    except signing.BadSignature:
        return None
    found: Person | None = Person.objects.filter(pk=key).first()
    return found
