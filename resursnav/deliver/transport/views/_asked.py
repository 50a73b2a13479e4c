"""What several pages need: which centres one keeps the transports of, and looking before one leaps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.ui.asking import StaffRequest, tried
from resursnav.foundation.ui.panels import panels

from .. import actions
from ..rules import KEEPERS


def owners(person: Any) -> list[Organisation]:
    """The centres that the person keeps the transports of."""
    nodes = [post.node_id for post in person.standing() if post.role in KEEPERS]
    return list(Organisation.objects.filter(pk__in=nodes, kind=Kind.REGION))


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
