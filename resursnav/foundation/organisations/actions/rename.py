"""Give an organisation another name and keep the old one with its days."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.errors import Unable
from resursnav.kernel.events import tell

from ..events import OrganisationRenamed
from ..models import NamePeriod, Organisation, Verb
from ._tree import (
    By,
    begin_new_period,
    begins_too_early,
    by_id,
    checked,
    day_of,
    fresh,
    lock_tree,
    tell_story,
    tidy,
)


class UnableToRename(Unable):
    """The organisation cannot get that name from that day."""


@transaction.atomic
def rename(
    *,
    organisation: Organisation,
    name: str,
    by: By,
    at: datetime,
    day: date | None = None,
    reason: str = "",
) -> Organisation:
    """Call the organisation something else from the day on; the same name again changes nothing."""
    lock_tree()
    node, name, day = fresh(organisation), tidy(name), day_of(at, day)
    if name == node.name:
        return node
    if day > timezone.localdate(at):
        raise UnableToRename(_("Ett namnbyte registreras den dag det gäller eller senare."), field="day")
    if begins_too_early(NamePeriod, node, day) or (node.valid_from and day < node.valid_from):
        raise UnableToRename(_("Namnet har redan ändrats efter den dagen. Välj en senare dag."), field="day")
    before, node.name = node.name, name
    checked(node, UnableToRename).save(update_fields=["name", "name_key"])
    begin_new_period(NamePeriod, node, day, name=name)
    tell_story(node, Verb.RENAMED, day, at, before=before, after=name, reason=tidy(reason))
    after = {"name": name, "from": day.isoformat()} | ({"reason": reason} if reason else {})
    tell(OrganisationRenamed(node.pk, by_id(by), at, {"name": before}, after))
    return node
