"""What every walk needs."""

import pytest


@pytest.fixture(autouse=True)
def unhurried(settings):
    """A walk asks more often in a minute than a program may."""
    settings.API_PER_MINUTE = 1_000_000
