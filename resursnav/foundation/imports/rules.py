"""Who may see and run imports."""

from __future__ import annotations

from django.db.models import Q

from resursnav.foundation.access import Grant, Reach, Role, allow

SEE = allow(
    "imports.see",
    # A register of the whole country belongs to no region, but to those who run the system.
    Grant({Role.ADMINISTRATOR}, Reach.ANYWHERE, Q(organisation__isnull=True)),
    Grant({Role.ADMINISTRATOR, Role.COORDINATOR, Role.EXPERT}, Reach.BELOW),
)
RUN = allow(
    "imports.run",
    Grant({Role.ADMINISTRATOR}, Reach.ANYWHERE, Q(organisation__isnull=True)),
    Grant({Role.ADMINISTRATOR, Role.COORDINATOR}, Reach.BELOW),
)
