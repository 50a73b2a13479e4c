"""Everything that is kept about a person, as plain data that can be read and taken elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator

from .models import ApiToken, Assignment, Invitation, Person


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def everything_about(person: Person) -> dict[str, Any]:
    """What the person's account, assignments, invitations, keys and sign-in methods say; never a secret."""
    return {
        "account": {
            "email": person.email,
            "given_name": person.given_name,
            "family_name": person.family_name,
            "phone": person.phone,
            "language": person.language,
            "protection": person.security_marking,
            "joined": _text(person.joined_at),
            "last_login": _text(person.last_login),
        },
        "assignments": [
            {
                "role": post.role,
                "place": post.node.name,
                "from": post.valid_from.isoformat(),
                "to": post.valid_to.isoformat() if post.valid_to else None,
                "reason": post.reason,
            }
            for post in Assignment.objects.filter(person=person).select_related("node")
        ],
        "invitations": [
            {
                "role": one.role,
                "place": one.node.name,
                "invited": _text(one.invited_at),
                "accepted": _text(one.accepted_at),
            }
            for one in Invitation.objects.filter(email__iexact=person.email).select_related("node")
        ],
        "keys": [
            {"name": key.name, "scopes": key.scopes, "created": _text(key.created_at), "used": _text(key.last_used_at)}
            for key in ApiToken.objects.filter(person=person)
        ],
        "sign_in_methods": [
            {"kind": method.type, "added": _text(method.created_at)}
            for method in Authenticator.objects.filter(user=person)
        ],
    }
