"""A page that the browser test examines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from resursnav.foundation.access import Role

from .browser import FEW, Mode


@dataclass(frozen=True)
class Page:
    """A page to examine; `name` stands in the report, and `demo` shows it as the demo does."""

    name: str
    url: str | Callable[[], str]
    role: Role | None = None
    modes: tuple[Mode, ...] = FEW
    demo: bool = False

    def address(self) -> str:
        """Where the page is, after making what it shows."""
        return self.url if isinstance(self.url, str) else self.url()
