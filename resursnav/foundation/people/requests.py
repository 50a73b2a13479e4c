"""The request of a page that only somebody signed in can reach."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

from .models import Person


class PersonRequest(HttpRequest):
    """A request whose user is a Person: the page's guard has seen to it."""

    user: Person


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; an empty form that was sent is still a form that was sent."""
    return request.POST if request.method == "POST" else None
