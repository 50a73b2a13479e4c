"""Everything that is kept about a person, as plain data that can be read and taken elsewhere."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps

from resursnav.kernel.manifest import AboutMe, Manifest, load

from .models import ApiToken, Assignment, Invitation, Person


def everything_about(person: Person) -> dict[str, Any]:
    """What every context says that it keeps about the person, by its name; never a secret."""
    return {one.key: load(one.run)(person) for one in declared()}


def declared() -> list[AboutMe]:
    """What the contexts have declared, in order."""
    manifests = (getattr(config, "manifest", None) for config in apps.get_app_configs())
    found = [one for manifest in manifests if isinstance(manifest, Manifest) for one in manifest.about_me]
    return sorted(found, key=lambda one: (one.order, one.key))


def account(person: Person) -> dict[str, Any]:
    """Name, addresses and settings."""
    return {
        "email": person.email,
        "addresses": list(EmailAddress.objects.filter(user=person).order_by("pk").values("email", "verified")),
        "given_name": person.given_name,
        "family_name": person.family_name,
        "phone": person.phone,
        "language": person.language,
        "protection": person.security_marking,
        "joined": person.joined_at,
        "last_login": person.last_login,
        "closed": person.closed_at,
    }


def assignments(person: Person) -> list[dict[str, Any]]:
    """The roles that one has and has had."""
    return [
        {
            "role": post.role,
            "place": post.node.name,
            "from": post.valid_from,
            "to": post.valid_to,
            "reason": post.reason,
        }
        for post in Assignment.objects.filter(person=person).select_related("node")
    ]


def invitations(person: Person) -> list[dict[str, Any]]:
    """Offers to one's address."""
    return [
        {"role": one.role, "place": one.node.name, "invited": one.invited_at, "accepted": one.accepted_at}
        for one in Invitation.objects.filter(email__iexact=person.email).select_related("node")
    ]


def keys(person: Person) -> list[dict[str, Any]]:
    """Keys for programs, without the keys."""
    return [
        {"name": key.name, "scopes": key.scopes, "created": key.created_at, "used": key.last_used_at}
        for key in ApiToken.objects.filter(person=person)
    ]


def sign_in_methods(person: Person) -> list[dict[str, Any]]:
    """Passkeys and codes, without their secrets."""
    return [{"kind": method.type, "added": method.created_at} for method in Authenticator.objects.filter(user=person)]
