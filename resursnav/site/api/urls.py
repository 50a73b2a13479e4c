"""Addresses of the open interface: ninja's own, each behind the door, and those that answer for the rest."""

from __future__ import annotations

import inspect
from typing import Any

from django.urls import URLPattern, path, re_path

from . import views
from .assembly import api, door

app_name = "api"


def behind_the_door() -> list[URLPattern]:
    """Ninja's addresses with the door in front of each; its own root and documentation are left out."""
    found: list[URLPattern] = []
    patterns: list[Any] = api.urls[0]
    for pattern in patterns:
        held = inspect.getclosurevars(pattern.callback).nonlocals.get("self") if pattern.name != "api-root" else None
        if held is None:
            continue
        methods = {method for operation in held.operations for method in operation.methods}
        view = door(pattern.callback, methods)
        view.operations = [operation.view_func for operation in held.operations]  # type: ignore[attr-defined]  # for tests
        found.append(URLPattern(pattern.pattern, view, name=pattern.name))
    return found


urlpatterns = [
    path("openapi.json", views.openapi, name="openapi"),
    path("docs/", views.docs, name="docs"),
    *behind_the_door(),
    path("", views.root, name="root"),
    # Anything at all, also with line breaks, which Django's own path converter leaves out.
    re_path(r"^(?P<rest>(?s:.+))\Z", door(views.nothing, ["DELETE", "GET", "PATCH", "POST", "PUT"]), name="nothing"),
]
