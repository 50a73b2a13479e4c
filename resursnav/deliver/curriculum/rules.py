"""Who may do what with the curriculum: everybody reads it, the centre says which points carry on which."""

from resursnav.foundation.access import ANYONE, Grant, Reach, Role, allow

SEE = allow("curriculum.see", Grant(ANYONE, Reach.ANYWHERE))
EDIT = allow("curriculum.edit", Grant({Role.ADMINISTRATOR, Role.COORDINATOR}, Reach.ANYWHERE))
