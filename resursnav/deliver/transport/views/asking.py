"""When do things come to us? For those who work at a place."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from resursnav.foundation.access.pages import page
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.ui.asking import StaffRequest

from .. import telling_when
from ..rules import ASK

FOUND = 20


@page(ASK)
def mine(request: StaffRequest) -> HttpResponse:
    """To one's own place; whoever answers for several chooses one."""
    q = request.GET.get("q", "")[:100].replace("\0", "").strip()
    seen = Organisation.objects.visible_to(request.user, ASK).not_closed_on(timezone.localdate())
    own = [post.node_id for post in request.user.standing()]
    if not q and len(set(own)) == 1 and (place := seen.filter(pk=own[0], kind="unit").first()):
        return redirect("transport:when_at", place.pk)
    found = list((seen.matching(q) if q else seen.filter(pk__in=own)).select_related("parent")[: FOUND + 1])
    told = {"q": q, "found": found[:FOUND], "more": len(found) > FOUND}
    return render(request, "transport/when.html", told)


@page(ASK, load=Organisation, see=ASK)
def show(request: StaffRequest, organisation: Organisation) -> HttpResponse:
    """On which days, how late one may order, what comes next, and when nothing goes."""
    told = telling_when.told(organisation, timezone.now())
    return render(request, "transport/when_at.html", {"place": organisation, "told": told})
