"""What people see when the database is busy, and when something is broken."""

import sqlite3
import threading
from pathlib import Path

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client

from resursnav.site import faults
from resursnav.site.home import views


@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_asks_people_to_try_again_when_the_database_is_busy(db, monkeypatch, language):
    def busy(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(views, "render", busy)
    client = Client(raise_request_exception=False)
    session = client.session
    session["language"] = language
    session.save()
    answer = client.get("/about/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "20")
    wanted = {"sv": "Försök igen om en stund", "en": "Try again in a moment"}[language]
    assert wanted in answer.content.decode()


def test_it_takes_other_errors_upon_us(db, monkeypatch):
    def broken(*args, **kwargs):
        raise OperationalError("no such table: x")

    monkeypatch.setattr(views, "render", broken)
    answer = Client(raise_request_exception=False).get("/about/")
    assert (answer.status_code, answer.has_header("Retry-After")) == (500, False)
    assert "Något gick fel hos oss" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_it_recognises_what_sqlite_says_when_another_holds_the_lock():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has one writer")
    path = Path(str(connection.settings_dict["NAME"]))
    holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    release = threading.Timer(10, holder.rollback)
    release.start()
    connection.close()
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
            with pytest.raises(OperationalError) as caught:
                cursor.execute("BEGIN IMMEDIATE")
        assert faults.is_busy(caught.value)
    finally:
        release.cancel()
        holder.rollback()
        holder.close()
        connection.close()
    assert not faults.is_busy(ValueError("locked"))
    assert not faults.is_busy(None)
