"""Nothing grows too big to read: files of 400 lines, functions of 50, classes of 15 methods."""

import ast

import pytest

from .house import ROOT, parsed, python_files

FILE, FUNCTION, CLASS = 400, 50, 15

# What may be bigger, and why. Keep it short.
EXCUSED: dict[str, str] = {}


def too_big(path, tree, lines):
    """What in the file passes the limits, as (name, size)."""
    found = [(path, lines)] if lines > FILE else []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            found += [(f"{path}:{node.name}", size)] if size > FUNCTION else []
        elif isinstance(node, ast.ClassDef):
            methods = sum(isinstance(line, ast.FunctionDef | ast.AsyncFunctionDef) for line in node.body)
            found += [(f"{path}:{node.name}", methods)] if methods > CLASS else []
    return found


def all_too_big():
    files = [*python_files(ROOT / "resursnav", tests=True), *python_files(ROOT / "tests", tests=True)]
    files += [path for name in ("tools", "bench") for path in python_files(ROOT / name, tests=True)]
    return {
        name: size
        for path, tree in parsed(files)
        for name, size in too_big(
            path.relative_to(ROOT).as_posix(), tree, len(path.read_text(encoding="utf-8").splitlines())
        )
    }


def test_it_keeps_files_functions_and_classes_small():
    found = all_too_big()
    assert {name: size for name, size in found.items() if name not in EXCUSED} == {}
    assert set(EXCUSED) <= set(found), "what is small again needs no excuse"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("x = 1\n" * 401, "big.py"),
        ("def long():\n" + "    x = 1\n" * 50, "big.py:long"),
        ("class Many:\n" + "".join(f"    def m{n}(self): ...\n" for n in range(16)), "big.py:Many"),
        ("class A:\n    async def long(self):\n" + "        x = 1\n" * 50, "big.py:long"),
    ],
)
def test_it_catches_a_seeded_giant(source, name):
    assert [found for found, _size in too_big("big.py", ast.parse(source), source.count("\n"))] == [name]


def test_it_accepts_what_just_fits():
    source = (
        "def fits():\n" + "    x = 1\n" * 49 + "class Fits:\n" + "".join(f"    def m{n}(s): ...\n" for n in range(15))
    )
    assert too_big("fits.py", ast.parse(source), 400) == []
