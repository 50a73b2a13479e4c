"""Every form that a stranger can send is held back when it comes too often, and the page says when to try again."""

import pytest
from allauth.core.internal.ratelimit import parse_rates
from django.conf import settings
from django.core import mail
from django.test import override_settings
from django.urls import reverse

from tests import factories
from tests.architecture.addresses import addresses

pytestmark = pytest.mark.django_db

# Open forms that need no limit of their own, each with its reason.
EXCUSED = {
    "ui:set_language": "changes one's own visit alone",
    "exchange:oai": "asks, as its protocol has it, and changes nothing",
    "api:nothing": "there is nothing behind it, and the door counts who knocks",
    "resources:remove_tip": "is for the writer of the tip; a stranger is refused before anything is done",
}
ARGUMENTS = {"key": "x", "pk": 1, "token": "x", "uidb36": "1"}


def open_forms():
    """Names of our own pages that strangers may send something to."""
    for address in addresses():
        for view in address.guards:
            open_to_all = getattr(view, "public", False) or getattr(getattr(view, "rule", None), "for_strangers", False)
            if open_to_all and "POST" in getattr(view, "methods", ()) and not getattr(view, "scope", ""):
                yield address.name


def test_it_holds_back_every_form_that_strangers_can_send():
    assert set(open_forms()) - set(settings.FORMS_PER_MINUTE) - set(EXCUSED) == set()
    assert set(EXCUSED) <= set(open_forms())


def test_it_knows_only_forms_that_there_are():
    assert set(settings.FORMS_PER_MINUTE) <= {address.name for address in addresses()}


@pytest.mark.parametrize("name", sorted(settings.FORMS_PER_MINUTE))
def test_it_says_when_to_try_again(client, name):
    found = next(address for address in addresses() if address.name == name)
    url = reverse(name, kwargs={part: ARGUMENTS[part] for part, _kind in found.arguments})
    with override_settings(FORMS_PER_MINUTE={name: 1}, ACCOUNT_RATE_LIMITS={}):
        assert client.post(url, {}).status_code != 429
        answer = client.post(url, {})
        assert client.post(url, {}, REMOTE_ADDR="192.0.2.9").status_code != 429
        assert client.get(url).status_code != 429
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert "Försök igen om en minut" in answer.content.decode()


def test_it_does_not_hold_back_those_who_have_signed_in(client):
    client.force_login(factories.person(), "allauth.account.auth_backends.AuthenticationBackend")
    with override_settings(FORMS_PER_MINUTE={"ui:report_flaw": 1}):
        assert [client.post("/accessibility/report/", {}).status_code == 429 for _ in range(3)] == [False] * 3


def test_it_tells_allauths_own_limits_on_the_same_page(client):
    with override_settings(ACCOUNT_RATE_LIMITS={"reset_password": "1/m/ip"}):
        for _ in range(2):
            answer = client.post("/accounts/password/reset/", {"email": "asa@example.org"})
    assert answer.status_code == 429
    assert answer["Retry-After"] == "180"
    assert "Försök igen om 3 minuter" in answer.content.decode()


def test_it_takes_everybody_behind_the_proxy_for_somebody_of_their_own(client, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}

    def reset(address):
        headers = {"X-Forwarded-For": address}
        return client.post("/accounts/password/reset/", {"email": "asa@example.org"}, headers=headers).status_code

    assert [reset("192.0.2.1"), reset("192.0.2.1"), reset("192.0.2.2")] == [302, 429, 302]
    assert mail.outbox == []


def test_it_has_rates_that_can_be_read():
    assert all(parse_rates(rate) for rate in settings.ACCOUNT_RATE_LIMITS.values())
