"""The import contracts hold, and each is shown to catch a breach (.importlinter, tools/contracts.py)."""

import configparser
import shutil
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import grimp
import pytest
from importlinter import configuration
from importlinter.application import use_cases
from importlinter.domain.contract import registry

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("resursnav", include_external_packages=True, cache_dir=None)


@pytest.fixture(scope="module")
def options():
    configuration.configure()
    found = use_cases.read_user_options(str(ROOT / ".importlinter"))
    use_cases._register_contract_types(found)
    return found


def broken(graph, options):
    """The ids of the contracts that the graph breaks."""
    return {
        wanted["id"]
        for wanted in options.contracts_options
        if not registry.get_contract_class(wanted["type"])(wanted["name"], options.session_options, wanted)
        .check(deepcopy(graph), verbose=False)
        .kept
    }


def unplaced(root, written):
    """Stages with contexts for which no exhaustive contract says their order."""
    config = configparser.ConfigParser()
    config.read_string(written)
    placed = {
        config[section]["containers"].strip()
        for section in config.sections()
        if config[section].get("exhaustive", "") == "true"
    }
    stages = {path.parent.parent for path in (root / "resursnav").glob("*/*/apps.py")}
    return sorted(stage.name for stage in stages if f"resursnav.{stage.name}" not in placed)


def test_it_keeps_the_import_contracts(graph, options):
    assert broken(graph, options) == set(), "run lint-imports to see which imports"


def test_it_places_every_context_of_every_stage():
    assert unplaced(ROOT, (ROOT / ".importlinter").read_text()) == []


@pytest.mark.parametrize(
    ("importer", "imported", "contract"),
    [
        ("resursnav.kernel.text", "django", "kernel"),
        ("resursnav.kernel.text", "resursnav.foundation.access.rules", "loop"),
        ("resursnav.foundation.people.models", "resursnav.deliver.resources.models", "loop"),
        ("resursnav.deliver.resources.models", "resursnav.site.settings", "loop"),
        ("resursnav.foundation.organisations.models", "resursnav.foundation.people.models", "foundation"),
        ("resursnav.foundation.access.rules", "resursnav.foundation.threads.models", "foundation"),
        ("resursnav.deliver.curriculum.apps", "resursnav.deliver.resources.models", "deliver"),
        ("resursnav.deliver.resources.rules", "resursnav.deliver.resources.apps", "inside"),
        ("resursnav.deliver.resources.models", "resursnav.deliver.resources.rules", "inside"),
        ("resursnav.deliver.resources.rules", "resursnav.foundation.threads.handlers", "pages"),
        ("resursnav.deliver.resources.rules", "resursnav.foundation.threads.apps", "pages"),
        ("resursnav.foundation.access.rules", "resursnav.foundation.access.reach", "acyclic"),
    ],
)
def test_it_catches_a_seeded_import(graph, options, importer, imported, contract):
    seeded = deepcopy(graph)
    assert {importer, imported} <= seeded.modules
    seeded.add_import(importer=importer, imported=imported)
    assert contract in broken(seeded, options)


@pytest.mark.parametrize("module", ["resursnav.extras", "resursnav.deliver.extras", "resursnav.foundation.utils"])
def test_it_catches_a_package_without_a_place(graph, options, module):
    seeded = deepcopy(graph)
    seeded.add_module(module)
    assert broken(seeded, options) & {"loop", "deliver", "foundation"}


def test_it_lets_the_site_and_tests_join_what_is_private(graph, options):
    seeded = deepcopy(graph)
    seeded.add_import(importer="resursnav.site.urls", imported="resursnav.foundation.threads.handlers")
    seeded.add_import(
        importer="resursnav.deliver.resources.tests.test_models", imported="resursnav.foundation.threads.handlers"
    )
    assert broken(seeded, options) == set()


def test_it_catches_a_stage_without_a_contract(tmp_path):
    context = tmp_path / "resursnav" / "listen" / "needs"
    context.mkdir(parents=True)
    (context / "apps.py").write_text("")
    written = (ROOT / ".importlinter").read_text()
    assert unplaced(tmp_path, written) == ["listen"]
    assert unplaced(tmp_path, written.replace("containers = resursnav.deliver", "containers = resursnav.listen")) == []


def test_it_sees_an_import_inside_a_function_through_the_command(tmp_path):
    """The whole way, as developers run it: a copy of the code with one hidden import."""
    shutil.copytree(ROOT / "resursnav", tmp_path / "resursnav", ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    with (tmp_path / "resursnav" / "foundation" / "access" / "rules.py").open("a") as file:
        file.write("\n\ndef hidden():\n    from resursnav.deliver.resources import models\n\n    return models\n")
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 1
    assert "resursnav.foundation is not allowed to import resursnav.deliver" in run.stdout
