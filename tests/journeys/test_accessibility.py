"""Every page in the list is examined by axe in a real browser, in several ways of seeing.

With RESURSNAV_WRITE_REPORT=1 what was found is written to docs/accessibility-report.json, from which the
accessibility statement is made.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests import factories

from .browser import MODES, TAGS, Mode, engine, runs_sideways, see, violations
from .page import Page
from .pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REPORT = Path(__file__).resolve().parents[2] / "docs" / "accessibility-report.json"


RUNS = [(page, mode) for page in PAGES for mode in page.modes]


def _kept() -> list[dict[str, Any]]:
    """What earlier runs found on the pages that are still in the list."""
    wanted = {(page.name, mode.name) for page, mode in RUNS}
    told = json.loads(REPORT.read_text("utf-8")) if REPORT.exists() else {"runs": []}
    return [run for run in told["runs"] if (run["page"], run["mode"]) in wanted]


@pytest.fixture(scope="module")
def report() -> Iterator[dict[str, Any]]:
    """What is found; a run of some pages replaces what was known of those, and the oldest day is the report's."""
    told: dict[str, Any] = {"date": "", "engine": "", "tags": list(TAGS), "runs": []}
    yield told
    if os.environ.get("RESURSNAV_WRITE_REPORT") != "1":
        return
    fresh = {(run["page"], run["mode"]) for run in told["runs"]}
    told["runs"] += [run for run in _kept() if (run["page"], run["mode"]) not in fresh]
    told["runs"].sort(key=lambda run: (run["page"], run["mode"]))
    told["date"] = min(run["date"] for run in told["runs"])
    REPORT.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


@pytest.mark.parametrize("examined", PAGES, ids=lambda examined: examined.name)
def test_it_passes_axe(
    window: Callable[..., Any], report: dict[str, Any], settings: Any, tmp_path: Path, examined: Page
):
    settings.DEMO, settings.DATA_DIR = examined.demo, tmp_path
    looker = factories.person(examined.role, factories.organisation()) if examined.role else None
    page = window(looker, examined.modes[0])
    page.goto(examined.address())
    faults = []
    for number, mode in enumerate(examined.modes):
        if number:  # what the page needs is in the database once
            see(page, mode)
        found = violations(page)
        report["engine"] = engine(page)
        report["runs"].append(
            {
                "page": examined.name,
                "mode": mode.name,
                "date": timezone.localdate().isoformat(),
                "violations": [{key: row[key] for key in ("id", "impact", "help", "count")} for row in found],
            }
        )
        faults += [{"mode": mode.name, **row} for row in found]
        if (wide := runs_sideways(page)) > 0:
            faults.append({"mode": mode.name, "id": "runs-sideways", "pixels": wide})
    assert faults == [], json.dumps(faults, indent=1, ensure_ascii=False)


def test_it_would_see_a_fault(window: Callable[..., Any]):
    page = window()
    page.goto("/ui/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend',"
        " '<img src=/static/ui/sign.svg><input name=x><div id=wide>x</div>')"
    )
    page.evaluate("document.getElementById('wide').style.width = '5000px'")
    assert {"image-alt", "label"} <= {row["id"] for row in violations(page)}
    assert runs_sideways(page) > 0


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode.recoloured], ids=lambda mode: mode.name)
def test_it_would_see_a_fault_of_colours_alone(window: Callable[..., Any], mode: Mode):
    page = window()
    page.goto("/ui/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p id=faint>Svart på ljust går att läsa.</p>')"
    )
    page.evaluate("document.getElementById('faint').style.cssText = 'color: #000; forced-color-adjust: none'")
    if mode.options.get("forced_colors"):
        page.evaluate("document.getElementById('faint').style.backgroundColor = '#333'")
    else:
        assert violations(page) == []
    violations(page)
    see(page, mode)
    assert {row["id"] for row in violations(page)} == {"color-contrast"}


def test_it_asks_nobody_else_and_breaks_no_policy(window: Callable[..., Any], live_server: Any):
    page = window()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/ui/")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    assert complaints == []
