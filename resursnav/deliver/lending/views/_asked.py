"""What several pages need: who asks, for which units, and a refusal at its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, QueryDict

from resursnav.deliver.stock.models import Holding
from resursnav.foundation.organisations.models import Organisation
from resursnav.kernel.errors import Unable

from ..rules import BOOK, BORROW, BORROWERS

Made = TypeVar("Made")
BASKET = "lending_basket"
MOST_IN_BASKET = 20


class StaffRequest(HttpRequest):
    """A request whose user is a person; the guard of the page has seen to it."""

    user: Any


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; an empty form that was sent is still a form that was sent."""
    return request.POST if request.method == "POST" else None


def own_units(person: Any) -> list[Organisation]:
    """The places where the person works and borrows for."""
    found = {post.node_id: post.node for post in person.standing() if post.role in BORROWERS}
    return list(found.values())


def units(person: Any) -> Any:
    """All for which the person may book: the own, and for the centre everything below it."""
    return Organisation.objects.visible_to(person, BOOK).order_by("name_key", "pk")


def keys(values: Iterable[str]) -> list[int]:
    """Those of the texts that can be keys, each once."""
    return list(dict.fromkeys(int(v) for v in values if v.isascii() and v.isdecimal() and len(v) < 10))


def basket(request: HttpRequest) -> list[int]:
    """What has been put together to be booked: what the address says, and what was put there before."""
    kept = request.session.get(BASKET, [])
    asked = keys(request.GET.getlist("h"))
    return list(dict.fromkeys([*(key for key in kept if isinstance(key, int)), *asked]))[:MOST_IN_BASKET]


def chosen(request: StaffRequest) -> list[Holding]:
    """The holdings of the basket that can be booked and seen, in the order in which they were put there."""
    wanted = basket(request)
    rows = Holding.objects.visible_to(request.user, BORROW).filter(pk__in=wanted)
    found = {holding.pk: holding for holding in rows.select_related("resource", "owner")}
    return [found[key] for key in wanted if key in found]


def tried(form: forms.Form, do: Callable[[], Made]) -> Made | None:
    """What the action answers, or None with its refusal at the right field."""
    try:
        return do()
    except Unable as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
    return None


def status_of(form: forms.Form) -> int:
    """422 for a form that came back with something wrong."""
    return 422 if form.is_bound else 200
