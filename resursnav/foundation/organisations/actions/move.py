"""Hang an organisation, with everything below it, under another one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import may
from resursnav.kernel.errors import Unable
from resursnav.kernel.events import tell

from ..events import OrganisationMoved
from ..models import MAY_LIE_BELOW, Branch, Organisation, PlacePeriod, Verb
from ..rules import GROW
from ._tree import By, begin_new_period, begins_too_early, by_id, day_of, fresh, lock_tree, regraft, tell_story, tidy


class UnableToMove(Unable):
    """The organisation cannot lie there."""


@transaction.atomic
def move(
    *,
    organisation: Organisation,
    parent: Organisation,
    by: By,
    at: datetime,
    day: date | None = None,
    reason: str = "",
) -> Organisation:
    """Let the organisation lie below the new parent from the day on; moved to where it is, nothing changes."""
    lock_tree()
    node, parent, day = fresh(organisation), fresh(parent), day_of(at, day)
    if node.parent_id == parent.pk:
        return node
    _refuse(node, parent, by, day, today=timezone.localdate(at))
    before = node.parent.name if node.parent else ""
    regraft(node, parent)
    begin_new_period(PlacePeriod, node, day, parent=parent)
    tell_story(node, Verb.MOVED, day, at, before=before, after=parent.name, other=parent, reason=tidy(reason))
    after = {"parent": parent.name, "from": day.isoformat()} | ({"reason": reason} if reason else {})
    tell(OrganisationMoved(node.pk, by_id(by), at, {"parent": before}, after))
    return node


def _refuse(node: Organisation, parent: Organisation, by: By, day: date, today: date) -> None:
    if by is not None and not may(by, GROW, parent):
        raise UnableToMove(_("Du kan bara flytta till en plats som du ansvarar för."), field="parent")
    if parent.kind not in MAY_LIE_BELOW[node.kind]:
        raise UnableToMove(
            _("En %(kind)s kan inte ligga under en %(parent)s.")
            % {"kind": node.get_kind_display(), "parent": parent.get_kind_display()},
            field="parent",
        )
    if Branch.objects.filter(ancestor=node, descendant=parent).exists():
        raise UnableToMove(
            _("%(parent)s ligger själv under %(node)s. Välj en annan plats.")
            % {"parent": parent.name, "node": node.name},
            field="parent",
        )
    if not parent.is_open(day):
        raise UnableToMove(_("%(parent)s är stängd den dagen.") % {"parent": parent.name}, field="parent")
    if day > today:
        raise UnableToMove(_("En flytt registreras den dag den gäller eller senare."), field="day")
    if begins_too_early(PlacePeriod, node, day) or (node.valid_from and day < node.valid_from):
        raise UnableToMove(_("Den har redan flyttats efter den dagen. Välj en senare dag."), field="day")
