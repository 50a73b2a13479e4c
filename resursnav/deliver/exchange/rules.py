"""Who may take the catalogues of others in."""

from __future__ import annotations

from resursnav.foundation.access import Grant, Reach, Role, allow
from resursnav.foundation.access.roles import CENTRE

SEE = allow("exchange.see", Grant(CENTRE, Reach.BELOW))
TAKERS = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})
TAKE_IN = allow("exchange.take_in", Grant(TAKERS, Reach.BELOW))
