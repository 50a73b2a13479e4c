"""Who may see what the centre has, and who works with it."""

from __future__ import annotations

from django.db.models import Q

from resursnav.deliver.resources.vocabulary import Status, Visibility
from resursnav.foundation.access import ANYONE, SIGNED_IN, Grant, Reach, Role, allow
from resursnav.foundation.access.roles import CENTRE

KEEPERS = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})

ON_THE_SHELF = Q(bookable=True, resource__status=Status.PUBLISHED)

# Whoever may see a resource may see that it can be booked; barcodes, places and faults are the centre's own.
SEE = allow(
    "stock.see",
    Grant(ANYONE, Reach.ANYWHERE, where=ON_THE_SHELF & Q(resource__visibility=Visibility.PUBLIC)),
    Grant(SIGNED_IN, Reach.ABOVE, where=ON_THE_SHELF),
    Grant(CENTRE, Reach.BELOW),
)
WORK = allow("stock.work", Grant(CENTRE, Reach.BELOW))
EDIT = allow("stock.edit", Grant(CENTRE, Reach.BELOW))
# Numbers that follow every label, and what goes away for good.
SET_UP = allow("stock.set_up", Grant(KEEPERS, Reach.BELOW))
