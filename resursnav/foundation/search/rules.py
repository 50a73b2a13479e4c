"""Who may tend the search: its synonyms, and what people looked for in vain."""

from __future__ import annotations

from django.db.models import Q

from resursnav.foundation.access import Grant, Reach, Role, allow

TENDERS = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR, Role.EXPERT})

SYNONYMS = allow("search.synonyms", Grant(TENDERS, Reach.ANYWHERE))
SEE_FAILED = allow(
    "search.failed",
    # What strangers searched for belongs to no municipality; the rest to the centre of its region.
    Grant(TENDERS, Reach.ANYWHERE, Q(municipality__isnull=True)),
    Grant(TENDERS, Reach.BELOW),
    Grant({Role.MUNICIPALITY_LEAD}, Reach.HERE),
)
