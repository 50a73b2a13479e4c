"""What the tests of stock start from: a centre with one film on the shelf."""

from datetime import UTC, date, datetime

import pytest

from resursnav.foundation.access import Role
from resursnav.foundation.threads.models import Record
from resursnav.kernel import events
from tests import factories

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def centre():
    return factories.organisation(name="Region Kalmar län")


@pytest.fixture
def keeper(centre):
    return factories.person(Role.COORDINATOR, centre)


@pytest.fixture
def holding(centre):
    return factories.holding(factories.resource(centre, "film", title="Istiden"), number="D 1234")


@pytest.fixture
def told(monkeypatch):
    """The events that are told."""
    heard = []
    known = events.tell

    def hear(event):
        heard.append(event)
        known(event)

    for module in ("adding", "bulk", "states", "importing"):
        monkeypatch.setattr(f"resursnav.deliver.stock.actions.{module}.tell", hear, raising=False)
    return heard


@pytest.fixture
def item(holding, centre):
    return factories.item(holding, barcode="D-001", place=factories.stock_place(centre, code="M1", name="Magasinet"))


def verbs():
    """The verbs in the log, the oldest first, without their context."""
    return [record.verb.removeprefix("stock.") for record in Record.objects.order_by("pk")]
