"""The ways in that only a real browser can try: a passkey, codes from an app, reserve codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import expect

from resursnav.foundation.access import Role
from resursnav.foundation.notices.models import Mail
from resursnav.foundation.people import actions
from resursnav.foundation.people.models import Person
from tests import factories

from .browser import runs_sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Window = Callable[..., Any]
PASSWORD = "skogen-och-sjön"
# What a telephone with a fingerprint reader is to a browser.
TELEPHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def somebody(settings: Any) -> Person:
    settings.EMAIL_BACKEND = "resursnav.foundation.notices.backend.OutboxEmailBackend"
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the test's server speaks plain http, as the demo does
    person = actions.create_person(
        email="asa@example.org", password=PASSWORD, given_name="Åsa", family_name="Öberg", at=datetime.now(UTC), by=None
    )
    factories.assignment(person, Role.TEACHER, factories.organisation(name="Västerbottens län"))
    return person


def sign_in(page: Any) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-postadress").fill("asa@example.org")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.wait_for_url(re.compile(r"/(accounts/2fa/authenticate/.*)?$"))


def prove(page: Any) -> None:
    """Say the password once more where the account's safety is concerned."""
    page.wait_for_url("**/accounts/reauthenticate/**")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.locator("main").get_by_role("button").first.click()


def looks_right(page: Any) -> None:
    """Like the rest: axe finds nothing, wide and on a phone, in light and dark; nothing runs sideways."""
    for width, scheme in ((1280, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
        assert runs_sideways(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")


def code_of(secret: str, ahead: int = 0) -> str:
    """What the app in the telephone shows."""
    counters = list(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counters[len(counters) // 2] + ahead))


def test_it_signs_in_with_a_passkey(window: Window, somebody: Person):
    page = window()
    telephone = page.context.new_cdp_session(page)
    telephone.send("WebAuthn.enable")
    kept = telephone.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})["authenticatorId"]
    sign_in(page)
    page.goto("/me/")
    page.get_by_role("link", name="Lägg till en passkey").click()
    prove(page)
    page.wait_for_url("**/accounts/2fa/webauthn/add/**")
    looks_right(page)
    page.get_by_label("Namn").fill("Min telefon")
    page.get_by_label("Logga in med bara den här").check()
    page.locator("main").get_by_role("button", name="Lägg till").click()
    page.wait_for_url(lambda url: "/add/" not in url)
    looks_right(page)
    assert len(telephone.send("WebAuthn.getCredentials", {"authenticatorId": kept})["credentials"]) == 1
    assert Authenticator.objects.filter(user=somebody, type="webauthn").count() == 1
    assert Mail.objects.filter(to="asa@example.org", subject="En passkey har lagts till").exists()

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="passkey").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto("/me/")
    expect(page.get_by_label("Förnamn")).to_have_value("Åsa")

    # Another telephone, which has never been here, does not open anything.
    page.context.clear_cookies()
    telephone.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": kept})
    telephone.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})
    page.goto("/accounts/login/")
    page.get_by_role("button", name="passkey").click()
    page.wait_for_timeout(1000)
    page.goto("/me/")
    page.wait_for_url("**/accounts/login/**")


def test_it_asks_for_codes_from_an_app_and_takes_a_reserve_code_once(window: Window, somebody: Person):
    page = window()
    sign_in(page)
    page.goto("/me/")
    page.get_by_role("link", name="Koder från en app").click()
    page.wait_for_url("**/accounts/2fa/**")
    if "reauthenticate" in page.url:
        prove(page)
    page.get_by_role("link", name="Slå på").click()
    if "reauthenticate" in page.url:
        prove(page)
    page.wait_for_url("**/accounts/2fa/totp/activate/**")
    looks_right(page)
    secret = page.locator("main input[readonly], main input[disabled]").first.input_value()
    page.get_by_label("Kod från appen").fill(code_of(secret))
    page.locator("main").get_by_role("button", name="Slå på").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/**")
    looks_right(page)
    reserves = page.locator("main textarea").input_value().split()
    assert len(reserves) == 10
    assert Mail.objects.filter(subject="Koder från en app är påslagna").exists()

    # The second step, with a code of the app (the one that was used a moment ago counts no more).
    other = window()
    sign_in(other)
    other.wait_for_url("**/accounts/2fa/authenticate/**")
    looks_right(other)
    other.get_by_label("Kod", exact=True).fill("000000")
    other.locator("main").get_by_role("button").first.click()
    expect(other.locator("main")).to_contain_text("stämmer inte")
    other.get_by_label("Kod", exact=True).fill(code_of(secret, ahead=1))
    other.locator("main").get_by_role("button").first.click()
    other.wait_for_url(lambda url: "/accounts/" not in url)

    for worked in (True, False):
        lost = window()
        sign_in(lost)
        lost.wait_for_url("**/accounts/2fa/authenticate/**")
        lost.get_by_label("Kod", exact=True).fill(reserves[0])
        lost.locator("main").get_by_role("button").first.click()
        if worked:
            lost.wait_for_url(lambda url: "/accounts/" not in url)
        else:
            expect(lost.locator("main")).to_contain_text("stämmer inte")
