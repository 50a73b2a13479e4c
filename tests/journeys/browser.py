"""A real browser for the journeys: where it is, and how axe looks at a page in it."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

AXE = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True)
class Mode:
    """A way of seeing: size, colours.

    `recoloured`: it follows on one of the same size and differs in its colours alone, so the page need not be loaded
    anew.
    """

    name: str
    width: int = 1280
    height: int = 900
    options: dict[str, Any] = field(default_factory=dict)
    recoloured: bool = False


MODES = (
    Mode("1280 px, light"),
    Mode("1280 px, dark", options={"color_scheme": "dark"}, recoloured=True),
    Mode("1280 px, forced colours", options={"forced_colors": "active"}, recoloured=True),
    Mode("320 px, light", 320, 640),
    Mode("400 % zoom (320 x 256), dark", 320, 256, {"color_scheme": "dark"}),
)


# Beside the gallery, which is seen in every way, pages are examined in the three that differ most.
FEW = (MODES[0], MODES[2], MODES[4])


def chromium() -> str | None:
    """The browser's program: CHROMIUM in the environment, else the first one found.

    First the one that draws no window of its own: the same pages in half the time.
    """
    wanted = os.environ.get("CHROMIUM", "")
    if wanted:
        return wanted if Path(wanted).exists() else shutil.which(wanted)
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def see(page: Any, mode: Mode) -> None:
    """Look at the page that is open in another way: colours change, and where the size does it is loaded again."""
    page.emulate_media(
        color_scheme=mode.options.get("color_scheme", "light"), forced_colors=mode.options.get("forced_colors", "none")
    )
    if not mode.recoloured:
        page.set_viewport_size({"width": mode.width, "height": mode.height})
        page.reload()


def violations(page: Any) -> list[dict[str, Any]]:
    """What axe finds wrong on the page as it stands, each with the places."""
    page.evaluate(AXE.read_text("utf-8"))
    answer = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", list(TAGS)
    )
    return [
        {
            "id": found["id"],
            "impact": found["impact"],
            "help": found["help"],
            "count": len(found["nodes"]),
            "places": [f"{' '.join(map(str, node['target']))}: {node['failureSummary']}" for node in found["nodes"]],
        }
        for found in answer["violations"]
    ]


def engine(page: Any) -> str:
    """Name and version of the examiner, on a page that it has examined."""
    return f"axe-core {page.evaluate('axe.version')}"


def runs_sideways(page: Any) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
