"""`make test` says what went wrong, what it skipped and how to get it, and pytest's own last words."""

from __future__ import annotations

import sys

import pytest

from tools import check


def test_it_fails_when_a_step_fails_and_names_it(capfd):
    run = check.Run()
    assert run.step("well", [sys.executable, "-c", "print('all fine')"])
    assert not run.step("badly", [sys.executable, "-c", "raise SystemExit(3)"])
    assert run.close() == 1
    said = capfd.readouterr().out
    assert "all fine" in said
    assert "FEL  badly" in said
    assert "Failed: badly" in said


def test_it_is_green_when_all_is_well(capfd):
    run = check.Run()
    run.step("well", [sys.executable, "-c", ""])
    assert run.close() == 0
    assert "Nothing was skipped.\nAll green." in capfd.readouterr().out


def test_what_is_skipped_is_named_with_the_way_to_get_it(capfd, monkeypatch):
    monkeypatch.setattr(check, "postgres_url", lambda: "")
    monkeypatch.setattr(check, "chromium", lambda: "")
    run = check.Run()
    check.postgres(run)
    check.browser(run)
    run.close()
    said = capfd.readouterr().out
    assert "SKIPPED  tests on PostgreSQL: set TEST_POSTGRES_URL=" in said
    assert "SKIPPED  tests in a browser: install Chromium" in said
    assert "Nothing was skipped" not in said


@pytest.mark.parametrize(
    "line",
    [
        "925 passed, 2 skipped in 177.24s (0:02:57)",
        "============ 16 failed, 26 passed, 927 deselected in 61.72s (0:01:01) ============",
        "1 error in 0.31s",
        "no tests ran in 0.02s",
    ],
)
def test_the_last_lines_are_pytests_own(line, capfd):
    run = check.Run()
    run.step("tests", [sys.executable, "-c", f"print({line!r})"])
    run.close()
    assert capfd.readouterr().out.splitlines()[-1] == f"tests: {line.strip('= ')}"


def test_it_runs_only_the_steps_that_are_named(monkeypatch, capsys):
    ran: list[str] = []
    steps = {name: lambda run, name=name: ran.append(name) for name in ("style", "types", "sqlite")}
    monkeypatch.setattr(check, "STEPS", steps)
    monkeypatch.setattr(sys, "argv", ["check.py", "types"])
    assert check.main() == 0
    assert ran == ["types"]
    monkeypatch.setattr(sys, "argv", ["check.py", "dans"])
    assert check.main() == 2
    assert "No such step: dans" in capsys.readouterr().err
