"""What was too much is refused in words, on a page like all others."""

import pytest

pytestmark = pytest.mark.django_db


def test_it_says_that_what_was_sent_is_too_large(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.post("/accessibility/report/", {"text": "x" * 1000})
    assert response.status_code == 413
    assert "Det som skickades är för stort" in response.content.decode()


def test_it_says_that_there_were_too_many_fields(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    response = client.post("/accessibility/report/", {"text": "x", "page": "/", "aid": "y"})
    assert response.status_code == 413


def test_it_still_says_that_something_was_broken(client):
    response = client.get("/", headers={"host": "somewhere.else"})
    assert response.status_code == 400
    assert "Vi förstod inte det som skickades" in response.content.decode()


def test_it_leads_on_where_signing_in_may_help(client, settings):
    assert "?next=/no-such-page/" in client.get("/no-such-page/").content.decode()
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    too_large = client.post("/accessibility/report/", {"text": "x" * 1000}).content.decode()
    assert "?next=" not in too_large
    assert "Till startsidan" in too_large
