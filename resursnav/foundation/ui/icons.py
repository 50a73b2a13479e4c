"""Icons as inline SVG: Lucide's from its npm package, and our own sign and stage glyphs."""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .assets import node_modules

# Our own drawings, 24 by 24, stroke 2: the four stages of the loop, each with a shape of its own.
GLYPHS = {
    "listen": '<circle cx="6" cy="18" r="2.5"/><path d="M6 11a7 7 0 0 1 7 7"/><path d="M6 4a14 14 0 0 1 14 14"/>',
    "steer": '<circle cx="12" cy="12" r="9.5"/><path d="m15.8 8.2-2.4 5.2-5.2 2.4 2.4-5.2z"/>',
    "deliver": '<path d="M3 13v4.5A3.5 3.5 0 0 0 6.5 21h11a3.5 3.5 0 0 0 3.5-3.5V13"/>'
    '<path d="M12 15.5V3.5"/><path d="m7.5 8 4.5-4.5L16.5 8"/>',
    "followup": '<path d="M2 12h4.5l3-7.5 5 15 3-7.5H22"/>',
    "house": '<path d="M4 10.5 12 4l8 6.5V20H4z"/><path d="M10 20v-6h4v6"/>',
}
# The sign: four arcs around a hub, each reaching a little inwards so that the eye goes round.
SIGN = (
    '<path d="M18.9 3.1A13.2 13.2 0 0 1 27.1 11.2"/><path d="M28.9 18.9A13.2 13.2 0 0 1 20.8 27.1"/>'
    '<path d="M13.1 28.9A13.2 13.2 0 0 1 4.9 20.8"/><path d="M3.1 13.1A13.2 13.2 0 0 1 11.2 4.9"/>'
)
_INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class UnknownIcon(LookupError):
    """A template asks for an icon that the package does not have."""


@lru_cache(maxsize=512)
def inner(name: str) -> str:
    """The shapes inside an icon; empty where the npm packages are not installed."""
    if name in GLYPHS:
        return GLYPHS[name]
    folder = node_modules() / "lucide-static" / "icons"
    path = folder / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or (folder.is_dir() and not path.is_file()):
        raise UnknownIcon(name)
    if not path.is_file():
        return ""
    found = _INNER.search(path.read_text("utf-8"))
    return re.sub(r"\s+", " ", found.group(1)).strip() if found else ""


def icon(name: str, classes: str = "") -> SafeString:
    """An icon of 1.25 em that follows the text's colour; it is decoration, the word stands beside it."""
    return format_html(
        '<svg class="rn-icon {}" aria-hidden="true" focusable="false" viewBox="0 0 24 24" width="20" height="20" '
        'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{}</svg>',
        classes,
        mark_safe(inner(name)),  # from our own table or the installed package, never from a person
    )


def sign(classes: str = "") -> SafeString:
    """The sign of the product."""
    return format_html(
        '<svg class="rn-sign__mark {}" aria-hidden="true" focusable="false" viewBox="0 0 32 32" width="36" height="36" '
        'fill="none" stroke="currentColor" stroke-width="3.4" stroke-linecap="round">{}'
        '<circle class="rn-sign__hub" cx="16" cy="16" r="4.6" stroke="none"/></svg>',
        classes,
        mark_safe(SIGN),  # our own drawing
    )
