"""What may not be written at all: signals, generic keys, hidden imports, unsafe markup, inline style and script."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .house import PACKAGE, ROOT, parsed, python_files, templates

# Where text may be called safe, each with its reason.
SAFE = {
    "foundation/ui/icons.py": "icons come from the installed package or our own table, never from a person",
}
# Where the clock is read; everything else takes at= as an argument.
CLOCKS = re.compile(r"(^|/)(views|jobs|api)(\.py$|/)|/management/commands/|^site/")
CLOCK_EXCUSED = {
    "foundation/access/limits.py": "counts the questions of a minute, before any of our own pages",
    "foundation/imports/actions.py": "compares with the clock of the file system, by which files are stamped",
}
_STYLE = re.compile(r"<[a-z][^>]*?\s(style|on[a-z]+)\s*=", re.IGNORECASE)
_INLINE = re.compile(r"<script(?![^>]*\b(?:src|type=\"application/(?:ld\+)?json\"))[^>]*>|<style\b", re.IGNORECASE)
_SAFE_FILTER = re.compile(r"\|\s*(safe|safeseq)\b|{%\s*autoescape\s+off")
_REASON = re.compile(r"(?:^|\s)\(?[a-z]{2,} [a-z]+")
_IGNORE = re.compile(r"#\s*(noqa|type:\s*ignore|nosec|pragma: no cover|fmt: (?:off|skip))([^#]*)(#.*)?$")


def ruff(source, name="resursnav/deliver/resources/models.py"):
    """The codes that ruff reports for the source as if it stood in that file."""
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--no-cache",
        "--output-format=concise",
        f"--stdin-filename={name}",
    ]
    run = subprocess.run([*command, "-"], cwd=ROOT, input=source, capture_output=True, text=True)
    return re.findall(r":\d+:\d+: ([A-Z]+\d+)", run.stdout)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("from django.contrib.contenttypes.fields import GenericForeignKey\n\nx = GenericForeignKey()\n", "TID251"),
        ("from django.contrib.contenttypes.fields import GenericRelation\n\nx = GenericRelation()\n", "TID251"),
        ("from django.db.models.signals import post_save\n\npost_save.connect(print)\n", "TID251"),
        ("from django.db.models import signals\n\nsignals.post_save.connect(print)\n", "TID251"),
        ("from django.dispatch import receiver\n\nx = receiver\n", "TID251"),
        ("from django.utils import timezone\n\nx = timezone.now()\n", "TID251"),
        ("def hidden() -> None:\n    import json\n\n    json.dumps(1)\n", "PLC0415"),
        ("from datetime import datetime\n\nx = datetime.now()\n", "DTZ005"),
        ('from django.utils.translation import gettext as _\n\nx = _(f"Hej {1}")\n', "INT001"),
        ('print("x")\n', "T201"),
    ],
)
def test_it_bans_by_ruff(source, code):
    assert code in ruff(source)


def test_it_lets_only_the_outer_drawers_read_the_clock():
    source = "from django.utils import timezone\n\nx = timezone.now()\n"
    assert ruff(source, "resursnav/deliver/resources/views.py") == []
    assert ruff(source, "resursnav/deliver/resources/actions.py") == ["TID251"]


def clock_reads(path, tree):
    """Lines that read the clock where it must be handed in; ruff sees timezone.now, not its other ways."""
    if CLOCKS.search(path):
        return []
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"datetime.now", "date.today", "time.time", "now"}
    ]


def test_it_reads_the_clock_only_in_the_outer_drawers():
    found = []
    for path, tree in parsed(python_files(PACKAGE)):
        name = path.relative_to(PACKAGE).as_posix()
        found += [f"{name}:{line}" for line in clock_reads(name, tree) if name not in CLOCK_EXCUSED]
    assert found == [], "take at= as an argument"


@pytest.mark.parametrize("source", ["x = datetime.now(tz=UTC)", "x = date.today()", "x = time.time()"])
def test_it_catches_a_seeded_clock(source):
    assert clock_reads("deliver/resources/actions.py", ast.parse(source)) == [1]
    assert clock_reads("deliver/resources/jobs.py", ast.parse(source)) == []


def unsafe_python(tree):
    """Lines that call text safe."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"mark_safe", "SafeString"}
    ]


def faults_of_template(source):
    """What a template may not hold: (line, what)."""
    checks = ((_STYLE, "style or on… attribute"), (_INLINE, "inline script or style"), (_SAFE_FILTER, "unsafe filter"))
    return [
        (source.count("\n", 0, match.start()) + 1, what)
        for pattern, what in checks
        for match in pattern.finditer(source)
    ]


def test_it_calls_text_safe_only_where_listed():
    found = {}
    for path, tree in parsed(python_files(PACKAGE)):
        if lines := unsafe_python(tree):
            found[path.relative_to(PACKAGE).as_posix()] = lines
    assert {name: lines for name, lines in found.items() if name not in SAFE} == {}, "use format_html"
    assert set(SAFE) <= set(found), "what is no longer used needs no excuse"


def test_it_keeps_templates_free_of_inline_style_script_and_unsafe_text():
    found = {
        path.relative_to(PACKAGE).as_posix(): faults
        for path in templates(PACKAGE)
        if (faults := faults_of_template(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color: red">',
        '<a href="#" onclick="go()">',
        "<script>go()</script>",
        '<script type="module">go()</script>',
        "<style>p {}</style>",
        "{{ text|safe }}",
        "{{ texts|safeseq|join:'' }}",
        "{% autoescape off %}",
    ],
)
def test_it_catches_seeded_unsafe_markup(source):
    assert faults_of_template(f"<div>\n{source}")[0][0] == 2


def test_it_accepts_files_and_data():
    fine = '<script src="x.js" defer></script><script type="application/ld+json">{}</script><link rel="stylesheet">'
    assert faults_of_template(fine + "<button data-style='x' class='on'>") == []


def test_it_catches_a_seeded_mark_safe():
    assert unsafe_python(ast.parse("x = mark_safe(text)\ny = safestring.SafeString(text)")) == [1, 2]


def unexplained(source):
    """Lines that silence a check without saying why on the same line."""
    return [
        number
        for number, line in enumerate(source.splitlines(), 1)
        if (found := _IGNORE.search(line)) and "fmt:" not in found[1] and not (found[3] or _REASON.search(found[2]))
    ]


def test_it_explains_every_silenced_check():
    files = [*python_files(ROOT / "resursnav", tests=True), *python_files(ROOT / "tests", tests=True)]
    files += [path for name in ("tools", "bench") for path in python_files(ROOT / name)]
    found = {
        path.relative_to(ROOT).as_posix(): lines
        for path in files
        if path != Path(__file__) and (lines := unexplained(path.read_text(encoding="utf-8")))
    }
    assert found == {}, "say why, after a second # on the same line"
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ignores = re.search(r"\nignore = \[\n(.*?)\n\]", config, re.DOTALL)
    assert ignores
    assert [line for line in ignores[1].splitlines() if "#" not in line] == []


def test_it_catches_a_seeded_silence():
    assert unexplained("x = 1  # noqa: E501\ny = 2  # type: ignore[misc]\nz = 3  # noqa: E501  # long address\n") == [
        1,
        2,
    ]
