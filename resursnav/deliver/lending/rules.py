"""Who may book, see and change bookings, and who answers for the lending."""

from __future__ import annotations

from resursnav.deliver.stock.rules import ON_THE_SHELF
from resursnav.foundation.access import Grant, Reach, Role, allow
from resursnav.foundation.access.roles import CENTRE, EVERY_ROLE

# BELOW is the centre's side of a booking, HERE the unit's: models/order.py says so (TwoSided).
CONTACTS = frozenset({Role.PRINCIPAL, Role.SCHOOL_LIBRARIAN, Role.LIBRARIAN})
KEEPERS = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})
BORROWERS = EVERY_ROLE - {Role.POLITICIAN} - CENTRE

_BOTH_SIDES = (Grant(BORROWERS, Reach.OWN), Grant(CONTACTS, Reach.HERE), Grant(CENTRE, Reach.BELOW))

SEE = allow("lending.see", *_BOTH_SIDES)
# Asked of an order or a booking. Whether it can still be changed the actions say, and why not.
CHANGE = allow("lending.change", *_BOTH_SIDES)
# Asked of an organisation: for which units somebody may book. The centre books for anybody below it.
BOOK = allow("lending.book", Grant(BORROWERS, Reach.HERE), Grant(CENTRE, Reach.BELOW))
# Asked of a holding: what the own municipality or region has to lend, and for the centre all that it has itself.
BORROW = allow(
    "lending.borrow", Grant(BORROWERS, Reach.ABOVE, where=ON_THE_SHELF), Grant(CENTRE, Reach.BELOW, where=ON_THE_SHELF)
)
UNIT = allow("lending.unit", Grant(CONTACTS, Reach.HERE))
# The day's work: packing, sending, taking back; asked of the centre, an order or a booking.
WORK = allow("lending.work", Grant(CENTRE, Reach.BELOW))
RULES = allow("lending.rules", Grant(KEEPERS, Reach.BELOW))
SUSPEND = allow("lending.suspend", Grant(KEEPERS, Reach.BELOW))
INVOICE = allow("lending.invoice", Grant(KEEPERS, Reach.BELOW))
FACTS = allow("lending.facts", Grant(CENTRE, Reach.BELOW))
