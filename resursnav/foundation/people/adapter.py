"""How django-allauth behaves here: no open sign-up, and mails in the recipient's language through our outbox."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from resursnav.foundation.access import limits

from .models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts come from invitations alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account without having been invited."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Who asks, as everywhere else here: behind a proxy not the proxy, which all the world would share."""
        return limits.sender(request)

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """The same, also to an address that is no longer the person's."""
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the person's account, whatever the page was in, and in the centre's name."""
        person = context.get("user") or Person.objects.filter(email__iexact=email).first()
        said = {
            "name": person.get_short_name() if person else "",
            "centre_name": settings.CENTRE_NAME,
            "centre_email": settings.CENTRE_EMAIL,
            "base_url": settings.BASE_URL,
        }
        # A link leads to the site's own address, whatever name the request came by.
        said |= {name: _at_home(context[name]) for name in ("password_reset_url", "activate_url") if name in context}
        with translation.override(getattr(person, "language", None) or translation.get_language()):
            super().send_mail(template_prefix, email, context | said)


def _at_home(link: str) -> str:
    found = urlsplit(link)
    return f"{settings.BASE_URL}{found.path}" + (f"?{found.query}" if found.query else "")


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The second step, under the site's own name."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Who asks for the passkey: the centre's name at this host."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": settings.CENTRE_NAME}
