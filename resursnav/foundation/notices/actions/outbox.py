"""The outbox: write a mail, claim it, and say how it went."""

from __future__ import annotations

import uuid
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation

from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from ..backoff import next_try
from ..compose import render
from ..kinds import kind as kind_named
from ..models import Mail, MailState

LONGEST_SUBJECT = 200
LONGEST_ERROR = 500
BATCH = 1000
LARGEST = 200_000


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


@transaction.atomic(savepoint=False)
def queue(
    *,
    to: str,
    subject: str,
    text: str,
    by: Person | None,
    at: datetime,
    person: Person | None = None,
    kind: str = "",
    html: str = "",
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
) -> Mail:
    """Put a finished mail in the outbox; it goes when the transaction around it has been committed.

    What is attached is kept in the row until it has gone, so it must be small.
    """
    if sum(len(attached.content) for attached in attachments) > LARGEST:
        raise ValueError("What goes with a mail is kept in the outbox: attach at most 200 kB, or link to it.")
    return Mail.objects.create(
        to=to,
        person=person,
        kind=kind,
        subject=_one_line(subject),
        text=text,
        html=html,
        headers={"Auto-Submitted": "auto-generated", **(headers or {})},
        attachments=[
            {"name": a.name, "media_type": a.media_type, "content": b64encode(a.content).decode("ascii")}
            for a in attachments
        ],
        message_id=new_message_id(),
        created_at=at,
        next_at=at,
    )


@transaction.atomic(savepoint=False)
def mail(
    *,
    to: Person | str,
    template: str,
    context: Mapping[str, Any],
    kind: str,
    by: Person | None,
    at: datetime,
    why: Any = None,
    language: str | None = None,
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
) -> Mail:
    """Write a mail from the templates `<template>.subject.txt` and `<template>.txt` in the receiver's language.

    The foot says why one gets it: `why`, or else the reason of the notice kind, which must then be declared.
    """
    person = to if isinstance(to, Person) else None
    language = language or (person.language if person is not None else settings.LANGUAGE_CODE)
    with translation.override(language):
        subject, text = render(template, context, why=str(why or kind_named(kind).why), person=person)
    return queue(
        to=person.email if person is not None else str(to),
        person=person,
        kind=kind,
        subject=subject,
        text=text,
        headers={"Content-Language": language, **(headers or {})},
        attachments=attachments,
        by=by,
        at=at,
    )


@transaction.atomic
def claim(*, mail: Mail, by: Person | None, at: datetime) -> Mail | None:
    """Take the mail for sending; None when somebody else took it first.

    `mail` is the row as it was seen. The update holds only if nobody has claimed it since, and the number of
    tries, which only grows, tells that: exactly one of all who saw the same row gets it.
    """
    taken = Mail.objects.filter(pk=mail.pk, state=mail.state, tries=mail.tries).update(
        state=MailState.SENDING, tries=F("tries") + 1, claimed_at=at
    )
    return Mail.objects.get(pk=mail.pk) if taken else None


@transaction.atomic
def accept(*, mail: Mail, by: Person | None, at: datetime) -> bool:
    """The relay has taken the mail over. False when the claim had passed to another worker meanwhile."""
    return _settle(mail, state=MailState.SENT, sent_at=at, last_error="")


@transaction.atomic
def defer(*, mail: Mail, error: str, by: Person | None, at: datetime) -> bool:
    """It did not go now: try again later, or give up when it has been tried for days."""
    again = next_try(created_at=mail.created_at, tries=mail.tries, at=at)
    if again is None:
        return refuse(mail=mail, error=error, by=by, at=at)
    return _settle(mail, state=MailState.QUEUED, next_at=again, last_error=error[:LONGEST_ERROR])


@transaction.atomic
def refuse(*, mail: Mail, error: str, by: Person | None, at: datetime) -> bool:
    """It cannot go: keep it, with the reason, for somebody to look at."""
    return _settle(mail, state=MailState.FAILED, last_error=error[:LONGEST_ERROR])


@transaction.atomic
def try_again(*, mail: Mail, by: Person | None, at: datetime) -> Mail:
    """Send a mail that failed once more, with its five days anew and the same Message-ID."""
    Mail.objects.filter(pk=mail.pk, state=MailState.FAILED).update(
        state=MailState.QUEUED, next_at=at, created_at=at, last_error=""
    )
    mail.refresh_from_db()
    return mail


@transaction.atomic
def remove_texts(*, older_than: datetime, by: Person | None, at: datetime) -> int:
    """Empty the mails sent before this: that they went, to whom and when stays, what they said does not.

    At most one batch a call; returns how many were emptied.
    """
    done = Mail.objects.filter(state=MailState.SENT, sent_at__lt=older_than).exclude(text="")
    keys = list(done.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return Mail.objects.filter(pk__in=keys).update(text="", html="", attachments=[], headers={})


def new_message_id() -> str:
    """A Message-ID at the sender's own domain, made once for a mail and kept."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return f"<{uuid.uuid4().hex}@{domain}>"


def _settle(mail: Mail, **changes: Any) -> bool:
    mine = Mail.objects.filter(pk=mail.pk, state=MailState.SENDING, tries=mail.tries)
    return bool(mine.update(claimed_at=None, **changes))


def _one_line(subject: str) -> str:
    return " ".join(clean(subject).split())[:LONGEST_SUBJECT]
