"""How a mail reads: its templates, and the message that goes over the wire."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from email.utils import format_datetime, formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.template import Context
from django.template.loader import get_template

from resursnav.foundation.people.models import Person

from .models import Mail


def render(template: str, context: Mapping[str, Any], *, why: str, person: Person | None) -> tuple[str, str]:
    """Subject and text of a mail in the active language, with greeting and foot."""
    common = {
        "base_url": settings.BASE_URL,
        "centre_name": settings.CENTRE_NAME,
        "centre_email": settings.CENTRE_EMAIL,
        "person": person,
        "why": why,
        **context,
    }
    subject = _plain(f"{template}.subject.txt", common)
    body = _plain(f"{template}.txt", common)
    return " ".join(subject.split()), f"{body.strip()}\n\n{_plain('notices/mail/foot.txt', common).strip()}\n"


def _plain(name: str, context: dict[str, Any]) -> str:
    """A text template without HTML escaping: mail is plain text."""
    template: Any = get_template(name)
    return str(template.template.render(Context(context, autoescape=False)))


def sender() -> str:
    """The From of every mail: the centre's name with the sending address."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or settings.CENTRE_NAME, address))


def message(mail: Mail, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """The mail as it goes over the wire; the same row gives the same Message-ID and Date however often."""
    built = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=sender(),
        to=[mail.to],
        headers={**mail.headers, "Message-ID": mail.message_id, "Date": format_datetime(mail.created_at)},
        connection=connection,
    )
    if mail.html:
        built.attach_alternative(mail.html, "text/html")
    for attached in mail.attachments:
        built.attach(attached["name"], b64decode(attached["content"]), attached["media_type"])
    return built
