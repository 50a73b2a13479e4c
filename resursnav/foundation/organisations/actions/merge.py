"""Let an organisation go up in another one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import may
from resursnav.kernel.errors import Unable
from resursnav.kernel.events import tell

from ..events import OrganisationMerged
from ..models import Branch, Organisation, PlacePeriod, Verb
from ..rules import RESHAPE
from ._tree import By, begin_new_period, begins_too_early, by_id, day_of, fresh, lock_tree, regraft, tell_story, tidy


class UnableToMerge(Unable):
    """The two cannot become one."""


@transaction.atomic
def merge(
    *,
    organisation: Organisation,
    into: Organisation,
    by: By,
    at: datetime,
    day: date | None = None,
    reason: str = "",
) -> Organisation:
    """Close the organisation from the day on and move what lay below it to the one that takes over.

    Nothing is deleted: facts keep the old organisation, which says what it went up in. Returns the one that
    takes over.
    """
    lock_tree()
    node, into, day = fresh(organisation), fresh(into), day_of(at, day)
    below = list(node.children.not_closed_on(day).order_by("pk"))
    _refuse(node, into, below, by, day, today=timezone.localdate(at))
    for child in below:
        regraft(child, into)
        begin_new_period(PlacePeriod, child, day, parent=into)
        tell_story(child, Verb.MOVED, day, at, before=node.name, after=into.name, other=into, reason=tidy(reason))
    node.valid_to, node.merged_into = day, into
    node.save(update_fields=["valid_to", "merged_into"])
    tell_story(node, Verb.MERGED, day, at, before=node.name, after=into.name, other=into, reason=tidy(reason))
    tell_story(into, Verb.RECEIVED, day, at, before=node.name, after=into.name, other=node, reason=tidy(reason))
    after = {"merged_into": into.name, "valid_to": day.isoformat(), "moved": [child.name for child in below]}
    after |= {"reason": reason} if reason else {}
    tell(OrganisationMerged(node.pk, by_id(by), at, {"name": node.name}, after, into_id=into.pk))
    return into


def _refuse(node: Organisation, into: Organisation, below: list[Organisation], by: By, day: date, today: date) -> None:
    if by is not None and not may(by, RESHAPE, into):
        raise UnableToMerge(_("Du kan bara slå ihop det som du ansvarar för."), field="into")
    if node.pk == into.pk:
        raise UnableToMerge(_("Välj en annan organisation än den själv."), field="into")
    if node.kind != into.kind:
        raise UnableToMerge(_("Bara organisationer på samma nivå kan slås ihop."), field="into")
    if Branch.objects.filter(ancestor=node, descendant=into).exists():
        raise UnableToMerge(_("%(into)s ligger under %(node)s. Flytta den först.") % {"into": into, "node": node})
    if day > today:
        raise UnableToMerge(_("En sammanslagning registreras den dag den gäller eller senare."), field="day")
    if not node.is_open(day) or not into.is_open(day):
        raise UnableToMerge(_("Båda måste finnas den dagen."), field="day")
    if node.valid_from == day or any(begins_too_early(PlacePeriod, one, day) for one in [node, *below]):
        raise UnableToMerge(_("Något här har ändrats efter den dagen. Välj en senare dag."), field="day")
