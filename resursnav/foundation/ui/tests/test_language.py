"""Swedish until somebody chooses otherwise, and refusals with a page."""

import pytest

from resursnav.foundation.access import Role
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_speaks_swedish_whatever_the_browser_says(client):
    response = client.get("/accessibility/", headers={"accept-language": "en-US"})
    assert '<html lang="sv">' in response.content.decode()
    assert response["Content-Language"] == "sv"
    assert "language" not in client.cookies


def test_it_changes_and_stays_on_the_page(client):
    response = client.post("/language/", {"language": "en", "next": "/accessibility/report/?page=/x/"})
    assert response["Location"] == "/accessibility/report/?page=/x/"
    assert '<html lang="en">' in client.get("/accessibility/").content.decode()
    assert set(client.cookies) <= {"sessionid", "csrftoken"}


@pytest.mark.parametrize("there", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_it_never_leads_away(client, there: str):
    assert client.post("/language/", {"language": "en", "next": there})["Location"] == "/"


def test_an_unknown_language_changes_nothing(client):
    client.post("/language/", {"language": "xx"})
    assert '<html lang="sv">' in client.get("/accessibility/").content.decode()


def test_the_account_keeps_the_language(client):
    person = factories.person(Role.TEACHER, factories.organisation(), language="en")
    client.force_login(person)
    assert '<html lang="en">' in client.get("/accessibility/").content.decode()


def test_a_signed_in_choice_is_kept_on_the_account(client):
    person = factories.person(Role.TEACHER, factories.organisation())
    client.force_login(person)
    client.post("/language/", {"language": "en"})
    person.refresh_from_db()
    assert person.language == "en"
    assert '<html lang="en">' in client.get("/accessibility/").content.decode()
    client.post("/language/", {"language": "sv"})
    assert '<html lang="sv">' in client.get("/accessibility/").content.decode()


def test_the_switch_cannot_be_a_link(client):
    response = client.get("/language/?language=en", headers={"accept": "text/html"})
    assert response.status_code == 405
    assert "Så kan sidan inte användas" in response.content.decode()
    assert response["Allow"] == "POST"
    assert client.get("/language/", headers={"accept": "application/json"}).content == b""
