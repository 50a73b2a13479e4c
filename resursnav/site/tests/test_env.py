"""Settings come from the environment, are listed in docs/operating.md, and are refused clearly when they are wrong."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from resursnav.site import env, settings  # noqa: F401  # reading the settings declares the variables

ROOT = Path(__file__).resolve().parents[3]
PRODUCTION = {
    "RESURSNAV_URL": "https://resurs.example.org",
    "RESURSNAV_HOSTS": "resurs.example.org",
    "RESURSNAV_SECRET_KEY": "x" + "0123456789abcdefghijklmnopqrstuvwxyzåäö" * 2,
    "RESURSNAV_BEHIND_PROXY": "1",
    "RESURSNAV_FORCE_HTTPS": "1",
}


def row(variable: env.Variable) -> str:
    default = f"`{variable.default}`" if variable.default else ""
    return f"| `{variable.name}` | {default} | {variable.help} |"


def test_the_manual_lists_every_variable_with_its_default():
    written = [
        line for line in (ROOT / "docs" / "operating.md").read_text().splitlines() if re.match(r"\| `[A-Z]", line)
    ]
    wanted = [row(variable) for variable in env.variables.values()]
    assert written == wanted, "docs/operating.md should have this table:\n" + "\n".join(wanted)


def test_no_other_code_reads_a_variable_that_the_manual_does_not_list():
    read = re.compile(r"""os\.(?:environ(?:\.get\(|\[|\.setdefault\()|getenv\()\s*["'](\w+)""")
    found = {
        name
        for path in (ROOT / "resursnav").rglob("*.py")
        if "tests" not in path.parts
        for name in read.findall(path.read_text())
    }
    assert found
    assert found - set(env.variables) == {"DJANGO_SETTINGS_MODULE"}


def test_it_understands_a_sqlite_address():
    found = env.database("sqlite:////srv/resurs nav/å%20.sqlite3")
    assert found["ENGINE"] == "resursnav.site.sqlite"
    assert found["NAME"] == "/srv/resurs nav/å .sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "foreign_keys=ON" in found["OPTIONS"]["init_command"]
    assert env.database("sqlite:///var/db.sqlite3")["NAME"] == "var/db.sqlite3"


def test_it_understands_a_postgresql_address():
    found = env.database("postgresql://resurs%40nav:p%2Fss%3Aword@db.example.org:6432/county?sslmode=require")
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.postgresql", "county")
    assert (found["USER"], found["PASSWORD"]) == ("resurs@nav", "p/ss:word")
    assert (found["HOST"], found["PORT"]) == ("db.example.org", "6432")
    assert found["OPTIONS"] == {"sslmode": "require"}
    assert env.database("postgres:///county")["HOST"] == ""


@pytest.mark.parametrize(
    "url",
    ["", "sqlite://", "sqlite:///", "postgresql://host", "mysql://host/name", "county.sqlite3", "postgres://h:x/n"],
)
def test_it_refuses_what_is_no_database_address(url):
    with pytest.raises(ValueError):
        env.database(url)["PORT"]


@pytest.mark.parametrize(("written", "meant"), [("1", True), ("YES", True), (" on ", True), ("0", False), ("", False)])
def test_it_reads_yes_and_no(written, meant):
    assert env.flag(written) is meant


def test_it_reads_words():
    assert env.words(" a.se, b.se ,, ") == ["a.se", "b.se"]


def run(*words: str, **variables: str) -> subprocess.CompletedProcess:
    """The command line in an environment of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=kept | variables, capture_output=True, text=True, timeout=60
    )


BAD = [
    ("RESURSNAV_PORT", "åttatusen", "whole number"),
    ("RESURSNAV_PORT", "70000", "whole number"),
    ("RESURSNAV_SCHOOL_HOURS", "18-7", "two hours"),
    ("RESURSNAV_SCHOOL_HOURS", "morgon", "two hours"),
    ("RESURSNAV_DEBUG", "kanske", "1 or 0"),
    ("RESURSNAV_URL", "resurs.example.org", "http://name"),
    ("RESURSNAV_LOG", "mycket", "WARNING"),
    ("RESURSNAV_PROCESSES", "4", "PostgreSQL"),
    ("RESURSNAV_SECRET_KEY", "", "long random text"),
    ("DATABASE_URL", "mysql://root:hemligt@host/name", "sqlite:////path"),
]


@pytest.mark.parametrize(("name", "written", "told"), BAD)
def test_it_says_which_setting_is_wrong_and_what_to_write(name, written, told, tmp_path):
    variables = PRODUCTION | {"RESURSNAV_DATA_DIR": str(tmp_path), name: written}
    ended = run("-m", "resursnav.site", "doctor", **variables)
    assert ended.returncode == 1
    assert name in ended.stderr
    assert told in ended.stderr
    assert "hemligt" not in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_production_like_environment_passes_djangos_own_security_check(tmp_path):
    variables = PRODUCTION | {"RESURSNAV_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "resursnav.site.settings"}
    ended = run("-m", "django", "check", "--deploy", "--fail-level", "WARNING", **variables)
    assert ended.returncode == 0, ended.stderr


def test_the_security_check_would_see_an_open_site(tmp_path):
    variables = PRODUCTION | {"RESURSNAV_URL": "http://resurs.example.org", "RESURSNAV_DATA_DIR": str(tmp_path)}
    variables["DJANGO_SETTINGS_MODULE"] = "resursnav.site.settings"
    assert run("-m", "django", "check", "--deploy", "--fail-level", "WARNING", **variables).returncode == 1
