"""Only the listed files of the npm packages are served."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from resursnav.foundation.ui.assets import MOUNTS, NodeModulesFinder, node_modules

installed = pytest.mark.skipif(not node_modules().is_dir(), reason="npm packages are not installed: run npm ci")


@pytest.fixture
def packages(settings, tmp_path: Path) -> Path:
    settings.NODE_MODULES = tmp_path
    folder = tmp_path / MOUNTS[0].folder
    folder.mkdir(parents=True)
    (folder / "index.css").write_text("a{}")
    (folder / "secret.css").write_text("b{}")
    return tmp_path


def test_it_lists_only_what_is_wanted(packages: Path):
    listed = [(storage.prefix, name) for name, storage in NodeModulesFinder().list([])]
    assert listed == [("designsystemet", "index.css")]


def test_it_finds_only_what_is_wanted(packages: Path):
    finder = NodeModulesFinder()
    assert finder.find("designsystemet/index.css") == str(packages / MOUNTS[0].folder / "index.css")
    assert finder.find("designsystemet/index.css", find_all=True) == [finder.find("designsystemet/index.css")]
    assert finder.find("designsystemet/index.css", all=True) == [finder.find("designsystemet/index.css")]
    assert finder.find("designsystemet/secret.css") == []
    assert finder.find("index.css") == []
    assert finder.find("fonts/inter/inter-latin-wght-normal.woff2") == []


def test_it_says_which_packages_are_missing(packages: Path):
    (warning,) = NodeModulesFinder().check()
    assert "htmx.org" in warning.msg
    assert "designsystemet" not in warning.msg
    assert "npm ci" in (warning.hint or "")


@installed
def test_everything_the_pages_ask_for_is_there():
    assert NodeModulesFinder().check() == []
    for path in (
        "designsystemet/index.css",
        "htmx/htmx.min.js",
        "ui/ui.css",
        "ui/tokens.css",
        "ui/ui.js",
        "ui/sign.svg",
    ):
        assert finders.find(path), path
    for mount in MOUNTS:
        for pattern in mount.patterns:
            assert finders.find(f"{mount.prefix}/{pattern}"), pattern


@installed
def test_what_a_page_needs_is_modest():

    files = ("ui/tokens.css", "ui/ui.css", "ui/ui.js", "designsystemet/index.css", "htmx/htmx.min.js")
    weight = sum(len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in files)
    assert weight < 60_000
