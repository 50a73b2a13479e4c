"""Who may read and answer reports of flaws. Anybody may leave one."""

from resursnav.foundation.access import Grant, Reach, Role, allow
from resursnav.foundation.access.roles import CENTRE

SEE = allow("ui.see", Grant(CENTRE, Reach.ANYWHERE))
ANSWER = allow("ui.answer", Grant({Role.ADMINISTRATOR, Role.COORDINATOR}, Reach.ANYWHERE))
