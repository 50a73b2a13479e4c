"""Django's way of sending mail, led to the outbox: whatever sends a mail, it goes the same way."""

from __future__ import annotations

from collections.abc import Sequence
from email.mime.base import MIMEBase
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.utils import timezone

from resursnav.foundation.people.models import Person

from . import actions
from .actions import Attachment

# What the outbox itself decides, whoever wrote the mail.
_OURS = {"message-id", "date", "from", "to", "cc", "bcc", "subject"}


class OutboxEmailBackend(BaseEmailBackend):
    """Puts every mail in the outbox, one row for each receiver, in the transaction of whoever sends it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the mails; returns how many messages had at least one receiver."""
        return sum(1 for message in email_messages if self._queue(message))

    def _queue(self, message: EmailMessage) -> int:
        at = timezone.now()
        receivers = dict.fromkeys(address for address in message.recipients() if address)
        people = {person.email.casefold(): person for person in Person.objects.filter(email__in=receivers)}
        for address in receivers:
            actions.queue(
                to=address,
                person=people.get(address.casefold()),
                subject=str(message.subject),
                text=str(message.body),
                html=_html(message),
                headers=_headers(message),
                attachments=[_attachment(attached) for attached in message.attachments],
                kind="account",
                by=None,
                at=at,
            )
        return len(receivers)


def _headers(message: EmailMessage) -> dict[str, str]:
    kept = {name: str(value) for name, value in message.extra_headers.items() if name.lower() not in _OURS}
    if message.reply_to:
        kept["Reply-To"] = ", ".join(str(address) for address in message.reply_to)
    return kept


def _html(message: EmailMessage) -> str:
    parts = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    return next((str(part[0]) for part in parts if part[1] == "text/html"), "")


def _attachment(attached: Any) -> Attachment:
    if isinstance(attached, MIMEBase):
        payload = attached.get_payload(decode=True)
        return Attachment(attached.get_filename() or "", bytes(payload or b""), attached.get_content_type())
    name, content, media_type = attached
    return Attachment(
        name or "", content.encode() if isinstance(content, str) else bytes(content), media_type or "text/plain"
    )
