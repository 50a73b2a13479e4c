"""What a page with a form needs: who asks, what was sent, and an action's refusal at its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, QueryDict

from resursnav.kernel.errors import Overtaken, Unable

Made = TypeVar("Made")
LONGEST_KEY = 18  # digits: what both databases can hold


class StaffRequest(HttpRequest):
    """A request whose user is a person (whose model stands further up); the guard of the page has seen to it."""

    user: Any


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; an empty form that was sent is still a form that was sent."""
    return request.POST if request.method == "POST" else None


def tried(form: forms.Form, do: Callable[[], Made], now: str = "", **fields: str) -> Made | None:
    """What the action answers, or None with its refusal at the right field.

    `fields` says what the form calls something that the action calls otherwise; `now` is the thing's latest version,
    so that whoever was overtaken and saves again does so with the other's version seen.
    """
    try:
        return do()
    except Overtaken as refusal:
        shown: Any = form.data
        form.data = shown = shown.copy()
        shown["seen_at"] = now
        form.add_error(None, refusal.reason)
    except Unable as refusal:
        name = fields.get(refusal.field or "", refusal.field)
        form.add_error(name if name in form.fields else None, refusal.reason)
    return None


def status_of(form: forms.Form) -> int:
    """422 for a form that came back with something wrong."""
    return 422 if form.is_bound else 200


def keys(values: Iterable[str], most: int | None = None) -> list[int]:
    """Those of the texts that can be keys, each once in their order; anything else is as if it were not sent."""
    found = (int(one) for one in values if one.isascii() and one.isdecimal() and len(one) <= LONGEST_KEY)
    return list(dict.fromkeys(found))[:most]
