"""Whether the closure table still says the same as the parents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import Finding

from .models import Branch, Organisation
from .tree import BrokenTree, closure


def tree() -> list[Finding]:
    """One finding: the tree is whole, or what to run to mend it."""
    parents = dict(Organisation.objects.values_list("pk", "parent_id"))
    try:
        right = set(closure(parents))
    except BrokenTree:
        return [Finding(False, _("Trädet går i cirkel"), _("En organisation ligger under sig själv. Ta hjälp."))]
    kept = set(Branch.objects.values_list("ancestor_id", "descendant_id", "depth"))
    if right != kept:
        advice = _("Arbetaren rättar dem en gång om dygnet. Se till att den är i gång.")
        return [Finding(False, _("Trädets grenar stämmer inte med dess platser"), advice)]
    return [Finding(True, _("Trädet är helt"))]
