"""What stock says on a resource's page, for the centre: the items that it has of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from resursnav.deliver.resources.models import Resource
from resursnav.foundation.access import may

from .models import PHYSICAL, Holding
from .rules import WORK


def items_of(resource: Resource, person: Any) -> dict[str, Any] | None:
    """The holdings of the resource with their numbers; None for those who do not work with them."""
    if not may(person, WORK):
        return None
    held = [one for one, works in held_of(resource, person) if works]
    taken = {one.media_type for one in held}
    free = [edition for edition in resource.editions.all() if edition.media_type in PHYSICAL]
    missing = any(edition.media_type not in taken for edition in free)
    # The page has asked who may edit the resource: those are the same people at the same places.
    works_there: bool | None = getattr(resource, "may_edit", None)
    can_open = missing and (may_open(resource, person) if works_there is None else works_there)
    if not held and not can_open:
        return None
    return {"holdings": held, "resource": resource, "can_open": can_open}


def held_of(resource: Resource, person: Any) -> list[tuple[Holding, bool]]:
    """All holdings of the resource with their counts, and whether the person works with each; one statement.

    Read once for a page, however many contexts ask.
    """
    if "stock_held" not in resource.__dict__:
        works = Exists(Holding.objects.filter(pk=OuterRef("pk")).visible_to(person, WORK))
        found = list(Holding.objects.filter(resource=resource).with_counts().annotate(works=works).order_by("pk"))
        for holding in found:
            holding.resource = resource
        resource.__dict__["stock_held"] = [(holding, bool(vars(holding)["works"])) for holding in found]
    kept: list[tuple[Holding, bool]] = resource.__dict__["stock_held"]
    return kept


def may_open(resource: Resource, person: Any) -> bool:
    """Whether the person works at the centre that answers for the resource."""
    return bool(Resource.objects.filter(pk=resource.pk).visible_to(person, WORK).exists())
