"""Who may give whom which role: never more than one is trusted with, and only in one's own branch."""

from __future__ import annotations

from resursnav.foundation.access import Role

# The higher, the more a wrong person could do. Roles that only work in their own place share the lowest step.
TRUST: dict[str, int] = {
    Role.ADMINISTRATOR: 5,
    Role.COORDINATOR: 4,
    Role.EXPERT: 3,
    Role.MUNICIPALITY_LEAD: 3,
    Role.OBJECT_OWNER: 2,
    Role.MAINTENANCE_MANAGER: 2,
    Role.LEADER: 2,
    Role.PRINCIPAL: 2,
}
LOWEST = 1
# Those who may give roles at all.
GIVERS = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR, Role.MUNICIPALITY_LEAD})
# The centre's own people are appointed by the centre, though a municipality's lead is trusted as much.
ONLY_BY_CENTRE = frozenset({Role.EXPERT, Role.COORDINATOR, Role.ADMINISTRATOR, Role.DRIVER})


def trust(role: str) -> int:
    """How much the role is trusted with."""
    return TRUST.get(role, LOWEST)


def may_give(giver: str, role: str) -> bool:
    """Whether somebody with the giver's role may give the role, in the giver's own branch."""
    if giver not in GIVERS or trust(role) > trust(giver):
        return False
    return giver in {Role.ADMINISTRATOR, Role.COORDINATOR} or role not in ONLY_BY_CENTRE


def gives(givers: set[str]) -> list[Role]:
    """The roles that somebody with these roles may give, in the order of the roles."""
    return [role for role in Role if any(may_give(giver, role) for giver in givers)]
