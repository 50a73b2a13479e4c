"""How much each resource has been streamed, for those who reckon what disappears and what a use costs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Sum

from .models import StreamUse


def by_title(titles: Collection[int], since: date) -> dict[int, int]:
    """The uses of the resources since the day, in one statement; what was never used is left out."""
    counted = StreamUse.objects.filter(day__gte=since).order_by().values_list("resource").annotate(uses=Sum("number"))
    wanted = set(titles)
    return {resource: uses for resource, uses in counted if resource in wanted and uses}
