"""Who may put titles under agreements, and who sees what disappears: those who keep and see the agreements."""

from __future__ import annotations

from resursnav.foundation.access import ANYONE, Grant, Reach, allow
from resursnav.landscape.agreements.rules import EDIT, KEEPERS, SEE

SEE_TITLES = allow("rights.see", *SEE.grants)
EDIT_TITLES = allow("rights.edit_titles", *EDIT.grants)
FORECAST = allow("rights.forecast", *SEE.grants)
# What the law, the licence and the own school's rights say is no secret; places are chosen among those one may see.
ASK = allow("rights.ask", Grant(ANYONE, Reach.ANYWHERE))

__all__ = ["ASK", "EDIT_TITLES", "FORECAST", "KEEPERS", "SEE_TITLES"]
