"""The centre's work list of its own resources."""

from __future__ import annotations

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
from ..rules import WORK
from ..vocabulary import Status

PER_PAGE = 50
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
    found = mine.filter(status=status) if status else mine
    if text:
        found = found.matching(text)
    ordered = (
        found.select_related("owner")
        .prefetch_related("editions")
        .order_by(f"{'-' if descending else ''}{column}", "-pk")
    )
    pages = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    counts = dict(mine.order_by().values_list("status").annotate(number=Count("pk")))
    return render(
        request,
        "resources/work.html",
        {
            "pages": pages,
            "status": status,
            "text": text,
            "tabs": [Way(_("Alla"), "?", sum(counts.values()), not status)]
            + [
                Way(label, f"?status={code}", counts.get(code, 0), code == status)
                for code, label in TABS
                if code in counts or code == status
            ],
        },
    )
