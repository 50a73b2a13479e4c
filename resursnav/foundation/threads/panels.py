"""The latest lines of the log, for the page of an organisation."""

from __future__ import annotations

from typing import Any

from resursnav.foundation.access import may
from resursnav.foundation.organisations.models import Organisation

from .models import Record
from .rules import AUDIT
from .telling import lines

SHOWN = 5


def recent(organisation: Organisation, person: Any) -> dict[str, Any] | None:
    """The five latest things done here and below, for those who answer for the place; None for everybody else."""
    if not may(person, AUDIT) or not may(person, AUDIT, organisation):
        return None
    records = Record.objects.visible_to(person, AUDIT).within(organisation)
    told = lines(records.select_related("by", "about", "organisation")[:SHOWN])
    return {"lines": told, "organisation": organisation} if told else None
