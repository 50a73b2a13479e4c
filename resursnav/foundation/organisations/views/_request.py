"""The request of a page that only somebody signed in can reach."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict


class StaffRequest(HttpRequest):
    """A request whose user is a person (whose model stands further up, so it is not named here)."""

    user: Any


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; an empty form that was sent is still a form that was sent."""
    return request.POST if request.method == "POST" else None
