"""What agreements say on the page of an organisation: which of them hold there, for what and until when."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from resursnav.foundation.access import may
from resursnav.foundation.organisations.models import Organisation

from . import asking
from .rules import SEE

SHOWN = 12


def rights_here(organisation: Organisation, person: Any) -> dict[str, Any] | None:
    """The agreements that hold at the place, for those who may see agreements; None for everybody else."""
    if not may(person, SEE):
        return None
    lines = asking.held_at(organisation, person, timezone.localdate())
    if not lines:
        return None
    return {"lines": lines[:SHOWN], "more": len(lines) - SHOWN, "organisation": organisation}
