"""What waits for somebody among the agreements, and which of their stories the person may read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from .models import Agreement, Renewal
from .rules import SEE

SOON = timedelta(days=90)
MOST = 100


def coming(person: Any, day: date) -> list[Agreement]:
    """What the person answers for and must look at within ninety days: a notice date, or the end; the nearest first.

    Read once and kept on the person, because several lines of the start page come from it.
    """
    if not getattr(person, "is_authenticated", False):
        return []
    kept: list[Agreement] | None = person.__dict__.get("_agreements_coming")
    if kept is None:
        noticed = Q(notice_by__gte=day, notice_by__lte=day + SOON)
        goes_on = Q(renewal=Renewal.EXTENDS, terminated_date=None)
        ending = Q(valid_to__gt=day, valid_to__lte=day + SOON) & ~goes_on
        rows = Agreement.objects.visible_to(person, SEE).filter(_mine(person), noticed | ending)
        kept = person.__dict__["_agreements_coming"] = list(rows.order_by("valid_to", "title_key", "pk")[:MOST])
    return kept


def _mine(person: Any) -> Q:
    mine = Q(pk__in=[])
    for post in person.standing():
        mine |= Q(owner=post.node_id, answers=post.role)
    return mine


def seen(person: Any, ids: Iterable[int]) -> set[int]:
    """Those of the agreements that the person may see."""
    return set(Agreement.objects.visible_to(person, SEE).filter(pk__in=list(ids)).values_list("pk", flat=True))
