"""What waits for somebody among the agreements, and which of their stories the person may read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from .models import Agreement, AgreementQuerySet
from .rules import SEE

SOON = timedelta(days=90)


def held_by(person: Any, day: date) -> AgreementQuerySet:
    """The agreements whose notice date comes within ninety days and that the person answers for, the nearest first."""
    mine = Q(pk__in=[])
    for post in person.standing() if getattr(person, "is_authenticated", False) else []:
        mine |= Q(owner=post.node_id, answers=post.role)
    found: AgreementQuerySet = Agreement.objects.visible_to(person, SEE).filter(mine).noticed_between(day, day + SOON)
    return found


def seen(person: Any, ids: Iterable[int]) -> set[int]:
    """Those of the agreements that the person may see."""
    return set(Agreement.objects.visible_to(person, SEE).filter(pk__in=list(ids)).values_list("pk", flat=True))
