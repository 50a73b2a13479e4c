"""Invite somebody by e-mail to a role at a node; they accept, or the invitation is taken back or runs out."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.organisations.models import Organisation
from resursnav.kernel.errors import Unable
from resursnav.kernel.events import tell
from resursnav.kernel.text import clean

from ..events import InvitationWithdrawn, PersonInvited, PersonJoined
from ..models import Assignment, Invitation, Person
from ..tokens import hashed, new_invitation_key
from .assign import UnableToAssign, assign, refuse_to_trust

LASTS = timedelta(days=14)


class UnableToInvite(Unable):
    """The invitation cannot be sent."""


class UnableToAccept(Unable):
    """The invitation cannot be accepted (any more)."""


def _tell(invitation: Invitation, key: str, by: Person | None, at: datetime) -> None:
    link = settings.BASE_URL + reverse("people:accept", args=[key])
    after = {"email": invitation.email, "role": str(invitation.role), "node": invitation.node.name}
    after |= {"reason": invitation.reason} if invitation.reason else {}
    tell(
        PersonInvited(
            invitation.pk, invitation.node_id, by.pk if by else None, at, {}, after, email=invitation.email,
            name=f"{invitation.given_name} {invitation.family_name}".strip(), link=link,
            expires_at=invitation.expires_at, language=(get_language() or "sv")[:2],
        )
    )  # fmt: skip


@transaction.atomic
def invite(
    *,
    email: str,
    role: str,
    node: Organisation,
    by: Person | None,
    at: datetime,
    given_name: str = "",
    family_name: str = "",
    reason: str = "",
) -> Invitation:
    """Offer the role at the node to whoever reads the mail; the link in it works for 14 days."""
    email = clean(email).lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise UnableToInvite(_("Skriv en e-postadress, till exempel namn@exempel.se."), field="email") from error
    refuse_to_trust(role, node, by, UnableToInvite)
    node = Organisation.objects.get(pk=node.pk)
    if not node.is_open(timezone.localdate(at)):
        raise UnableToInvite(_("%(node)s är stängd.") % {"node": node}, field="node")
    # An invitation that has run out no longer stands in the way of a new one.
    Invitation.objects.unanswered().filter(email__iexact=email, role=role, node=node, expires_at__lte=at).update(
        withdrawn_at=at
    )
    key = new_invitation_key()
    invitation = Invitation(
        email=email, given_name=" ".join(clean(given_name).split()), family_name=" ".join(clean(family_name).split()),
        role=role, node=node, reason=" ".join(clean(reason).split()), key_hash=hashed(key), invited_by=by,
        invited_at=at, expires_at=at + LASTS,
    )  # fmt: skip
    try:
        invitation.full_clean()
        with transaction.atomic():
            invitation.save()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise UnableToInvite(messages[0], field=None if field == "__all__" else field) from error
    except IntegrityError as error:  # two clicks at the same moment
        raise UnableToInvite(_("Det finns redan en inbjudan till den adressen."), field="email") from error
    _tell(invitation, key, by, at)
    return invitation


@transaction.atomic
def resend(*, invitation: Invitation, by: Person, at: datetime) -> Invitation:
    """Send the invitation again with a new link for another 14 days; the old link stops working."""
    again = Invitation.objects.select_for_update(of=("self",)).select_related("node").get(pk=invitation.pk)
    if again.accepted_at or again.withdrawn_at:
        raise UnableToInvite(_("Inbjudan är redan besvarad eller återtagen."))
    refuse_to_trust(again.role, again.node, by, UnableToInvite)
    key = new_invitation_key()
    again.key_hash, again.expires_at, again.invited_at = hashed(key), at + LASTS, at
    again.save(update_fields=["key_hash", "expires_at", "invited_at"])
    _tell(again, key, by, at)
    return again


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Person, at: datetime) -> Invitation:
    """Take the invitation back; its link stops working."""
    if not Invitation.objects.unanswered().filter(pk=invitation.pk).update(withdrawn_at=at):
        raise UnableToInvite(_("Inbjudan är redan besvarad eller återtagen."))
    before = {"email": invitation.email, "role": str(invitation.role)}
    tell(InvitationWithdrawn(invitation.pk, invitation.node_id, by.pk, at, before, {}))
    invitation.refresh_from_db()
    return invitation


@transaction.atomic
def accept(
    *,
    invitation: Invitation,
    at: datetime,
    by: Person | None,
    given_name: str = "",
    family_name: str = "",
    password: str = "",
    language: str = "sv",
) -> tuple[Person, Assignment]:
    """Say yes: with a new account, or as the signed-in person (`by`) whose address was invited.

    Whoever opened the link has shown that the address is theirs. What the inviter was trusted with then is what
    counts: the role was checked when it was offered.
    """
    offer = (
        Invitation.objects.select_for_update(of=("self",)).select_related("node", "invited_by").get(pk=invitation.pk)
    )
    if not offer.is_waiting(at):
        raise UnableToAccept(_("Inbjudan gäller inte längre. Be den som bjöd in dig att skicka en ny."))
    known = Person.objects.filter(email__iexact=offer.email).first()
    if known is not None and (by is None or by.pk != known.pk):
        raise UnableToAccept(_("Det finns redan ett konto med den adressen. Logga in för att tacka ja."))
    if known is None and by is not None:
        raise UnableToAccept(_("Inbjudan gäller en annan e-postadress. Logga ut och öppna länken igen."))
    person = known or create_person(
        email=offer.email, password=password, given_name=given_name, family_name=family_name, language=language, at=at,
        by=None,
    )  # fmt: skip
    offer.accepted_at = at
    offer.save(update_fields=["accepted_at"])
    try:
        post = assign(person=person, role=offer.role, node=offer.node, by=None, at=at, reason=offer.reason)
    except UnableToAssign as refused:
        raise UnableToAccept(refused.reason) from refused
    if offer.invited_by is not None:
        Assignment.objects.filter(pk=post.pk).update(granted_by=offer.invited_by)
        post.refresh_from_db()
    return person, post


def create_person(
    *,
    email: str,
    password: str,
    given_name: str,
    family_name: str,
    at: datetime,
    by: Person | None,
    language: str = "sv",
) -> Person:
    """A new account whose address is known to be right; without a password one signs in by code or passkey."""
    person = Person(
        email=email.lower(), given_name=" ".join(clean(given_name).split())[:80],
        family_name=" ".join(clean(family_name).split())[:80], language=language, joined_at=at,
    )  # fmt: skip
    if password:
        person.set_password(password)
    else:
        person.set_unusable_password()
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    tell(PersonJoined(person.pk, by.pk if by else None, at, {}, {"name": person.get_full_name()}))
    return person
