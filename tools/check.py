"""`make test`: everything that is checked, in one command; says at the end what was skipped and how to get it.

`make test CHECK="style types"` runs only the named steps.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
SUMMARY = re.compile(r"^(=+ )?(\d+ (passed|failed|error|skipped|deselected)|no tests ran).* in [\d.:]+.*$")
LOCAL_POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"
SQLITE = f"sqlite:///{ROOT / 'var' / 'unused.sqlite3'}"
WORKERS = os.environ.get("TEST_WORKERS", "2")
# Where a rule of the house lives, every line must have been run: the writers, the rules and the arithmetic.
COVERED = [
    "resursnav/kernel/*.py",
    "resursnav/site/actions.py",
    "resursnav/*/*/actions.py",
    "resursnav/*/*/actions/*.py",
    "resursnav/*/*/rules.py",
]
THRESHOLD = 100


@dataclass
class Result:
    """How one step went."""

    name: str
    ok: bool
    seconds: float
    summary: str = ""


@dataclass
class Run:
    """All steps of this run, and what was left out and why."""

    results: list[Result] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)

    def step(self, name: str, command: list[str], env: dict[str, str] | None = None) -> bool:
        """Run one step, show what it says as it says it, and remember how it went."""
        print(f"\n── {name}: {' '.join(command[2:] if command[1:2] == ['-m'] else command[1:])}", flush=True)
        began = time.monotonic()
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | (env or {}), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        summary = ""
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            if SUMMARY.match(line.strip()):
                summary = line.strip().strip("= ")
        code = process.wait()
        self.results.append(Result(name, code == 0, time.monotonic() - began, summary))
        return code == 0

    def skip(self, name: str, how: str) -> None:
        """Leave a step out, and remember how to get it."""
        self.skipped.append((name, how))

    def close(self) -> int:
        """The account at the end: every step, what was skipped, and pytest's own summaries last."""
        print("\n" + "─" * 78)
        for result in self.results:
            print(f"{'ok ' if result.ok else 'FEL'}  {result.name:<34} {result.seconds:7.1f} s   {result.summary}")
        for name, how in self.skipped:
            print(f"SKIPPED  {name}: {how}")
        if not self.skipped:
            print("Nothing was skipped.")
        bad = [result.name for result in self.results if not result.ok]
        print(f"Failed: {', '.join(bad)}" if bad else "All green.")
        for result in self.results:
            if result.summary:
                print(f"{result.name}: {result.summary}")
        return 1 if bad else 0


def module(name: str, *words: str) -> list[str]:
    return [PYTHON, "-m", name, *words]


def pytest(*words: str) -> list[str]:
    return module("pytest", "-q", "-p", "no:cacheprovider", *words)


def style(run: Run) -> None:
    run.step("style: lint", module("ruff", "check", "."))
    run.step("style: format", module("ruff", "format", "--check", "."))


def types(run: Run) -> None:
    run.step("types", module("mypy", "resursnav"), {"RESURSNAV_DEBUG": "1"})


def contracts(run: Run) -> None:
    run.step("contracts", [PYTHON, str(Path(PYTHON).parent / "lint-imports"), "--no-cache"])


def migrations(run: Run) -> None:
    run.step("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"])


def translations(run: Run) -> None:
    run.step("translations", [PYTHON, "tools/messages.py", "check"])


def docs(run: Run) -> None:
    run.step("generated docs", [PYTHON, "tools/docs.py", "check"])


def sqlite(run: Run) -> None:
    """All but the walks, and which lines they run: to count them makes every test half as long again."""
    words = ("-n", WORKERS, "-m", "not browser", "--ignore", "tests/walks", "--cov", "--cov-report=")
    run.step("tests on SQLite", pytest(*words), {"DATABASE_URL": SQLITE})


def walks(run: Run) -> None:
    """Every page as every role, in minutes; what they run has been counted."""
    run.step("walks over every page", pytest("-n", WORKERS, "tests/walks"), {"DATABASE_URL": SQLITE})


def coverage(run: Run) -> None:
    """Which lines both databases ran together."""
    if any(name == "tests on PostgreSQL" for name, _how in run.skipped):
        run.skip("coverage of actions and rules", "it counts both databases: see tests on PostgreSQL")
        return
    run.step(
        "coverage of actions and rules",
        module(
            "coverage", "report", f"--include={','.join(COVERED)}", f"--fail-under={THRESHOLD}", "--skip-covered", "-m"
        ),
    )


def postgres_url() -> str:
    """The PostgreSQL to test on: the one that is named, or a local one that lets us in."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        return url
    try:
        with socket.create_connection(("127.0.0.1", urlsplit(LOCAL_POSTGRES).port or 5432), timeout=2):
            pass
    except OSError:
        return ""
    probe = subprocess.run(
        [PYTHON, "-c", f"import psycopg; psycopg.connect({LOCAL_POSTGRES!r}, connect_timeout=3)"], capture_output=True
    )
    return LOCAL_POSTGRES if probe.returncode == 0 else ""


def postgres(run: Run) -> None:
    url = postgres_url()
    if not url:
        how = "set TEST_POSTGRES_URL=postgresql://user:password@host:5432/postgres (a user that may create databases)"
        run.skip("tests on PostgreSQL", how)
        return
    words = ("-n", WORKERS, "-m", "not browser", "--only-database")
    run.step("tests on PostgreSQL", pytest(*words), {"DATABASE_URL": url})
    # Some statements are for PostgreSQL alone: those of what is written in bulk.
    words = ("resursnav/deliver/resources/tests/test_bulk.py", "--cov", "--cov-append", "--cov-report=")
    run.step("what only PostgreSQL runs", pytest(*words), {"DATABASE_URL": url})


def chromium() -> str:
    """Where Chromium is, if it is anywhere; first the one that draws no window of its own, in half the time."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM", "") or next((found for name in names if (found := shutil.which(name))), "")


def browser(run: Run) -> None:
    found = chromium()
    if not found:
        how = "install Chromium (Debian: apt install chromium-headless-shell), or set CHROMIUM=/path/to/chromium"
        run.skip("tests in a browser", how)
        return
    run.step("tests in a browser", pytest("-m", "browser", "-n", WORKERS), {"CHROMIUM": found})


STEPS: dict[str, Callable[[Run], None]] = {
    "style": style,
    "types": types,
    "contracts": contracts,
    "migrations": migrations,
    "translations": translations,
    "docs": docs,
    "sqlite": sqlite,
    "walks": walks,
    "postgres": postgres,
    "coverage": coverage,
    "browser": browser,
}


def main() -> int:
    """Run the named steps, or all of them."""
    chosen = sys.argv[1:] or list(STEPS)
    unknown = [name for name in chosen if name not in STEPS]
    if unknown:
        print(f"No such step: {', '.join(unknown)}. Steps: {', '.join(STEPS)}", file=sys.stderr)
        return 2
    run = Run()
    for name in chosen:
        STEPS[name](run)
    return run.close()


if __name__ == "__main__":
    sys.exit(main())
