"""Every package has its reason in docs/adr/0002, and the locks agree with each other."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
REQUIREMENTS = ROOT / "requirements"


def asked_for() -> set[str]:
    """Every package that one of our files asks for by name."""
    lines = [
        line for name in ("base", "test", "node") for line in (REQUIREMENTS / f"{name}.in").read_text().split("\n")
    ]
    python = {re.split(r"[\[~=<>;]", line)[0].strip() for line in lines if line.strip() and line[0] not in "#-"}
    package = json.loads((ROOT / "package.json").read_text())
    return python | set(package["dependencies"]) | set(package["devDependencies"])


def pins(name: str) -> dict[str, str]:
    """The locked versions."""
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^ \\;]+)", (REQUIREMENTS / name).read_text(), re.M))


def test_every_package_has_its_reason():
    explained = set(re.findall(r"^\| `([^`]+)` \|", (ROOT / "docs/adr/0002-dependencies.md").read_text(), re.M))
    assert explained == asked_for()


def test_testing_uses_the_very_versions_that_run():
    running, testing = pins("base.txt"), pins("test.txt")
    assert running
    assert {name: testing.get(name) for name in running} == running


@pytest.mark.parametrize("name", ["base.txt", "test.txt", "node.txt"])
def test_every_locked_package_has_a_hash(name):
    text = (REQUIREMENTS / name).read_text()
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        if "==" in block.partition("\n")[0]:
            assert "--hash=sha256:" in block, block.partition("\n")[0]


@pytest.mark.parametrize("path", ["requirements/base.txt", "requirements/test.txt", "requirements/node.txt"])
def test_a_lock_names_no_host(path):
    assert not re.search(r"https?://|--index-url|--find-links", (ROOT / path).read_text())


def test_the_npm_lock_names_no_host():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert packages
    assert not [name for name, about in packages.items() if "resolved" in about]
    assert all("integrity" in about for name, about in packages.items() if name)
