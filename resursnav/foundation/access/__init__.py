"""Access: who may do what, declared once.

A rule (`allow`) has a name and grants; a grant says which roles, how far in the organisation tree, and for
which rows. From that one declaration come the filter of every list (`visible_to`), the check of a single thing
(`may`), the guard of every page (`access.pages.page`), the template tag and the matrix in docs/permissions.md.
Scope sits on the person's assignment (role and node), never in the role, and the default is deny.
Access owns no tables and knows no model: it asks the person for assignments and the tree for branches.
Swedish words: behörighet (access), roll (role), räckvidd (reach), regel (rule), uppdrag (assignment).
"""

from .reach import Scoped, may, which
from .roles import Role
from .rules import ANYONE, SIGNED_IN, Grant, Reach, Rule, allow, rule_named, rules

__all__ = [
    "ANYONE",
    "SIGNED_IN",
    "Grant",
    "Reach",
    "Role",
    "Rule",
    "Scoped",
    "allow",
    "may",
    "rule_named",
    "rules",
    "which",
]
