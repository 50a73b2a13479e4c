"""What stands around every page. The site builds a Frame for each request; base.html draws it.

Plain values only: no model reaches the frame, so that it can be drawn on an error page too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Link:
    """A way to somewhere; `post` makes it a button in a form, for what changes something."""

    label: Any
    url: str
    icon: str = ""
    post: bool = False


@dataclass(frozen=True)
class Entry:
    """A line of the navigation; `count` is what waits there (None: nothing is counted)."""

    label: Any
    url: str
    icon: str = ""
    count: int | None = None
    current: bool = False


@dataclass(frozen=True)
class Group:
    """Entries under a heading; `stage` is the code of one of the loop's stages and gives the glyph."""

    label: Any
    entries: tuple[Entry, ...]
    stage: str = ""


@dataclass(frozen=True)
class Crumb:
    """One step of the path in the organisation tree, from the region down."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Choice:
    """An assignment that the person may act in."""

    value: str
    label: str
    current: bool = False


@dataclass(frozen=True)
class Contact:
    """Whom to turn to, as it stands in the footer and in contact blocks."""

    name: str
    email: str = ""
    phone: str = ""
    url: str = ""
    address: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Frame:
    """Header, navigation, path and footer of one page for one person."""

    product: str = "Resursnav"
    centre: str = ""
    home_url: str = "/"
    navigation: tuple[Group, ...] = ()
    rail: bool = False  # True: grouped by the four stages at the side; False: in tasks under the header
    search_url: str = ""
    suggest_url: str = ""
    query: str = ""
    bell_url: str = ""
    bell_count: int = 0
    person_label: str = ""
    me: tuple[Link, ...] = ()
    sign_in_url: str = ""
    sign_out_url: str = ""
    assignments: tuple[Choice, ...] = ()
    act_url: str = ""
    path: tuple[Crumb, ...] = ()
    contact: Contact | None = None
    footer: tuple[Link, ...] = ()
    sources: tuple[Link, ...] = ()
    languages: tuple[tuple[str, str], ...] = field(default=(("sv", "Svenska"), ("en", "English")))
    demo: str = ""  # the text of the demo banner; empty in a real installation
    demo_links: tuple[Link, ...] = ()

    @property
    def tasks(self) -> tuple[Entry, ...]:
        """All entries in one row, for the task navigation."""
        return tuple(entry for group in self.navigation for entry in group.entries)
