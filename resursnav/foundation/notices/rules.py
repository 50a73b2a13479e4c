"""Who may see notices and the outbox."""

from resursnav.foundation.access import SIGNED_IN, Grant, Reach, Role, allow

SEE = allow("notices.see", Grant(SIGNED_IN, Reach.OWN))
OUTBOX = allow("notices.outbox", Grant({Role.ADMINISTRATOR}, Reach.ANYWHERE))
