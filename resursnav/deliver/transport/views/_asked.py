"""What several pages need: who asks, what was sent, a refusal at its field, and looking before one leaps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.ui.panels import panels
from resursnav.kernel.errors import Unable

from .. import actions
from ..actions import Overtaken
from ..rules import KEEPERS

Made = TypeVar("Made")


class StaffRequest(HttpRequest):
    """A request whose user is a person; the guard of the page has seen to it."""

    user: Any


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; an empty form that was sent is still a form that was sent."""
    return request.POST if request.method == "POST" else None


def owners(person: Any) -> list[Organisation]:
    """The centres that the person keeps the transports of."""
    nodes = [post.node_id for post in person.standing() if post.role in KEEPERS]
    return list(Organisation.objects.filter(pk__in=nodes, kind=Kind.REGION))


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


def consequences(
    request: StaffRequest,
    form: forms.Form,
    owner: Organisation,
    do: Callable[[], object],
    told: dict[str, Any],
    **fields: str,
) -> HttpResponse | None:
    """The page that says what the change would do, when anybody has something to say of it and it is not confirmed.

    The change is rehearsed, those above are asked while it stands (the panels of "transport:change" get the owner),
    and it is undone. None when it can be done at once, or was refused (then the form says why).
    """
    if "confirmed" in request.POST:
        return None
    said = tried(form, lambda: actions.rehearse(do, lambda: panels(request, "transport:change", owner)), **fields)
    if not said:
        return None
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
    return render(request, "transport/consequences.html", {**told, "panels": said, "kept": kept})
