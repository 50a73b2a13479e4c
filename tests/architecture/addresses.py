"""Every address of the product, found in the resolver, so that a new page is covered without being listed."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Views that frameworks bring, by the beginning of their dotted name, and why no rule of ours stands on them.
FRAMEWORK: dict[str, str] = {
    "ninja.openapi.views.default_home": "the root of the open interface always answers 404",
    "allauth.": "allauth guards its own pages: an account is needed where something of the account is shown",
}


@dataclass(frozen=True)
class Address:
    """One address: its route with placeholders, its name, its view and the arguments that the route takes."""

    route: str
    name: str
    view: Callable[..., Any]
    arguments: tuple[tuple[str, str], ...]  # (name, kind of converter)

    @property
    def dotted(self) -> str:
        view = self.view.func if isinstance(self.view, partial) else self.view
        view = getattr(view, "view_class", view)
        return f"{view.__module__}.{view.__qualname__}"

    @property
    def framework(self) -> bool:
        return self.dotted.startswith(tuple(FRAMEWORK))

    @property
    def guards(self) -> list[Callable[..., Any]]:
        """The functions that must be guarded: the view, or the operations of the open interface behind it."""
        if operations := getattr(self.view, "operations", None):
            return list(operations)
        if self.view.__module__ == "ninja.operation":
            path_view = inspect.getclosurevars(self.view).nonlocals["self"]
            return [operation.view_func for operation in path_view.operations]
        return [self.view]

    @property
    def answers_get(self) -> bool:
        methods = getattr(self.view, "methods", None)
        if methods is None and self.view.__module__ == "ninja.operation":
            path_view = inspect.getclosurevars(self.view).nonlocals["self"]
            methods = [method for operation in path_view.operations for method in operation.methods]
        return methods is None or "GET" in methods

    def __str__(self) -> str:
        return f"/{self.route} ({self.name or self.dotted})"


def addresses(patterns: list[Any] | None = None, prefix: str = "", names: str = "") -> Iterator[Address]:
    """Every address below the patterns; all of the product without any."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            space = f"{names}{pattern.namespace}:" if pattern.namespace else names
            yield from addresses(pattern.url_patterns, prefix + _route(pattern), space)
        elif isinstance(pattern, URLPattern):
            route = prefix + _route(pattern)
            converters = [(name, type(made).__name__) for name, made in pattern.pattern.converters.items()]
            if not converters:
                converters = [(name, "regex") for name in pattern.pattern.regex.groupindex]
            yield Address(route, f"{names}{pattern.name}" if pattern.name else "", pattern.callback, tuple(converters))


def _route(pattern: Any) -> str:
    return str(pattern.pattern).removeprefix("^")


def unguarded(found: list[Address]) -> list[str]:
    """The addresses whose view has neither a rule nor public=True, and is on no list of frameworks."""
    return [
        f"{address}: guard it with @page(RULE) or @page(public=True)"
        for address in found
        if not address.framework
        for guard in address.guards
        if getattr(guard, "rule", None) is None and not getattr(guard, "public", False)
    ]
