import pytest

from .relay import Relay


@pytest.fixture
def relay(settings):
    """A running relay that the settings point at."""
    with Relay() as running:
        settings.DEMO = False
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", running.port, False
        yield running
