"""Who plans the transports, who keeps the breaks, and who may ask when things come."""

from __future__ import annotations

from resursnav.foundation.access import Grant, Reach, Role, allow
from resursnav.foundation.access.roles import CENTRE, EVERY_ROLE

KEEPERS = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})

SEE = allow("transport.see", Grant(CENTRE, Reach.BELOW))
EDIT = allow("transport.edit", Grant(KEEPERS, Reach.BELOW))
# A municipality decides its own breaks, so whoever answers for it keeps them right.
SEE_BREAK = allow("transport.see_break", Grant(CENTRE | {Role.MUNICIPALITY_LEAD}, Reach.BELOW))
EDIT_BREAK = allow("transport.edit_break", Grant(KEEPERS | {Role.MUNICIPALITY_LEAD}, Reach.BELOW))
# When it comes to a place: those who work there, or answer for it.
ASK = allow("transport.ask", Grant(EVERY_ROLE - {Role.DRIVER, Role.POLITICIAN}, Reach.BELOW))
