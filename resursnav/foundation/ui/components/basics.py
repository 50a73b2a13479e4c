"""The small parts: icon, button, badge, notice, empty state, tabs, steps, dialog."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.ui import icons
from resursnav.foundation.ui.frame import Frame

from .library import Values, block, register, tag

# tone -> (hue of the theme, icon, the word that a screen reader hears first)
TONES: dict[str, tuple[str, str, Any]] = {
    "info": ("info", "info", _("Information")),
    "good": ("success", "circle-check", _("Klart")),
    "warning": ("warning", "triangle-alert", _("Observera")),
    "danger": ("danger", "circle-alert", _("Fel")),
    "plain": ("neutral", "", ""),
}


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """{% icon "search" %}: decoration beside a word."""
    return icons.icon(name, classes)


@register.simple_tag
def glyph(stage: str) -> SafeString:
    """{% glyph "listen" %}: the shape of a stage, in its colour."""
    return icons.icon(stage, f"rn-glyph rn-glyph--{stage}")


@register.simple_tag
def sign(classes: str = "") -> SafeString:
    """{% sign %}: the loop."""
    return icons.sign(classes)


@register.simple_tag
def columns(kind: str) -> str:
    """{% columns "aside" %} or "facets" in the block `columns`, "bare" in the block `main_class`."""
    return {"aside": "rn-page__columns--aside", "facets": "rn-page__columns--facets", "bare": "rn-main--bare"}[kind]


@register.simple_tag(takes_context=True)
def product(context: Context) -> str:
    """{% product %}: the name of the whole, also on a page that failed before it had a frame."""
    return str(getattr(context.get("frame"), "product", Frame.product))


@tag
def button(
    context: Context,
    label: Any,
    url: str = "",
    tone: str = "primary",
    icon: str = "",
    name: str = "",
    value: str = "",
    dialog: str = "",
) -> Values:
    """A button, or with `url` a link that looks like one. `tone`: primary, secondary, quiet or danger.

    `dialog` names a {% dialog %} on the page that the link opens; without JavaScript the link's page opens.
    """
    return {
        "label": label,
        "url": url,
        "variant": {"primary": "", "danger": "", "secondary": "secondary", "quiet": "tertiary"}[tone],
        "color": "danger" if tone == "danger" else "",
        "icon": icon,
        "name": name,
        "value": value,
        "dialog": dialog,
    }


@tag
def badge(context: Context, label: Any, tone: str = "plain", icon: str = "") -> Values:
    """A status in one or two words, with an icon so that colour never stands alone."""
    color, usual, _said = TONES[tone]
    return {"label": label, "color": color, "icon": icon or usual or "circle"}


@block
def notice(context: Context, content: str, title: Any = "", tone: str = "info") -> Values:
    """A message that stays on the page until it is no longer true. Nothing pops up, nothing disappears."""
    color, usual, said = TONES[tone]
    return {"title": title, "color": color, "icon": usual or "info", "said": said, "urgent": tone == "danger"}


@tag
def messages(context: Context) -> Values:
    """What the last action had to say (Django's messages), on top of the page."""
    tones = {"success": "good", "error": "danger", "warning": "warning"}
    lines = [(tones.get(line.level_tag, "info"), line.message) for line in context.get("messages") or ()]
    return {"lines": lines}


@block
def empty(context: Context, content: str, title: Any, icon: str = "inbox") -> Values:
    """Nothing here: the title says why, the content says what to do."""
    return {"title": title, "icon": icon}


@block
def tabs(context: Context, content: str, label: Any) -> Values:
    """Views of the same thing as links, each with an address of its own."""
    return {"label": label}


@tag
def tab(context: Context, label: Any, url: str, current: bool = False, count: int | None = None) -> Values:
    """One of the {% tabs %}."""
    return {"label": label, "url": url, "current": current, "count": count}


@tag
def steps(context: Context, labels: Iterable[Any], current: int = 1) -> Values:
    """Where one is in a task of several pages; steps count from 1."""
    named = list(labels)
    return {
        "current": current,
        "total": len(named),
        "steps": [(number, name, number < current, number == current) for number, name in enumerate(named, 1)],
    }


@block
def dialog(context: Context, content: str, id: str, title: Any) -> Values:
    """A question on top of the page, opened by a {% button dialog="…" url="…" %}."""
    return {"id": id, "title": title}


@tag
def progress(context: Context, value: int, total: int, label: Any, left: Any = "") -> Values:
    """Long work: what is done, of how much, and what is left in words."""
    total = max(total, 0)
    value = min(max(value, 0), total)
    return {"value": value, "total": total, "label": label, "left": left, "share": 100 * value // total if total else 0}
