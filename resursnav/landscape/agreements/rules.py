"""Who may see and who may change agreements. Strangers and schools see none of it."""

from __future__ import annotations

from resursnav.foundation.access import Grant, Reach, Role, allow
from resursnav.foundation.access.roles import CENTRE

KEEPERS = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})
# Those who answer for something in a municipality: its own agreements, and those of others that concern it.
LOCAL = frozenset({Role.MUNICIPALITY_LEAD, Role.LEADER, Role.MAINTENANCE_MANAGER, Role.OBJECT_OWNER})

_SEEN = (Grant(CENTRE | LOCAL, Reach.BELOW), Grant(LOCAL, Reach.ABOVE))

SEE = allow("agreements.see", *_SEEN)
# Only who pays reads them: models/sets.py says what ABOVE means for each of the two.
SEE_DOCUMENT = allow("agreements.document", *_SEEN)
# A price belongs to those who own the agreement; whoever pays a part sees the own part and the whole through it.
SEE_PRICE = allow("agreements.price", Grant(CENTRE | LOCAL, Reach.BELOW))
SEE_SHARE = allow("agreements.share", Grant(CENTRE | LOCAL, Reach.BELOW))
EDIT = allow("agreements.edit", Grant(KEEPERS, Reach.BELOW))
SEE_COUNTERPART = allow("agreements.counterpart", Grant(CENTRE, Reach.BELOW))
EDIT_COUNTERPART = allow("agreements.edit_counterpart", Grant(KEEPERS, Reach.BELOW))
