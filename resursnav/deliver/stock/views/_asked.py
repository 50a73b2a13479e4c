"""What several pages need: who asks, what was sent, a refusal at its field, and which owners one works for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, QueryDict

from resursnav.foundation.access.roles import CENTRE
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.threads.models import Record
from resursnav.foundation.threads.rules import AUDIT
from resursnav.foundation.threads.telling import Line, lines
from resursnav.kernel.errors import Unable

from ..actions import Overtaken
from ..actions.telling import HOLDING, ITEM
from ..models import Holding, Item

Made = TypeVar("Made")
LOGGED = 30


class StaffRequest(HttpRequest):
    """A request whose user is a person; the guard of the page has seen to it."""

    user: Any


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; an empty form that was sent is still a form that was sent."""
    return request.POST if request.method == "POST" else None


def tried(form: forms.Form, do: Callable[[], Made], now: str = "", **fields: str) -> Made | None:
    """What the action answers, or None with its refusal at the right field.

    `now` is the thing's latest version, so that whoever was overtaken and saves again does so with it seen; `fields`
    says what the form calls something that the action calls otherwise.
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


def moment(text: str) -> datetime | None:
    """The version that the form was opened with; something else is no version that ever was."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def owners(person: Any) -> list[Organisation]:
    """The centres that the person works at."""
    nodes = [post.node_id for post in person.standing() if post.role in CENTRE]
    return list(Organisation.objects.filter(pk__in=nodes).order_by("name_key"))


def owner_chosen(form: Any) -> Organisation:
    """The chosen owner, or the only one."""
    chosen: Organisation = form.cleaned_data.get("owner") or form.owners[0]
    return chosen


def story(thing: Holding | Item, person: Any) -> list[Line]:
    """What has happened to it, the newest first, for those who may read the log."""
    kind = HOLDING if isinstance(thing, Holding) else ITEM
    records = Record.objects.filter(kind=kind, key=thing.pk).visible_to(person, AUDIT)
    return lines(records.select_related("by", "about", "organisation").order_by("-at", "-pk")[:LOGGED])


def keys(values: list[str], most: int) -> list[int]:
    """The numbers in what was sent; anything else is as if it were not sent."""
    found = [int(one) for one in values if one.isascii() and one.isdecimal() and len(one) < 19]
    return list(dict.fromkeys(found))[:most]
