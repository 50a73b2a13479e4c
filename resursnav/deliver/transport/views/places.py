"""Where a route goes, and in what order: each press is kept at once."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.foundation.organisations.models import Organisation
from resursnav.kernel.errors import Unable

from .. import actions, wording
from ..models import Route, RoutePlace
from ..reading import ride_of
from ..rules import EDIT
from ._asked import StaffRequest

FOUND = 20


@page(EDIT, load=Route, methods=("GET", "POST"))
def places(request: StaffRequest, route: Route) -> HttpResponse:
    """The stops in their order, the exceptions, and a search for more."""
    if request.method == "POST":
        return _do(request, route)
    owner, q = route.carrier.owner_id, request.GET.get("q", "")[:100].replace("\0", "").strip()
    below = Organisation.objects.at_or_below([owner]).not_closed_on(timezone.localdate())
    marks = list(route.places.select_related("organisation__parent"))
    marked = {mark.organisation_id: mark.included for mark in marks}
    near = below.matching(q) if q else below.filter(pk=owner) | below.filter(parent=owner)
    found = list(near.select_related("parent").order_by("kind", "name_key")[: FOUND + 1 if q else 60])
    found.sort(key=lambda node: node.pk != owner)
    return render(
        request,
        "transport/places.html",
        {
            "route": route,
            "sentence": wording.sentence(ride_of(route)),
            "stops": [mark for mark in marks if mark.included],
            "excepted": [mark for mark in marks if not mark.included],
            "q": q,
            "found": [(node, marked.get(node.pk)) for node in (found[:FOUND] if q else found)],
            "more": bool(q) and len(found) > FOUND,
        },
    )


def _do(request: StaffRequest, route: Route) -> HttpResponse:
    """Include, except, take away, move or note one place, and come back to the same search."""
    key = request.POST.get("place", "")
    place = Organisation.objects.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 10 else None
    try:
        if place is not None:
            _deed(request, route, place)
    except Unable as refusal:
        messages.error(request, refusal.reason)
    back = redirect("transport:places", route.pk)
    if q := request.POST.get("q", "")[:100]:
        back["Location"] += "?" + urlencode({"q": q})
    return back


def _deed(request: StaffRequest, route: Route, place: Organisation) -> None:
    deed, by, at, said = request.POST.get("deed"), request.user, timezone.now(), {"place": place.name}
    if deed in {"include", "except"}:
        actions.mark_place(route=route, organisation=place, included=deed == "include", by=by, at=at)
        text = _("Turen går till %(place)s.") if deed == "include" else _("Turen går inte till %(place)s.")
        messages.success(request, text % said)
    elif deed == "note":
        note = request.POST.get("note", "")[:200]
        actions.mark_place(route=route, organisation=place, included=True, note=note, by=by, at=at)
        messages.success(request, _("Sparat hur man lämnar hos %(place)s.") % said)
    elif deed == "remove":
        actions.unmark_place(route=route, organisation=place, by=by, at=at)
        messages.success(request, _("%(place)s är borttagen.") % said)
    elif deed in {"up", "down"}:
        stop = RoutePlace.objects.filter(route=route, organisation=place).first()
        if stop is not None:
            actions.move_stop(place=stop, earlier=deed == "up", by=by, at=at)
