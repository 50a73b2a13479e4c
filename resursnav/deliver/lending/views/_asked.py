"""What several pages need: for which units one books, and what has been put together to be booked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from resursnav.deliver.stock.models import Holding
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.ui.asking import StaffRequest, keys

from ..rules import BOOK, BORROW, BORROWERS

BASKET = "lending_basket"
MOST_IN_BASKET = 20


def own_units(person: Any) -> list[Organisation]:
    """The places where the person works and borrows for."""
    found = {post.node_id: post.node for post in person.standing() if post.role in BORROWERS}
    return list(found.values())


def units(person: Any) -> Any:
    """All for which the person may book: the own, and for the centre everything below it."""
    return Organisation.objects.visible_to(person, BOOK).order_by("name_key", "pk")


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
