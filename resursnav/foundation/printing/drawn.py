"""Codes that scanners read, drawn as SVG: Code 128 and QR. Black on white, whatever the paper's colours are."""

from __future__ import annotations

import io
from functools import lru_cache

import segno
from barcode.codex import Code128

QUIET = 10
"""White modules on each side of a Code 128, which a scanner needs to find its beginning (ISO/IEC 15417)."""


@lru_cache(maxsize=2048)
def code128(text: str, height: int = 30) -> str:
    """The text as Code 128, in modules: one bar's width is 1. Raises ValueError for what it cannot hold."""
    bars, at = [], QUIET
    for run in _runs(_pattern(text)):
        if run[0] == "1":
            bars.append(f"M{at} 0h{len(run)}v{height}h-{len(run)}z")
        at += len(run)
    width = at + QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'shape-rendering="crispEdges" preserveAspectRatio="none"><path fill="#fff" d="M0 0h{width}v{height}H0z"/>'
        f'<path fill="#000" d="{"".join(bars)}"/></svg>'
    )


def modules(text: str) -> int:
    """How many modules wide the text's Code 128 is, with its white edges."""
    return len(_pattern(text)) + 2 * QUIET


@lru_cache(maxsize=2048)
def qr(text: str, border: int = 2) -> str:
    """The text as a QR code that can be read though a tenth of it is worn away."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=border, dark="#000", light="#fff", xmldecl=False, svgns=True
    )
    return out.getvalue().decode()


def _pattern(text: str) -> str:
    if not text or not all(" " <= char <= "~" for char in text):
        raise ValueError(f"Code 128 holds printable ASCII: {text!r}")
    [pattern] = Code128(text).build()
    return str(pattern)


def _runs(pattern: str) -> list[str]:
    """Bars and spaces, one after the other."""
    runs: list[str] = []
    for module in pattern:
        if runs and runs[-1][0] == module:
            runs[-1] += module
        else:
            runs.append(module)
    return runs
