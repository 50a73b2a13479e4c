"""Who makes class codes, and who sees how much is used. The gate and the page for codes are open to everybody."""

from __future__ import annotations

from resursnav.foundation.access import SIGNED_IN, Grant, Reach, Role, allow
from resursnav.foundation.access.roles import CENTRE
from resursnav.landscape.agreements.rules import LOCAL

from .models import TEACHERS

# Those who answer for a unit see its codes: a substitute asks them when the teacher is away.
UNIT_KEEPERS = frozenset({Role.PRINCIPAL, Role.SCHOOL_LIBRARIAN})

SEE = allow("streaming.see", Grant(SIGNED_IN, Reach.OWN), Grant(UNIT_KEEPERS, Reach.HERE))
MAKE = allow("streaming.make", Grant(TEACHERS, Reach.HERE))
CHANGE = allow("streaming.change", Grant(SIGNED_IN, Reach.OWN), Grant(UNIT_KEEPERS, Reach.HERE))
SEE_USE = allow("streaming.use", Grant(CENTRE | LOCAL, Reach.BELOW))
