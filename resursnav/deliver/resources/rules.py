"""Who may do what with the catalogue, its collections and its tips."""

from __future__ import annotations

from django.db.models import Q

from resursnav.foundation.access import ANYONE, SIGNED_IN, Grant, Reach, Role, allow
from resursnav.foundation.access.roles import CENTRE

from .vocabulary import CollectionStatus, Status, TipStatus, Visibility

PUBLISHERS = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})
TIPSTERS = CENTRE | {
    Role.TEACHER,
    Role.PRINCIPAL,
    Role.SCHOOL_LIBRARIAN,
    Role.LIBRARIAN,
    Role.OBJECT_SPECIALIST,
}
CURATORS = frozenset({Role.SCHOOL_LIBRARIAN, Role.LIBRARIAN})

ON_THE_SHELF = Q(status=Status.PUBLISHED)
FOR_EVERYONE = Q(status=Status.PUBLISHED, visibility=Visibility.PUBLIC)

# What is published is for everyone, or for those who belong to the owner's branch; what is not yet, or no longer,
# published is for the centre that answers for it. search.py says the same to the index, and a test compares them.
SEE = allow(
    "resources.see",
    Grant(ANYONE, Reach.ANYWHERE, where=FOR_EVERYONE),
    Grant(SIGNED_IN, Reach.ABOVE, where=ON_THE_SHELF),
    Grant(CENTRE, Reach.BELOW),
)
# Who follows an old link to something that was withdrawn reads its title and why it went, nothing more.
WENT = Q(status=Status.WITHDRAWN, published_at__isnull=False)
GONE = allow(
    "resources.gone",
    Grant(ANYONE, Reach.ANYWHERE, where=WENT & Q(visibility=Visibility.PUBLIC)),
    Grant(SIGNED_IN, Reach.ABOVE, where=WENT),
)
CREATE = allow("resources.create", Grant(CENTRE, Reach.BELOW))
EDIT = allow("resources.edit", Grant(CENTRE, Reach.BELOW))
REVIEW = allow("resources.review", Grant(CENTRE, Reach.BELOW, where=Q(status=Status.DRAFT)))
PUBLISH = allow("resources.publish", Grant(PUBLISHERS, Reach.BELOW, where=~Q(status=Status.PUBLISHED)))
WITHDRAW = allow("resources.withdraw", Grant(PUBLISHERS, Reach.BELOW, where=ON_THE_SHELF))
MAP = allow("resources.map", Grant(CENTRE, Reach.BELOW))
WORK = allow("resources.work", Grant(CENTRE, Reach.BELOW))
TIP = allow(
    "resources.tip",
    Grant(TIPSTERS, Reach.ANYWHERE, where=FOR_EVERYONE),
    Grant(TIPSTERS, Reach.ABOVE, where=ON_THE_SHELF),
)
USE = allow(
    "resources.use",
    Grant(SIGNED_IN, Reach.ANYWHERE, where=FOR_EVERYONE),
    Grant(SIGNED_IN, Reach.ABOVE, where=ON_THE_SHELF),
)

SEE_TIP = allow(
    "tips.see",
    Grant(
        ANYONE,
        Reach.ANYWHERE,
        where=Q(status=TipStatus.SHOWN, resource__status=Status.PUBLISHED, resource__visibility=Visibility.PUBLIC),
    ),
    Grant(SIGNED_IN, Reach.ABOVE, where=Q(status=TipStatus.SHOWN, resource__status=Status.PUBLISHED)),
    Grant(SIGNED_IN, Reach.OWN),
    Grant(CENTRE, Reach.BELOW),
)
MODERATE = allow("tips.moderate", Grant(CENTRE, Reach.BELOW))

SEE_COLLECTION = allow(
    "collections.see",
    Grant(ANYONE, Reach.ANYWHERE, where=Q(status=CollectionStatus.PUBLISHED, visibility=Visibility.PUBLIC)),
    Grant(SIGNED_IN, Reach.ABOVE, where=Q(status=CollectionStatus.PUBLISHED)),
    Grant(CURATORS, Reach.HERE),
    Grant(CENTRE, Reach.BELOW),
)
# A school librarian keeps collections for the own school; only the centre speaks to the whole county.
EDIT_COLLECTION = allow("collections.edit", Grant(CURATORS, Reach.HERE), Grant(CENTRE, Reach.BELOW))
