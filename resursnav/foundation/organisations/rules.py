"""Who may do what with the tree. Its names are public facts; changing it belongs to those who answer for a branch."""

from django.db.models import Q

from resursnav.foundation.access import ANYONE, Grant, Reach, Role, allow

from .models import Kind

SEE = allow("organisations.see", Grant(ANYONE, Reach.ANYWHERE))

# Address, contact and codes.
EDIT = allow(
    "organisations.edit",
    Grant({Role.ADMINISTRATOR, Role.COORDINATOR, Role.MUNICIPALITY_LEAD}, Reach.BELOW),
    Grant({Role.PRINCIPAL}, Reach.HERE),
)

# Open something new below.
GROW = allow(
    "organisations.grow",
    Grant({Role.ADMINISTRATOR, Role.COORDINATOR, Role.MUNICIPALITY_LEAD}, Reach.BELOW),
)

# Rename, move, merge, close and open again. A municipality does not close itself.
RESHAPE = allow(
    "organisations.reshape",
    Grant({Role.ADMINISTRATOR, Role.COORDINATOR}, Reach.BELOW),
    Grant({Role.MUNICIPALITY_LEAD}, Reach.BELOW, Q(kind__in=[Kind.DEPARTMENT, Kind.UNIT])),
)

# Read registers in; only what lies in one's own branch is touched.
IMPORT = allow("organisations.import", Grant({Role.ADMINISTRATOR, Role.COORDINATOR}, Reach.BELOW))

# A new region stands above every branch, so no branch can give the right to it.
FOUND = allow("organisations.found", Grant({Role.ADMINISTRATOR}, Reach.ANYWHERE))
