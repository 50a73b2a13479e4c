"""Where things stand in the house: read from .importlinter, so that every check knows the same order."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "resursnav"


@cache
def _layers(container: str) -> list[list[str]]:
    """The layers of the container from the top; those that may not know each other share a layer."""
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter", encoding="utf-8")
    for section in config.sections():
        found = config[section]
        if found.get("containers", "").strip() == container and found.get("exhaustive") == "true":
            return [[name.strip(" ()") for name in line.split("|")] for line in found["layers"].split()]
    return []


def home(module: str) -> tuple[str, str]:
    """The stage and the context of a module of ours: ("deliver", "resources"); ("site", "") for the site."""
    parts = module.split(".")
    if parts[0] != "resursnav" or len(parts) < 2:
        raise ValueError(f"{module} is not ours.")
    return parts[1], parts[2] if len(parts) > 2 and parts[1] not in {"site", "kernel"} else ""


def _height(name: str, container: str) -> int:
    layers = _layers(container)
    for index, layer in enumerate(layers):
        if name in layer:
            return len(layers) - index
    raise ValueError(f"{name} has no place in {container} (.importlinter).")


def stands_below(lower: str, upper: str) -> bool:
    """Whether the first module's context stands below the other's."""
    (low_stage, low), (up_stage, up) = home(lower), home(upper)
    if low_stage != up_stage:
        return _height(low_stage, "resursnav") < _height(up_stage, "resursnav")
    container = f"resursnav.{low_stage}"
    return bool(low and up) and _height(low, container) < _height(up, container)


def python_files(root: Path, *, tests: bool = False) -> list[Path]:
    """The Python files below the root; without migrations, and without tests unless asked for."""
    skipped = {"migrations", "node_modules", ".venv", "__pycache__", "var"} | (set() if tests else {"tests"})
    return [path for path in sorted(root.rglob("*.py")) if not skipped & set(path.relative_to(root).parts)]


def templates(root: Path) -> list[Path]:
    """The HTML templates below the root."""
    return [path for path in sorted(root.rglob("*.html")) if "templates" in path.parts and "tests" not in path.parts]


def parsed(paths: list[Path]) -> Iterator[tuple[Path, ast.Module]]:
    """Each file with its syntax tree."""
    for path in paths:
        yield path, ast.parse(path.read_text(encoding="utf-8"), str(path))
