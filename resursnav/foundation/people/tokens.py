"""Keys: made at random, shown once, kept only as a hash.

A key is 256 random bits, so a plain SHA-256 of it cannot be guessed backwards; slow password hashing would only
make every call of the interface slow.
"""

from __future__ import annotations

import hashlib
import secrets

from django.utils.translation import gettext_lazy as _

from .models import ApiToken, Person

PREFIX = "rn_"
# What a program may be allowed to do, with the words that the person sees when choosing.
SCOPES = {
    "organisations:read": _("läsa organisationer"),
    "resources:read": _("läsa katalogen"),
    "resources:write": _("lägga till och ändra i katalogen"),
    "stock:read": _("läsa bestånd och exemplar"),
    "stock:write": _("ändra exemplars läge"),
    "lending:read": _("läsa bokningar och när något är ledigt"),
    "lending:write": _("boka, ändra och avboka"),
    "agreements:read": _("läsa avtal och vad de ger rätt till"),
    "streaming:read": _("läsa klasskoder och hur mycket som strömmas"),
    "streaming:write": _("göra och avsluta klasskoder"),
}


def new_key() -> str:
    """A new key, with a prefix that shows what it opens."""
    return PREFIX + secrets.token_urlsafe(32)


def hashed(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def person_for(raw: str) -> tuple[Person, frozenset[str]] | None:
    """The person that the key acts as, and its scopes; None when the key opens nothing (any more)."""
    token = ApiToken.objects.usable().filter(key_hash=hashed(raw)).select_related("person").first()
    if token is None:
        return None
    return token.person, frozenset(token.scopes)


def new_invitation_key() -> str:
    """A new key for the link in an invitation."""
    return secrets.token_urlsafe(32)
