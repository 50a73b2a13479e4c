"""What agreements say about a person: the documents that one has put there."""

from __future__ import annotations

from typing import Any

from .models import AgreementDocument


def documents(person: Any) -> list[Any]:
    """The documents, without their contents."""
    rows = AgreementDocument.objects.filter(uploaded_by=person).order_by("uploaded_at", "pk")
    return list(rows.values("title", "name", "uploaded_at"))
