"""Open a new organisation below another one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import may
from resursnav.kernel.errors import Unable
from resursnav.kernel.events import tell

from ..events import OrganisationOpened
from ..models import MAY_LIE_BELOW, Kind, NamePeriod, Organisation, PlacePeriod, UnitType, Verb
from ..rules import FOUND, GROW
from ._tree import By, by_id, checked, day_of, fresh, graft, lock_tree, tell_story, tidy
from .correct import Details, written


class UnableToOpen(Unable):
    """The organisation cannot be opened there."""


@transaction.atomic
def open_node(
    *,
    kind: str,
    name: str,
    parent: Organisation | None,
    by: By,
    at: datetime,
    unit_type: str = "",
    since: date | None = None,
    reason: str = "",
    details: Details | None = None,
) -> Organisation:
    """Add an organisation to the tree.

    `since` is its first day; None means that it has been there for as long as anybody remembers.
    """
    lock_tree()
    if parent is not None:
        parent = fresh(parent)
    _refuse(kind, parent, by, day_of(at, since))
    node = Organisation(
        kind=kind,
        unit_type=unit_type or (UnitType.OFFICE if kind == Kind.UNIT else ""),
        name=tidy(name),
        parent=parent,
        valid_from=since,
    )
    for field, value in written(node, details or {}, UnableToOpen).items():
        setattr(node, field, value)
    checked(node, UnableToOpen).save()
    graft(node)
    NamePeriod.objects.create(organisation=node, name=node.name, valid_from=since)
    PlacePeriod.objects.create(organisation=node, parent=parent, valid_from=since)
    tell_story(node, Verb.OPENED, day_of(at, since), at, after=node.name, other=parent, reason=tidy(reason))
    facts = {"name": node.name, "kind": node.kind, "parent": parent.name if parent else "", "code": node.code}
    tell(OrganisationOpened(node.pk, by_id(by), at, {}, facts | ({"reason": reason} if reason else {})))
    return node


def _refuse(kind: str, parent: Organisation | None, by: By, day: date) -> None:
    if parent is None:
        if kind != Kind.REGION:
            raise UnableToOpen(_("Välj vad den nya organisationen ska ligga under."), field="parent")
        if by is not None and not may(by, FOUND):
            raise UnableToOpen(_("Bara en systemadministratör kan lägga till en region."))
        return
    if by is not None and not may(by, GROW, parent):
        raise UnableToOpen(_("Du kan bara lägga till något under en plats som du ansvarar för."), field="parent")
    if parent.kind not in MAY_LIE_BELOW[kind]:
        raise UnableToOpen(
            _("En %(kind)s kan inte ligga under en %(parent)s.")
            % {"kind": Kind(kind).label, "parent": parent.get_kind_display()},
            field="parent",
        )
    if not parent.is_open(day):
        raise UnableToOpen(_("%(parent)s är stängd den dagen.") % {"parent": parent.name}, field="parent")
