"""What the worker does for notices: send the outbox, gather digests, empty old mails."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from resursnav.foundation.people.models import Person
from resursnav.kernel.text import STOCKHOLM

from . import actions, backoff
from .compose import message
from .models import Mail, Notice

log = logging.getLogger(__name__)

BATCH = 50
LONGEST_RUN = 20.0  # seconds; then the worker may look after its other jobs
DIGEST_HOUR, DIGEST_MINUTE = 6, 30


def send_outbox() -> int:
    """Send what is due; returns how many mails were tried. Sends nothing in demo mode or without a relay."""
    if settings.DEMO or not settings.EMAIL_HOST:
        return 0
    due = list(Mail.objects.due(timezone.now()).order_by("next_at", "pk")[:BATCH])
    if not due:
        return 0
    connection: BaseEmailBackend = get_connection(settings.MAIL_TRANSPORT)
    try:
        connection.open()
    except OSError as error:
        # Nothing is claimed yet, so no mail loses a try because the relay is away.
        log.warning("The mail relay %s does not answer: %s", settings.EMAIL_HOST, error)
        return 0
    try:
        return _send(due, connection)
    finally:
        connection.close()


def _send(due: list[Mail], connection: BaseEmailBackend) -> int:
    tried, until = 0, time.monotonic() + LONGEST_RUN
    for seen in due:
        if time.monotonic() > until:
            break
        mine = actions.claim(mail=seen, by=None, at=timezone.now())
        if mine is None:
            continue
        tried += 1
        if not _send_one(mine, connection):
            break
    return tried


def _send_one(mail: Mail, connection: BaseEmailBackend) -> bool:
    """Send a claimed mail and say how it went; False when the relay is gone and the rest must wait."""
    try:
        connection.send_messages([message(mail)])
    except (OSError, ValueError) as error:
        said, at = f"{type(error).__name__}: {error}", timezone.now()
        log.warning("Mail %s was not taken (%s); the outbox says why.", mail.pk, type(error).__name__)
        if backoff.is_final(error):
            actions.refuse(mail=mail, error=said, by=None, at=at)
            return True
        actions.defer(mail=mail, error=said, by=None, at=at)
        return not backoff.is_relay_gone(error)
    actions.accept(mail=mail, by=None, at=timezone.now())
    return True


def send_digests() -> int:
    """Gather the daily digests when it is time; what a morning missed comes at the next look."""
    at = timezone.now()
    mark = last_mark(at)
    waiting = Notice.objects.waiting(mark).values("person")
    return sum(
        1
        for person in Person.objects.filter(pk__in=waiting).order_by("pk")
        if actions.digest(person=person, mark=mark, by=None, at=at)
    )


def last_mark(at: datetime) -> datetime:
    """The latest half past six in the morning in Stockholm that has been."""
    local = at.astimezone(STOCKHOLM)
    mark = local.replace(hour=DIGEST_HOUR, minute=DIGEST_MINUTE, second=0, microsecond=0)
    return mark if mark <= local else mark - timedelta(days=1)


def remove_texts() -> int:
    """Empty the mails that were sent long ago."""
    at = timezone.now()
    return actions.remove_texts(older_than=at - timedelta(days=settings.MAIL_DAYS), by=None, at=at)
