"""What imports say about a person: the files that one has sent in or said yes to."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from .models import ImportBatch


def batches(person: Any) -> list[dict[str, Any]]:
    """The files, and which part one had in them."""
    rows = ImportBatch.objects.filter(Q(uploaded_by=person) | Q(confirmed_by=person)).order_by("received_at", "pk")
    return [
        {
            "kind": one.kind,
            "file": one.name,
            "received": one.received_at,
            "sent_in": one.uploaded_by_id == person.pk,
            "confirmed": one.confirmed_by_id == person.pk,
        }
        for one in rows.only("kind", "name", "received_at", "uploaded_by", "confirmed_by")
    ]
