"""Signing in: by password, by code, with limits on guessing, and no way to make an account of one's own."""

import re
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache

from resursnav.foundation.access import Role
from resursnav.foundation.people import actions
from resursnav.foundation.people.models import Person
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "skogen-och-sjön"


@pytest.fixture(autouse=True)
def fresh_limits(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()


@pytest.fixture
def somebody():
    node = factories.organisation()
    person = actions.create_person(
        email="åsa@example.org".replace("å", "a"), password=PASSWORD, given_name="Åsa", family_name="Öberg",
        at=datetime.now(UTC), by=None,
    )  # fmt: skip
    factories.assignment(person, Role.TEACHER, node)
    return person


def sign_in(client, somebody):
    """Signed in, and the password just said once more, as whatever touches the account's safety asks for."""
    client.post("/accounts/login/", {"login": somebody.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def is_signed_in(client):
    return client.get("/me/").status_code == 200


def test_it_signs_in_whatever_the_case_of_the_address(client, somebody):
    client.post("/accounts/login/", {"login": "ASA@Example.org", "password": PASSWORD})
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


def test_it_says_the_same_for_a_wrong_password_and_an_unknown_address(client, somebody):
    answers = [
        client.post("/accounts/login/", {"login": address, "password": "fel"}).context["form"].non_field_errors()
        for address in (somebody.email, "nobody@example.org")
    ]
    assert answers[0] == answers[1]
    page = client.post("/accounts/login/", {"login": "", "password": ""})
    assert page.context["form"].errors["login"] == ["Skriv din e-postadress."]


def test_it_stops_guessing(client, somebody):
    for _ in range(5):
        client.post("/accounts/login/", {"login": somebody.email, "password": "fel"})
    page = client.post("/accounts/login/", {"login": somebody.email, "password": PASSWORD})
    assert not is_signed_in(client)
    assert "För många" in page.content.decode()


def test_it_does_not_let_a_closed_account_in(client, somebody):
    actions.close_account(person=somebody, by=somebody, at=datetime.now(UTC))
    client.post("/accounts/login/", {"login": somebody.email, "password": PASSWORD})
    assert not is_signed_in(client)


def test_it_signs_in_with_a_code_from_a_mail(client, somebody):
    client.post("/accounts/login/code/", {"email": somebody.email})
    code = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", mail.outbox[0].body, re.M)[1]
    wrong = client.post("/accounts/login/code/confirm/", {"code": "AAAAAA"})
    assert not is_signed_in(client)
    assert wrong.status_code in {200, 302}
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert is_signed_in(client)


def test_it_sends_no_mail_to_an_unknown_address_and_says_nothing_of_it(client, somebody):
    for address in ("/accounts/login/code/", "/accounts/password/reset/"):
        known = client.post(address, {"email": somebody.email})
        sent = len(mail.outbox)
        client.post("/accounts/logout/")
        client.cookies.clear()
        unknown = client.post(address, {"email": "nobody@example.org"})
        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
        assert len(mail.outbox) == sent
        client.cookies.clear()


def test_it_lets_one_choose_a_new_password_by_mail(client, somebody):
    client.post("/accounts/password/reset/", {"email": somebody.email})
    link = re.search(r"(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    weak = client.post(address, {"password1": "kort", "password2": "kort"})
    assert weak.context["form"].errors
    client.post(address, {"password1": "sjön-och-skogen", "password2": "sjön-och-skogen"})
    somebody.refresh_from_db()
    assert somebody.check_password("sjön-och-skogen")


def test_it_writes_in_the_language_of_the_account(client, somebody):
    Person.objects.filter(pk=somebody.pk).update(language="en")
    client.post("/accounts/password/reset/", {"email": somebody.email})
    assert "choose a new password" in mail.outbox[0].body
    assert "lösenord" not in mail.outbox[0].body


def test_it_lets_nobody_sign_up(client):
    assert "Konto får du genom en inbjudan" in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD})
    assert not Person.objects.filter(email="new@example.org").exists()


def test_it_asks_for_the_second_step_where_it_was_chosen(client, somebody):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(somebody, secret)
    client.post("/accounts/login/", {"login": somebody.email, "password": PASSWORD})
    assert not is_signed_in(client)
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert is_signed_in(client)


def test_it_changes_the_address_only_when_the_new_one_has_answered(client, somebody):
    client.post("/accounts/login/", {"login": somebody.email, "password": PASSWORD})
    assert client.post("/accounts/email/", {"email": "x@example.org", "action_add": ""})["Location"].startswith(
        "/accounts/reauthenticate/"
    )
    sign_in(client, somebody)
    first = client.get("/accounts/email/").content.decode()
    assert 'name="action_add"' in first
    assert "Skicka länken igen" not in first
    client.post("/accounts/email/", {"email": "other@example.org", "action_add": ""})
    waiting = client.get("/accounts/email/").content.decode()
    assert "Vi har skickat en länk till other@example.org." in waiting
    assert "Ångra bytet" in waiting
    assert "style=" not in first + waiting
    client.post("/accounts/email/", {"email": "other@example.org", "action_remove": "1"})
    assert "other@example.org" not in client.get("/accounts/email/").content.decode().partition('class="rn-lead"')[2]
    client.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"})
    somebody.refresh_from_db()
    assert somebody.email == "asa@example.org"
    link = re.search(r"(/accounts/confirm-email/\S+)", mail.outbox[-1].body)[1]
    client.post(link)
    somebody.refresh_from_db()
    assert somebody.email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["new@example.org"]


PAGES = [
    "/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/", "/accounts/password/reset/done/",
    "/accounts/signup/", "/accounts/inactive/", "/accounts/confirm-email/", "/accounts/password/reset/key/x-y/",
    "/accounts/confirm-email/nonsense/", "/accounts/password/reset/key/done/",
]  # fmt: skip
OWN_PAGES = [
    "/accounts/logout/", "/accounts/email/", "/accounts/password/change/", "/accounts/reauthenticate/",
    "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_it_clothes_every_page_of_the_entrance(client, address):
    page = client.get(address, follow=True)
    text = page.content.decode()
    assert page.status_code in {200, 404}
    assert text.count("<h1") == 1
    assert "rn-header" in text
    assert 'style="' not in text


@pytest.mark.parametrize("address", OWN_PAGES)
def test_it_clothes_every_page_of_the_account(client, somebody, address):
    sign_in(client, somebody)
    page = client.get(address)
    text = page.content.decode()
    assert page.status_code == 200, page.get("Location")
    assert text.count("<h1") == 1
    assert 'style="' not in text
    assert "<script>" not in text
