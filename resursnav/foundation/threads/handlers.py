"""When something happens to organisations and people further down: write it in the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.organisations import events as places
from resursnav.foundation.organisations.models import Branch, Kind, Organisation
from resursnav.foundation.people import events as people
from resursnav.foundation.people.models import Assignment, Person
from resursnav.kernel.events import on

from . import verbs
from .actions import Thing, record

PLACE_VERBS: dict[type[Any], str] = {
    places.OrganisationOpened: verbs.declare("organisations.opened", _("{who} lade till {what}")).code,
    places.OrganisationRenamed: verbs.declare("organisations.renamed", _("{who} gav {what} ett nytt namn")).code,
    places.OrganisationMoved: verbs.declare("organisations.moved", _("{who} flyttade {what}")).code,
    places.OrganisationMerged: verbs.declare(
        "organisations.merged", _("{who} slog ihop {what} med en annan"), {"moved": _("flyttade med")}
    ).code,
    places.OrganisationClosed: verbs.declare("organisations.closed", _("{who} stängde {what}")).code,
    places.OrganisationReopened: verbs.declare("organisations.reopened", _("{who} öppnade {what} igen")).code,
    places.OrganisationCorrected: verbs.declare("organisations.corrected", _("{who} rättade uppgifter om {what}")).code,
}
REGISTER = verbs.declare(
    "organisations.imported",
    _("{who} läste in registret {what}"),
    {"opened": _("nya"), "changed": _("ändrade")},
).code

PERSON_VERBS: dict[type[Any], str] = {
    people.PersonJoined: verbs.declare("people.joined", _("{who} gav {what} ett konto")).code,
    people.PersonChanged: verbs.declare("people.changed", _("{who} ändrade uppgifter om {what}")).code,
    people.AccountClosed: verbs.declare("people.closed", _("{who} stängde kontot för {what}")).code,
    people.ApiTokenMade: verbs.declare("people.token_made", _("{who} skapade en nyckel för program åt {what}")).code,
    people.ApiTokenRevoked: verbs.declare("people.token_revoked", _("{who} drog in en nyckel för {what}")).code,
}
POST_VERBS: dict[type[Any], str] = {
    people.AssignmentGranted: verbs.declare("people.granted", _("{who} gav {what} ett uppdrag")).code,
    people.AssignmentEnded: verbs.declare("people.ended", _("{who} avslutade ett uppdrag för {what}")).code,
}
INVITED = verbs.declare("people.invited", _("{who} bjöd in {what}")).code
WITHDRAWN = verbs.declare("people.withdrawn", _("{who} tog tillbaka en inbjudan")).code


def _of_place(event: Any) -> None:
    place = Organisation.objects.get(pk=event.organisation_id)
    after = dict(event.after)
    record(
        verb=PLACE_VERBS[type(event)],
        thing=place,
        organisation=place,
        by=event.by_id,
        at=event.at,
        said=str(after.pop("reason", "") or ""),
        before=event.before,
        after=after,
    )


def _of_person(event: Any) -> None:
    somebody = Person.objects.get(pk=event.person_id)
    # What happens to an account is a matter of the place that the person belongs to, if there is one.
    post = Assignment.objects.filter(person=somebody).order_by("-valid_from", "-pk").first()
    after = dict(event.after)
    record(
        verb=PERSON_VERBS[type(event)],
        thing=somebody,
        about=somebody,
        organisation=post.node_id if post else None,
        by=event.by_id,
        at=event.at,
        said=str(after.pop("reason", "") or ""),
        before=event.before,
        after=after,
    )


def _of_post(event: Any) -> None:
    somebody = Person.objects.get(pk=event.person_id)
    after = dict(event.after)
    record(
        verb=POST_VERBS[type(event)],
        thing=somebody,
        about=somebody,
        organisation=event.organisation_id,
        by=event.by_id,
        at=event.at,
        said=str(after.pop("reason", "") or ""),
        before=event.before,
        after=after,
    )


def _connect(verbs_by_event: dict[type[Any], str], listener: Callable[[Any], None]) -> None:
    for kind in verbs_by_event:
        on(kind)(listener)


_connect(PLACE_VERBS, _of_place)
_connect(PERSON_VERBS, _of_person)
_connect(POST_VERBS, _of_post)


@on(people.PersonInvited)
def log_invitation(event: people.PersonInvited) -> None:
    """An invitation names somebody who has no account yet, so the log keeps where and when but not whom."""
    _invitation(INVITED, event.invitation_id, event)


@on(people.InvitationWithdrawn)
def log_withdrawal(event: people.InvitationWithdrawn) -> None:
    """The same for an invitation that was taken back."""
    _invitation(WITHDRAWN, event.invitation_id, event)


def _invitation(verb: str, key: int, event: Any) -> None:
    kept = {"role", "node", "valid_to", "expires_at"}
    record(
        verb=verb,
        thing=Thing("people.invitation", "", key),
        organisation=event.organisation_id,
        by=event.by_id,
        at=event.at,
        before={name: value for name, value in event.before.items() if name in kept},
        after={name: value for name, value in event.after.items() if name in kept},
    )


@on(places.RegisterImported)
def log_register(event: places.RegisterImported) -> None:
    """One line for each region that the register touched, with how many nodes were new and changed there."""
    counts: dict[int, dict[str, int]] = {}
    for name, keys in (("opened", event.opened_ids), ("changed", event.changed_ids)):
        touched = Branch.objects.filter(ancestor__kind=Kind.REGION, descendant__in=keys)
        for region, number in touched.values_list("ancestor").annotate(Count("descendant")):
            counts.setdefault(region, {})[name] = number
    for region in sorted(counts):
        record(
            verb=REGISTER,
            thing=Thing("organisations.register", event.register),
            organisation=region,
            by=event.by_id,
            at=event.at,
            after=counts[region],
        )
