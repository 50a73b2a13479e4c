"""People, places and what happened: card, facts, timeline, person, organisation, contact, last updated."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.template.context import Context

from resursnav.foundation.ui.frame import Contact

from .library import Values, block, tag


@block
def page_header(context: Context, content: str, title: Any, lead: Any = "", kicker: Any = "", level: int = 1) -> Values:
    """The top of a page: what it is, in a sentence what it says, and beside it what one can do (the content)."""
    return {"title": title, "lead": lead, "kicker": kicker, "level": level}


@block
def card(
    context: Context, content: str, title: Any, url: str = "", icon: str = "", meta: Any = "", level: int = 3
) -> Values:
    """A thing that one can open; the title is the link and the whole card can be pressed."""
    return {"title": title, "url": url, "icon": icon, "meta": meta, "level": level}


@block
def facts(context: Context, content: str, columns: int = 2) -> Values:
    """Facts about a thing as a description list of {% fact %}s, in one or two columns."""
    return {"columns": columns}


@block
def fact(context: Context, content: str, label: Any) -> Values:
    """One of the {% facts %}; without content nothing is shown."""
    return {"label": label, "shown": bool(content.strip())}


@block
def timeline(context: Context, content: str, label: Any) -> Values:
    """What has happened, in order: {% moment %}s."""
    return {"label": label}


@block
def moment(
    context: Context,
    content: str,
    title: Any,
    at: date | datetime | None = None,
    stage: str = "house",
    stage_label: Any = "",
    by: Any = "",
    url: str = "",
) -> Values:
    """One event of a {% timeline %}, with the glyph of its stage."""
    return {
        "title": title,
        "at": at,
        "has_time": isinstance(at, datetime),
        "stage": stage,
        "stage_label": stage_label,
        "by": by,
        "url": url,
    }


@tag
def person(
    context: Context, name: str, role: Any = "", url: str = "", email: str = "", phone: str = "", place: Any = ""
) -> Values:
    """A person: initials, name, role and how to reach them."""
    parts = [part for part in name.split() if part[:1].isalpha()]
    initials = "".join(part[0] for part in ([parts[0], parts[-1]] if len(parts) > 1 else parts)).upper()
    return {
        "name": name,
        "role": role,
        "url": url,
        "email": email,
        "phone": phone,
        "place": place,
        "initials": initials or "?",
    }


@tag
def organisation(
    context: Context, name: str, kind: Any = "", url: str = "", path: Any = "", unit_type: str = ""
) -> Values:
    """A node of the tree: what it is and where it stands."""
    pictures = {
        "region": "map",
        "municipality": "landmark",
        "department": "network",
        "school": "school",
        "preschool": "blocks",
        "library": "library",
        "school_library": "library",
        "service_centre": "hand-helping",
    }
    return {"name": name, "kind": kind, "url": url, "path": path, "icon": pictures.get(unit_type, "building")}


@tag
def contact(context: Context, contact: Contact | None = None, title: Any = "") -> Values:
    """Whom to ask; the centre itself unless somebody else is named."""
    frame = context.get("frame")
    return {"contact": contact or getattr(frame, "contact", None), "title": title}


@tag
def last_updated(context: Context, day: date | datetime | None, by: Any = "") -> Values:
    """When the page was last changed, and by whom."""
    return {"day": day, "by": by}


@tag
def listen(context: Context, target: str = "main") -> Values:
    """A button that reads the page (or the element with this id) aloud with the device's own voice."""
    return {"target": target}


@tag
def share(context: Context, title: Any = "") -> Values:
    """Copy the address, share it, or print the page."""
    return {"title": title}
