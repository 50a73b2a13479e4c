"""On a resource's page: book it, and when it can be had."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from resursnav.deliver.resources.models import Resource
from resursnav.deliver.stock.models import Holding
from resursnav.deliver.stock.panels import held_of
from resursnav.foundation.access import may
from resursnav.kernel.manifest import Act

from .rules import BOOK


def act(resource: Resource, person: Any) -> Act | None:
    """Book it, for those who may; what there are several forms of is chosen further down on the page."""
    if not resource.is_published or not may(person, BOOK):
        return None
    holdings = _bookable(resource, person)
    if not holdings:
        return None
    one = f"{reverse('lending:book')}?h={holdings[0].pk}"
    return Act(_("Boka"), one if len(holdings) == 1 else "#book", "calendar-plus")


def _bookable(resource: Resource, person: Any) -> list[Holding]:
    return [holding for holding, _works in held_of(resource, person) if holding.bookable]


def book(resource: Resource, person: Any) -> dict[str, Any] | None:
    """Each form of the resource that can be borrowed, with a button; when it is free comes in a part of its own."""
    if not resource.is_published:
        return None
    holdings = _bookable(resource, person)
    if not holdings:
        return None
    return {"holdings": holdings, "may_book": may(person, BOOK), "resource": resource}
