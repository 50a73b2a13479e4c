"""What transport says on the page of an organisation: how and when things come here."""

from __future__ import annotations

from typing import Any

from resursnav.foundation.access import may
from resursnav.foundation.organisations.models import Kind, Organisation

from .rules import ASK


def comes_here(organisation: Organisation, person: Any) -> dict[str, Any] | None:
    """A way to the days, for those who work there or answer for it; None for everybody else.

    The page asks the database for much already: how it comes is fetched when one gets there, and without scripts
    one follows the link.
    """
    if organisation.kind == Kind.REGION or not may(person, ASK, organisation):
        return None
    return {"organisation": organisation}
