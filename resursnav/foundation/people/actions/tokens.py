"""Give a program a key, note that it was used, and take it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.errors import Unable
from resursnav.kernel.events import tell
from resursnav.kernel.text import clean

from ..events import ApiTokenMade, ApiTokenRevoked
from ..models import ApiToken, Person
from ..tokens import SCOPES, hashed, new_key

LONGEST_LIFE = timedelta(days=366)
AT_MOST = 20


class UnableToMakeToken(Unable):
    """The key cannot be made."""


@transaction.atomic
def make_token(
    *, person: Person, name: str, scopes: Iterable[str], expires_at: datetime, by: Person, at: datetime
) -> tuple[ApiToken, str]:
    """A new key for the person, and the key itself, which is never to be seen again."""
    name, chosen = " ".join(clean(name).split()), sorted(set(scopes))
    if by.pk != person.pk:
        raise UnableToMakeToken(_("Bara du själv kan göra nycklar till ditt konto."))
    if not name or len(name) > 80:
        raise UnableToMakeToken(_("Skriv vad nyckeln används till, med högst 80 tecken."), field="name")
    if not chosen or not set(chosen) <= set(SCOPES):
        raise UnableToMakeToken(_("Välj minst en sak som nyckeln får göra."), field="scopes")
    if not at < expires_at <= at + LONGEST_LIFE:
        raise UnableToMakeToken(_("En nyckel gäller i högst ett år."), field="expires")
    if ApiToken.objects.usable().filter(person=person).count() >= AT_MOST:
        raise UnableToMakeToken(_("Du har redan tjugo nycklar. Återkalla en som inte används."))
    key = new_key()
    token = ApiToken.objects.create(
        person=person, name=name, key_hash=hashed(key), hint=key[:8], scopes=chosen, created_at=at,
        expires_at=expires_at,
    )  # fmt: skip
    tell(ApiTokenMade(person.pk, by.pk, at, {}, {"name": name, "scopes": chosen}))
    return token, key


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Person, at: datetime) -> ApiToken:
    """Let the key open nothing from now on; revoked twice, the first time counts."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at):
        tell(ApiTokenRevoked(token.person_id, by.pk, at, {"name": token.name}, {}))
    token.refresh_from_db()
    return token


@transaction.atomic
def note_use(*, key_hash: str, at: datetime) -> None:
    """Note that the key was used, at most once an hour so that reading does not become writing."""
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - timedelta(hours=1))
    ApiToken.objects.filter(stale, key_hash=key_hash).update(last_used_at=at)
