"""The centre's work list of its own resources, and what one does with many of them at once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page
from resursnav.kernel.errors import Unable
from resursnav.kernel.text import clean

from .. import actions, wording
from ..asking import Way
from ..forms import TogetherForm
from ..models import Collection, Resource
from ..models.resource import ResourceQuerySet
from ..rules import EDIT_COLLECTION, WORK
from ..vocabulary import Deed, Status

PER_PAGE = 50
# Who looks for a thing by its title wants to see it, not to leaf through thousands.
MOST_FOUND = 500
MOST_AT_ONCE = 200
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
    tabs = [Way(_("Alla"), _with(request, status=""), sum(counts.values()), not status)]
    tabs += [
        Way(label, _with(request, status=code), counts.get(code, 0), code == status)
        for code, label in TABS
        if code in counts or code == status
    ]
    picked = request.GET.get("pick") == "all"
    return render(
        request,
        "resources/work.html",
        {
            "pages": pages,
            "status": status,
            "text": text,
            "more_than": MOST_FOUND if total > MOST_FOUND and text else None,
            "tabs": tabs,
            "deeds": [(deed.value, *DEEDS[deed]) for deed in Deed if may(request.user, actions.together.RULES[deed])],
            "picked": picked,
            "pick_url": _with(request, page=str(pages.number), pick="" if picked else "all"),
            "back": _kept(request.GET),
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


# Deed -> what its button says and shows.
DEEDS: dict[Deed, tuple[Any, str]] = {
    Deed.REVIEW: (gettext_lazy("Granskade och rätta"), "check"),
    Deed.PUBLISH: (gettext_lazy("Publicera"), "send"),
    Deed.WITHDRAW: (gettext_lazy("Dra tillbaka"), "archive"),
    Deed.COLLECT: (gettext_lazy("Lägg i en samling"), "library"),
}


@page(WORK, methods=("POST",))
def together(request: HttpRequest) -> HttpResponse:
    """Do one thing with all that were ticked: first what would happen, then, when it is confirmed, what did."""
    deed = request.POST.get("deed", "")
    keys = [int(key) for key in request.POST.getlist("resource") if key.isascii() and key.isdigit() and len(key) < 19]
    mine = Resource.objects.visible_to(request.user, WORK).filter(pk__in=keys[:MOST_AT_ONCE])
    resources = list(mine.select_related("owner").order_by("title", "pk"))
    if deed not in Deed.values or not resources:
        messages.error(request, _("Kryssa för minst en resurs i listan."))
        return _back(request)
    kept = Collection.objects.visible_to(request.user, EDIT_COLLECTION).order_by("title")
    sure = "sure" in request.POST
    form = TogetherForm(request.POST if sure else None, deed=deed, collections=kept)
    if sure and form.is_valid():
        try:
            outcome = actions.do_together(
                deed=deed, resources=resources, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Unable as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            (messages.success if outcome.done else messages.error)(request, wording.outcome_words(deed, outcome))
            return _back(request)
    return render(
        request,
        "resources/together.html",
        {
            "deed": deed,
            "heading": DEEDS[Deed(deed)][0],
            "foreseen": actions.foresee(deed=deed, resources=resources, by=request.user),
            "form": form,
            "back": _kept(QueryDict(request.POST.get("back", ""))),
        },
        status=422 if form.is_bound else 200,
    )


def _kept(asked: QueryDict) -> str:
    """The list's own address without what only this moment needs."""
    left = asked.copy()
    left.pop("pick", None)
    return left.urlencode()[:2000]


def _with(request: HttpRequest, **changes: str) -> str:
    """The list as it is asked for now, with something changed; another filter begins on its first page."""
    left = request.GET.copy()
    for name in ("page", "pick", *changes):
        left.pop(name, None)
    for name, value in changes.items():
        if value:
            left[name] = value
    return f"?{left.urlencode()}"


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the list as it was, with its filter, order and page; never to another address."""
    kept = _kept(QueryDict(request.POST.get("back", "")))
    return redirect(f"{reverse('resources:work')}?{kept}" if kept else reverse("resources:work"))
