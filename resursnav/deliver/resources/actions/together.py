"""One thing done with many resources: each for itself, so that what cannot be done stops nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from resursnav.foundation.access import Rule, may
from resursnav.foundation.access.reach import which
from resursnav.foundation.people.models import Person
from resursnav.kernel.errors import Unable
from resursnav.kernel.text import clean

from ..models import Collection, Resource
from ..rules import EDIT_COLLECTION, PUBLISH, REVIEW, SEE, WITHDRAW
from ..vocabulary import Deed, Status
from .collections import UnableToCollect, set_items
from .shelving import UnableToWithdraw, lacks, publish, review, withdraw

RULES: dict[str, Rule] = {Deed.REVIEW: REVIEW, Deed.PUBLISH: PUBLISH, Deed.WITHDRAW: WITHDRAW, Deed.COLLECT: SEE}


@dataclass
class Outcome:
    """What was (or can be) done, and with which resources not: each with the reason."""

    done: list[Resource] = field(default_factory=list)
    refused: list[tuple[Resource, str]] = field(default_factory=list)


def foresee(*, deed: str, resources: Sequence[Resource], by: Person) -> Outcome:
    """What would be done now and what not, without doing it; a few statements however many there are."""
    found = Outcome()
    prefetch_related_objects(list(resources), "editions", "subjects")
    allowed = which(by, RULES[deed], resources)
    for resource in resources:
        reason = _hindrance(deed, resource, resource.pk in allowed)
        if reason:
            found.refused.append((resource, reason))
        else:
            found.done.append(resource)
    return found


@transaction.atomic
def do_together(
    *,
    deed: str,
    resources: Sequence[Resource],
    by: Person,
    at: datetime,
    reason: str = "",
    collection: Collection | None = None,
) -> Outcome:
    """Review, publish or withdraw each of the resources, or put them all in a collection.

    The rules are asked for each resource, and each that is done stands in the log by itself. Raises UnableToWithdraw
    without a reason and UnableToCollect without a collection that `by` may change: then nothing is done.
    """
    if deed == Deed.WITHDRAW and not clean(reason):
        raise UnableToWithdraw(_("Skriv varför resurserna dras tillbaka."), field="reason")
    found = foresee(deed=deed, resources=resources, by=by)
    if deed == Deed.COLLECT:
        return _collected(found, collection, by, at)
    done = Outcome(refused=found.refused)
    for resource in found.done:
        try:
            with transaction.atomic():
                _VERBS[deed](resource=resource, by=by, at=at, **({"reason": reason} if deed == Deed.WITHDRAW else {}))
            done.done.append(resource)
        except Unable as refused:  # somebody else was quicker
            done.refused.append((resource, refused.reason))
    return done


_VERBS: dict[str, Callable[..., Any]] = {Deed.REVIEW: review, Deed.PUBLISH: publish, Deed.WITHDRAW: withdraw}


def _collected(found: Outcome, collection: Collection | None, by: Person, at: datetime) -> Outcome:
    if collection is None or not may(by, EDIT_COLLECTION, collection):
        raise UnableToCollect(_("Välj en samling som du kan ändra."), field="collection")
    now = list(collection.items.values_list("resource", "comment"))
    inside = {key for key, _comment in now}
    done = Outcome(refused=[*found.refused])
    for resource in found.done:
        if resource.pk in inside:
            done.refused.append((resource, _("ligger redan i samlingen")))
        else:
            done.done.append(resource)
    if done.done:
        set_items(collection=collection, items=[*now, *((one.pk, "") for one in done.done)], by=by, at=at)
    return done


def _hindrance(deed: str, resource: Resource, allowed: bool) -> str:
    """Why it cannot be done with the resource; empty when it can. What is wrong with it goes before who may."""
    if deed == Deed.PUBLISH and resource.status == Status.PUBLISHED:
        return _("är redan publicerad")
    if deed == Deed.REVIEW and resource.status != Status.DRAFT:
        return _("bara ett utkast kan granskas")
    if deed == Deed.WITHDRAW and resource.status != Status.PUBLISHED:
        return _("bara en publicerad resurs kan dras tillbaka")
    if not allowed:
        return _("din roll får inte göra det med den")
    if deed in (Deed.PUBLISH, Deed.REVIEW) and (needs := lacks(resource)):
        return _("behöver %(needs)s") % {"needs": "; ".join(needs)}
    return ""
