"""What every test run shares: today's translations, and the choice of only what touches the database."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache

from resursnav.foundation.keeping import forget_all
from tests import migrated
from tools import messages

# The check tries the same made-up values each time, so that it fails for what was changed and not by chance;
# `pytest --hypothesis-profile=wandering` looks for new ones.
hypothesis.settings.register_profile("steady", derandomize=True)
hypothesis.settings.register_profile("wandering", max_examples=500)
hypothesis.settings.load_profile("steady")

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "client", "admin_client"}


@pytest.fixture(autouse=True)
def _begins_anew() -> None:
    """Each test begins with an empty cache, since limits count there and all tests come from one address.

    And with no search index, and nothing kept in the process: what an earlier test left would answer.
    """
    cache.clear()
    forget_all()
    shutil.rmtree(Path(settings.DATA_DIR) / "search", ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """--only-database keeps the tests whose answer could depend on the database engine."""
    parser.addoption("--only-database", action="store_true", help="only tests that touch the database")


def pytest_configure(config: pytest.Config) -> None:
    """Today's translations, since pages are tested in both languages; and a data folder of the tests' own.

    Else the index of a demo that has been started here would answer their searches.
    """
    messages.compile_all()
    migrated.install()
    folder = tempfile.TemporaryDirectory(prefix="resursnav-tests-")
    config.add_cleanup(folder.cleanup)
    settings.DATA_DIR = Path(folder.name)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that all cores work to the end; leave out what the option does not want."""
    items.sort(key=lambda item: "walks" not in item.path.parts)
    if not config.getoption("--only-database"):
        return
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        touches = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        again = touches and not item.get_closest_marker("one_engine")
        (kept if again else left).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left)
