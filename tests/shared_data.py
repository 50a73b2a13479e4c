"""Real registers and catalogues beside the checkout: read by tests where they exist, never copied."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("RESURSNAV_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


def shared(path: str) -> Path:
    """The file, or a skip that says which file was missing and how to point at it."""
    found = ROOT / path
    if not found.exists():
        pytest.skip(f"{path} is not beside the checkout; set RESURSNAV_SHARED_DATA to the folder that holds it")
    return found
