"""A paper as PDF, from a template of ours and plain data."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

SECONDS = 30
LARGEST = 8 * 1024 * 1024
SETTER = Path(__file__).with_name("setter.py")
ROOT = SETTER.parents[2]


class Unprintable(Exception):
    """The paper could not be set: a fault of ours in the template, too much data, or too long a time."""


def render(template: Path, data: Mapping[str, Any], *, at: datetime, seconds: float = SECONDS) -> bytes:
    """The template set with the data, as PDF; the same data at the same moment give the same bytes.

    The template lies below resursnav/ and reads the data by `#let data = json(bytes(sys.inputs.data))`. What stands
    in it is text and never markup. Raises Unprintable when the data is larger than 8 MB or it takes longer than
    `seconds`.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if len(text) > LARGEST:
        raise Unprintable(f"The data is larger than {LARGEST} bytes: print fewer at a time.")
    asked = {"template": str(template), "root": str(ROOT), "data": text, "at": int(at.timestamp())}
    try:
        done = subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-I", str(SETTER)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Unprintable(f"{template.name} took longer than {seconds:g} s.") from late
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise Unprintable(f"{template.name}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout
