"""What allauth mails, from the form through the outbox, the worker and a relay to the link that is followed."""

import re
from datetime import UTC, datetime
from email import message_from_bytes

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp

from resursnav.foundation.access import Role
from resursnav.foundation.notices import jobs
from resursnav.foundation.notices.models import Mail, MailState
from resursnav.foundation.people import actions
from resursnav.foundation.people.models import Person
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD, NEW = "skogen-och-sjön", "sjön-och-skogen"
FOOT = "\n\n-- \nResurscentrum Norr, norr@example.org\nhttps://resurs.example.org\n"
# Words of allauth's own texts that would have come through untranslated, or in Swedish that is not ours.
NOT_OURS = re.compile(r"\b(thank you|this mail|e?mailet|your account|testserver|localhost)\b|IP-adress", re.I)


@pytest.fixture(autouse=True)
def centre(settings):
    settings.EMAIL_BACKEND = "resursnav.foundation.notices.backend.OutboxEmailBackend"
    settings.CENTRE_NAME, settings.CENTRE_EMAIL = "Resurscentrum Norr", "norr@example.org"
    settings.DEFAULT_FROM_EMAIL, settings.BASE_URL = "post@example.org", "https://resurs.example.org"


@pytest.fixture
def somebody():
    person = actions.create_person(
        email="asa@example.org", password=PASSWORD, given_name="Åsa", family_name="Öberg", at=datetime.now(UTC), by=None
    )
    factories.assignment(person, Role.TEACHER, factories.organisation())
    return person


@pytest.fixture
def delivered(relay):
    """What has reached the relay since it was last asked, after the worker has sent what was waiting."""
    read = 0

    def since():
        nonlocal read
        assert set(Mail.objects.filter(sent_at=None).values_list("state", flat=True)) <= {MailState.QUEUED}
        jobs.send_outbox()
        new, read = relay.mails[read:], len(relay.mails)
        return [message_from_bytes(one.as_bytes()) for one in new]

    return since


def text(mail):
    """What the mail says, after checking that it is in our words, from us, and to somebody by name."""
    said = mail.get_payload(decode=True).decode().replace("\r\n", "\n")
    assert mail["From"] == "Resurscentrum Norr <post@example.org>"
    assert said.startswith(("Hej Åsa,\n\n", "Hello Åsa,\n\n"))
    assert said.rstrip().endswith(FOOT.rstrip())
    assert not NOT_OURS.search(said), said
    return said


def sign_in(client, password=PASSWORD):
    client.post("/accounts/login/", {"login": "asa@example.org", "password": password}, HTTP_USER_AGENT="Firefox")
    client.post("/accounts/reauthenticate/", {"password": password})


def signed_in(client):
    return client.get("/me/").status_code == 200


def test_it_lets_one_choose_a_new_password(client, somebody, delivered):
    client.post("/accounts/password/reset/", {"email": "asa@example.org"})
    (mail,) = delivered()
    link = re.search(r"^https://resurs.example.org(/accounts/password/reset/key/\S+)$", text(mail), re.M)[1]
    address = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(address, {"password1": NEW, "password2": NEW}, HTTP_USER_AGENT="Firefox")
    (told,) = delivered()
    assert "Ditt lösenord är ändrat." in text(told)
    assert "Webbläsare: Firefox" in text(told)
    assert signed_in(client)
    client.post("/accounts/logout/")
    sign_in(client, NEW)
    assert signed_in(client)
    client.post("/accounts/logout/")
    spent = client.get(link, follow=True).content.decode()
    assert "Länken" in spent and "password1" not in spent


def test_it_lets_one_in_with_a_code(client, somebody, delivered):
    client.post("/accounts/login/code/", {"email": "asa@example.org"})
    (mail,) = delivered()
    code = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", text(mail), re.M)[1]
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert signed_in(client)


def test_it_changes_the_address_and_tells_the_old_one(client, somebody, delivered):
    sign_in(client)
    client.post("/accounts/email/", {"email": "ny@example.org", "action_add": ""})
    (mail,) = delivered()
    assert mail["To"] == "ny@example.org"
    link = re.search(r"^https://resurs.example.org(/accounts/confirm-email/\S+)$", text(mail), re.M)[1]
    page = client.get(link)
    assert "ny@example.org" in page.content.decode()
    client.post(link, HTTP_USER_AGENT="Firefox")
    told = delivered()
    assert Person.objects.get().email == "ny@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("ny@example.org", True)]
    assert "asa@example.org" in [mail["To"] for mail in told]
    assert any("från asa@example.org till ny@example.org" in text(mail) for mail in told)


@pytest.mark.django_db(transaction=True)  # allauth sends these after commit
def test_it_tells_when_the_second_step_changes(client, somebody, delivered, monkeypatch):
    sign_in(client)
    delivered()
    secret = totp.generate_totp_secret()
    monkeypatch.setattr(totp, "generate_totp_secret", lambda: secret)
    client.get("/accounts/2fa/totp/activate/")
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    client.post("/accounts/2fa/totp/activate/", {"code": code}, HTTP_USER_AGENT="Firefox")
    said = [text(mail) for mail in delivered()]
    assert any("Koder från appen är påslagna." in one for one in said)
    client.post("/accounts/2fa/recovery-codes/generate/", {}, HTTP_USER_AGENT="Firefox")
    assert [("Nya reservkoder" in text(mail)) for mail in delivered()] == [True]
    client.post("/accounts/2fa/totp/deactivate/", {}, HTTP_USER_AGENT="Firefox")
    assert ["Koder från appen är avstängda." in text(mail) for mail in delivered()] == [True]
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
                HTTP_USER_AGENT="Firefox")  # fmt: skip
    (mail,) = delivered()
    assert mail["Subject"] and "Ditt lösenord är ändrat." in text(mail)


def test_it_writes_in_the_language_of_the_account(client, somebody, delivered):
    Person.objects.update(language="en")
    client.post("/accounts/password/reset/", {"email": "asa@example.org"})
    client.post("/accounts/login/code/", {"email": "asa@example.org"})
    reset, code = delivered()
    assert "You have asked to choose a new password." in text(reset)
    assert "Write the code in the browser" in text(code)
