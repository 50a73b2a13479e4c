"""One's own account: name, language, protection and closing; and the first administrator."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Role, may
from resursnav.foundation.organisations.models import Organisation
from resursnav.kernel.errors import Unable
from resursnav.kernel.events import tell
from resursnav.kernel.text import clean

from ..events import AccountClosed, PersonChanged
from ..models import ApiToken, Assignment, Person, SecurityMarking
from ..rules import PROTECT
from .assign import assign, end_assignment
from .invite import create_person

OWN_FIELDS = ("given_name", "family_name", "phone", "language")


class UnableToChange(Unable):
    """The account cannot be changed like that."""


class UnableToPlant(Unable):
    """The administrator cannot be made."""


@transaction.atomic
def change_person(
    *, person: Person, by: Person, at: datetime, given_name: str, family_name: str, phone: str, language: str
) -> Person:
    """Change what the account says about the person; the e-mail address has its own way, with a confirmation."""
    changed: Person = Person.objects.select_for_update().get(pk=person.pk)
    if by.pk != person.pk:
        raise UnableToChange(_("Bara du själv kan ändra dina uppgifter."))
    before = {field: getattr(changed, field) for field in OWN_FIELDS}
    given = {"given_name": given_name, "family_name": family_name, "phone": phone, "language": language}
    for field, value in given.items():
        setattr(changed, field, " ".join(clean(value).split()))
    if before["given_name"] and not changed.given_name:
        raise UnableToChange(_("Skriv ditt förnamn."), field="given_name")
    try:
        changed.full_clean(exclude=["password"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise UnableToChange(messages[0], field=field) from error
    after = {field: getattr(changed, field) for field in OWN_FIELDS}
    different = [field for field in OWN_FIELDS if before[field] != after[field]]
    if different:
        changed.save(update_fields=[*different, "name_key"])
        old, new = ({field: facts[field] for field in different} for facts in (before, after))
        tell(PersonChanged(changed.pk, by.pk, at, old, new))
    return changed


@transaction.atomic
def protect(*, person: Person, marking: str, by: Person | None, at: datetime, reason: str = "") -> Person:
    """Hide the person from every list, search and count by name; or show them again ("none")."""
    if marking not in SecurityMarking.values:
        raise UnableToChange(_("Välj ett skydd."), field="marking")
    if by is not None and not may(by, PROTECT, person):
        raise UnableToChange(_("Du kan bara ändra skydd för personer som du ansvarar för."))
    before = person.security_marking
    Person.objects.filter(pk=person.pk).update(security_marking=marking)
    person.refresh_from_db()
    if before != marking:
        # The reason stays with whoever decided: the trail says that it happened, not why.
        tell(PersonChanged(person.pk, by.pk if by else None, at, {"protection": before}, {"protection": marking}))
    return person


@transaction.atomic
def close_account(*, person: Person, by: Person, at: datetime) -> Person:
    """End the person's assignments and sign-in, and take away name and address; what they did stays done."""
    if by.pk != person.pk:
        raise UnableToChange(_("Bara du själv kan stänga ditt konto."))
    closing: Person = Person.objects.select_for_update().get(pk=person.pk)
    today = timezone.localdate(at)
    if closing.is_active and _is_last_administrator(closing):
        raise UnableToChange(_("Du är den sista systemadministratören. Ge någon annan uppdraget först."))
    for post in Assignment.objects.filter(person=closing).not_ended_on(today):
        end_assignment(assignment=post, by=by, at=at)
    EmailAddress.objects.filter(user=closing).delete()
    Authenticator.objects.filter(user=closing).delete()
    ApiToken.objects.filter(person=closing, revoked_at__isnull=True).update(revoked_at=at)
    closing.email, closing.given_name, closing.family_name = f"closed-{closing.pk}@invalid.example", "", ""
    closing.phone, closing.is_active, closing.closed_at = "", False, at
    closing.set_unusable_password()
    closing.save()
    tell(AccountClosed(closing.pk, by.pk, at, {}, {}))
    return closing


def _is_last_administrator(person: Person) -> bool:
    today = timezone.localdate()
    holding = Assignment.objects.filter(role=Role.ADMINISTRATOR).current(today)
    return holding.filter(person=person).exists() and not holding.exclude(person=person).exists()


@transaction.atomic
def plant_administrator(
    *,
    email: str,
    password: str,
    at: datetime,
    given_name: str = "",
    family_name: str = "",
    root: Organisation | None = None,
) -> Person:
    """An administrator at the root, or at every root of the tree; an account with the address is used if there is one.

    For the command line: whoever can run it on the server already has every power there is.
    """
    roots = [root] if root else list(Organisation.objects.filter(parent__isnull=True))
    if not roots:
        raise UnableToPlant(_("Det finns ingen region ännu. Läs in länen först."))
    try:
        validate_email(email)
    except ValidationError as error:
        raise UnableToPlant(_("Skriv en e-postadress, till exempel namn@exempel.se."), field="email") from error
    person: Person | None = Person.objects.filter(email__iexact=email).first()
    if person is None:
        person = create_person(
            email=email, password=password, given_name=given_name, family_name=family_name, at=at, by=None
        )
    elif password:
        person.set_password(password)
        person.save(update_fields=["password"])
    today = timezone.localdate(at)
    for node in roots:
        held = Assignment.objects.filter(person=person, role=Role.ADMINISTRATOR, node=node).not_ended_on(today)
        if not held.exists():
            assign(
                person=person, role=Role.ADMINISTRATOR, node=node, by=None, at=at, reason=str(_("Från kommandoraden"))
            )
    return person
