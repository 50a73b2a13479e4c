"""The shelf stands in for every kind of thing that can be found."""

import pytest

from resursnav.foundation.search import index, registry

from .shelf import Shelf


@pytest.fixture
def shelf(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    made = Shelf()
    monkeypatch.setattr(registry, "kinds", lambda: {"thing": None})
    monkeypatch.setattr(registry, "source_of", lambda kind: made if kind == "thing" else None)
    index.read_synonyms_anew()
    return made
