"""What has been written to a person, and how one wants it."""

from __future__ import annotations

from typing import Any

from .models import Mail, Notice, Preference


def notices(person: Any) -> list[Any]:
    """The lines in the bell."""
    rows = Notice.objects.filter(person=person).order_by("created_at", "pk")
    return list(rows.values("kind", "title", "body", "url", "created_at", "read_at"))


def preferences(person: Any) -> list[Any]:
    """The kinds for which one has chosen a way."""
    return list(Preference.objects.filter(person=person).order_by("kind").values("kind", "way"))


def mails(person: Any) -> list[Any]:
    """The mails, as long as their texts are kept. A link with a key in it is a secret: of those, only that it went."""
    rows = Mail.objects.filter(person=person).order_by("created_at", "pk")
    return list(rows.values("to", "kind", "subject", "created_at", "state", "sent_at"))
