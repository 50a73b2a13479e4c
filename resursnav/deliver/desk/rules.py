"""Who works at the desk, and who drives."""

from __future__ import annotations

from resursnav.foundation.access import Grant, Reach, Role, allow
from resursnav.foundation.access.roles import CENTRE

# Asked of the centre, and of what is booked there.
WORK = allow("desk.work", Grant(CENTRE, Reach.BELOW))
# Asked of a route: its stops of the day, with packages and without borrowers.
DRIVE = allow("desk.drive", Grant(CENTRE | {Role.DRIVER}, Reach.BELOW))
