"""How writers wait for each other on SQLite."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.backends.sqlite3 import base

from resursnav.foundation.search.models import SynonymGroup

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not settings.EMBEDDED, reason="PostgreSQL has no single writer"),
]


def busy_timeout() -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA busy_timeout").fetchone()[0])


class Elsewhere(threading.Thread):
    """Somebody who writes on a connection of their own."""

    def __init__(self, write: Any) -> None:
        super().__init__()
        self.write, self.error = write, None

    def run(self) -> None:
        try:
            with transaction.atomic():
                self.write()
        except OperationalError as error:
            self.error = error
        finally:
            connection.close()


def test_it_waits_for_the_one_who_writes():
    came: list[str] = []
    with transaction.atomic():
        others = [Elsewhere(lambda: came.append("other")) for _ in range(4)]
        for other in others:
            other.start()
        came.append("first")
    for other in others:
        other.join(10)
    assert came == ["first", "other", "other", "other", "other"]
    assert [other.error for other in others] == [None] * 4


def test_it_gives_up_when_the_time_is_out(monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    with transaction.atomic():
        other = Elsewhere(lambda: None)
        other.start()
        other.join(10)
    assert "locked" in str(other.error)


def test_it_gives_up_in_the_line_too(monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    with transaction.atomic():
        others = [Elsewhere(lambda: None) for _ in range(3)]
        for other in others:
            other.start()
        for other in others:
            other.join(10)
    assert ["locked" in str(other.error) for other in others] == [True] * 3


def test_its_other_statements_wait_as_long_as_before():
    before = busy_timeout()
    with transaction.atomic():
        assert busy_timeout() == before == settings.DATABASES["default"]["OPTIONS"]["timeout"] * 1000
    assert busy_timeout() == before


def test_it_tells_other_faults_at_once(monkeypatch):
    def broken(_connection: Any) -> None:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(base.DatabaseWrapper, "_start_transaction_under_autocommit", broken)
    with pytest.raises(OperationalError, match="disk"), transaction.atomic():
        pass
    monkeypatch.undo()
    with transaction.atomic():  # and nobody is left standing in the line
        assert not SynonymGroup.objects.exists()
