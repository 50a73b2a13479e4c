"""Who may see and trust whom. People with protected identity are left out of every grant but two."""

from django.db.models import Q

from resursnav.foundation.access import SIGNED_IN, Grant, Reach, Role, allow

from .models import SecurityMarking

_OPEN = Q(security_marking=SecurityMarking.NONE)
_HOLDER_OPEN = Q(person__security_marking=SecurityMarking.NONE)
_ANSWER_FOR_PEOPLE = {Role.ADMINISTRATOR, Role.COORDINATOR, Role.MUNICIPALITY_LEAD}

# Persons, in lists and one by one.
SEE = allow(
    "people.see",
    Grant({*_ANSWER_FOR_PEOPLE, Role.EXPERT, Role.PRINCIPAL}, Reach.BELOW, _OPEN),
    Grant(SIGNED_IN, Reach.OWN),
)

# Assignments as a list of contacts: who works at a place that is mine, above mine, or mine to answer for.
CONTACTS = allow(
    "people.contacts",
    Grant({*_ANSWER_FOR_PEOPLE, Role.EXPERT, Role.PRINCIPAL}, Reach.BELOW, _HOLDER_OPEN),
    Grant(SIGNED_IN, Reach.ABOVE, _HOLDER_OPEN),
)

# Invite to a node, and see the invitations that wait there.
INVITE = allow("people.invite", Grant(_ANSWER_FOR_PEOPLE, Reach.BELOW))

# Give and end assignments at a node. What role may be given is decided by trust.py.
MANAGE = allow("people.manage", Grant(_ANSWER_FOR_PEOPLE, Reach.BELOW))

# Set and lift protection of identity, and see that somebody protected holds a role.
PROTECT = allow("people.protect", Grant({Role.ADMINISTRATOR, Role.COORDINATOR}, Reach.BELOW))

# One's own page.
ME = allow("people.me", Grant(SIGNED_IN, Reach.OWN))
