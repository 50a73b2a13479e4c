"""Close an organisation from a day on, and open it again when that was wrong."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.errors import Unable
from resursnav.kernel.events import tell

from ..events import OrganisationClosed, OrganisationReopened
from ..models import HistoryEntry, Organisation, Verb
from ._tree import By, by_id, day_of, fresh, lock_tree, tell_story, tidy


class UnableToClose(Unable):
    """The organisation cannot be closed that day, or not be opened again."""


@transaction.atomic
def close(
    *,
    organisation: Organisation,
    by: By,
    at: datetime,
    day: date | None = None,
    reason: str = "",
    with_below: bool = False,
) -> Organisation:
    """Let the organisation exist no longer from the day on; the day may lie ahead.

    What still lies below it must be moved first, or be closed with it (`with_below`).
    """
    lock_tree()
    node, day = fresh(organisation), day_of(at, day)
    if node.valid_to is not None and node.valid_to <= day:
        raise UnableToClose(_("%(node)s är redan stängd.") % {"node": node})
    open_below = list(Organisation.objects.at_or_below([node.pk]).exclude(pk=node.pk).not_closed_on(day).order_by("pk"))
    if open_below and not with_below:
        raise UnableToClose(
            _("Under %(node)s finns %(number)s som är öppna. Flytta dem först, eller stäng dem samtidigt.")
            % {"node": node, "number": len(open_below)},
            field="with_below",
        )
    closing = [node, *open_below]
    for one in closing:
        if one.valid_from and one.valid_from >= day:
            raise UnableToClose(_("%(node)s öppnar först den dagen eller senare.") % {"node": one}, field="day")
    Organisation.objects.filter(pk__in=[one.pk for one in closing]).update(valid_to=day)
    HistoryEntry.objects.bulk_create(
        HistoryEntry(
            organisation=one, verb=Verb.CLOSED, happened_date=day, recorded_at=at, before=one.name,
            reason=tidy(reason),
        )
        for one in closing
    )  # fmt: skip
    for one in closing:
        before = {"valid_to": one.valid_to and one.valid_to.isoformat()}
        after = {"valid_to": day.isoformat()} | ({"reason": reason} if reason else {})
        tell(OrganisationClosed(one.pk, by_id(by), at, before, after))
    return fresh(node)


@transaction.atomic
def reopen(*, organisation: Organisation, by: By, at: datetime, reason: str = "") -> Organisation:
    """Take back a closure or a merge. What was moved or closed with it stays where it is now."""
    lock_tree()
    node = fresh(organisation)
    if node.valid_to is None:
        raise UnableToClose(_("%(node)s är öppen.") % {"node": node})
    if node.parent is not None and node.parent.valid_to is not None:
        raise UnableToClose(
            _("%(parent)s, som den ligger under, är stängd. Öppna den först.") % {"parent": node.parent}
        )
    before = {"valid_to": node.valid_to.isoformat(), "merged_into": node.merged_into.name if node.merged_into else ""}
    node.valid_to, node.merged_into = None, None
    node.save(update_fields=["valid_to", "merged_into"])
    tell_story(node, Verb.REOPENED, day_of(at, None), at, after=node.name, reason=tidy(reason))
    tell(OrganisationReopened(node.pk, by_id(by), at, before, {"reason": reason} if reason else {}))
    return node
