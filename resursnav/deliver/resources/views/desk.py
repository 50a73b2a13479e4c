"""The centre's work list of its own resources."""

from __future__ import annotations

from collections import Counter

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.access.pages import page
from resursnav.kernel.text import clean

from ..asking import Way
from ..models import Resource
from ..models.resource import ResourceQuerySet
from ..rules import WORK
from ..vocabulary import Status

PER_PAGE = 50
# Who looks for a thing by its title wants to see it, not to leaf through thousands.
MOST_FOUND = 500
TABS = [
    (Status.DRAFT, gettext_lazy("Utkast")),
    (Status.REVIEWED, gettext_lazy("Granskade")),
    (Status.PUBLISHED, gettext_lazy("Publicerade")),
    (Status.WITHDRAWN, gettext_lazy("Tillbakadragna")),
]
SORTS = {"title": "title", "updated": "updated_at", "status": "status", "number": "own_number"}


@page(WORK)
def work(request: HttpRequest) -> HttpResponse:
    """What the centre answers for, by status, the newest change first."""
    status = request.GET.get("status", "")
    status = status if status in Status.values else ""
    text = " ".join(clean(request.GET.get("q", "").replace("\x00", " "))[:200].split())
    sort = request.GET.get("sort", "-updated")
    column = SORTS.get(sort.lstrip("-"), "updated_at")
    descending = sort.startswith("-") or sort not in {*SORTS, *(f"-{name}" for name in SORTS)}
    mine = Resource.objects.visible_to(request.user, WORK)
    counts = _by_status(mine)
    found = mine.filter(status=status) if status else mine
    total = counts.get(status, 0) if status else sum(counts.values())
    if text:
        found, total = _matching(found, text)
    ordered = (
        found.select_related("owner")
        .prefetch_related("editions")
        .order_by(f"{'-' if descending else ''}{column}", "-pk")
    )
    paginator = Paginator(ordered, PER_PAGE)
    paginator.count = total
    pages = paginator.get_page(request.GET.get("page"))
    return render(
        request,
        "resources/work.html",
        {
            "pages": pages,
            "status": status,
            "text": text,
            "more_than": MOST_FOUND if total > MOST_FOUND and text else None,
            "tabs": [Way(_("Alla"), "?", sum(counts.values()), not status)]
            + [
                Way(label, f"?status={code}", counts.get(code, 0), code == status)
                for code, label in TABS
                if code in counts or code == status
            ],
        },
    )


def _by_status(mine: ResourceQuerySet) -> Counter[str]:
    """How many there are of each status; by owner too, which lets the database read an index and no rows."""
    found: Counter[str] = Counter()
    for _owner, status, number in mine.order_by().values_list("owner", "status").annotate(number=Count("pk")):
        found[status] += number
    return found


def _matching(found: ResourceQuerySet, text: str) -> tuple[ResourceQuerySet, int]:
    """Those with the text, and how many: all titles are read once only, and no further than we would show."""
    keys = list(found.matching(text).order_by().values_list("pk", flat=True)[: MOST_FOUND + 1])
    if len(keys) > MOST_FOUND:
        return found.matching(text), len(keys)
    return Resource.objects.filter(pk__in=keys), len(keys)
