"""Who may read stories and the log."""

from django.db.models import Q

from resursnav.foundation.access import Grant, Reach, Role, allow
from resursnav.foundation.access.roles import CENTRE

SEE = allow(
    "threads.see",
    Grant(CENTRE | {Role.MUNICIPALITY_LEAD}, Reach.BELOW),
)
AUDIT = allow(
    "threads.audit",
    Grant({Role.ADMINISTRATOR, Role.COORDINATOR, Role.MUNICIPALITY_LEAD}, Reach.BELOW),
)
# The whole log: also what was done at no place, such as reading in the counties, for those who run the system.
LOG = allow(
    "threads.log",
    Grant({Role.ADMINISTRATOR}, Reach.ANYWHERE, Q(organisation__isnull=True)),
    Grant({Role.ADMINISTRATOR, Role.COORDINATOR, Role.MUNICIPALITY_LEAD}, Reach.BELOW),
)
