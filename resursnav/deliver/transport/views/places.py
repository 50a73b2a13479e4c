"""Where a route goes, and in what order: each press is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.access.pages import page
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.ui.asking import StaffRequest
from resursnav.kernel.errors import Unable

from .. import actions, wording
from ..models import Route, RoutePlace
from ..reading import ride_of
from ..rules import EDIT
from ._asked import consequences

FOUND = 20
# What may leave bookings without a way there is asked about first.
_QUESTIONS = {
    "include": gettext_lazy("Ska turen gå till %(place)s?"),
    "except": gettext_lazy("Ska turen inte gå till %(place)s?"),
    "remove": gettext_lazy("Ta bort %(place)s från turen?"),
}


@dataclass(frozen=True, slots=True)
class _Deed:
    """One press: what it does, and what is said when it is done."""

    do: Callable[[], object]
    said: str = ""


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
    back = reverse("transport:places", args=[route.pk])
    if q := request.POST.get("q", "")[:100]:
        back += "?" + urlencode({"q": q})
    found = _deed(request, route, place) if place is not None else None
    if found is None:
        return redirect(back)
    what = _QUESTIONS.get(request.POST.get("deed", ""))
    if what is not None:
        told = {"what": str(what) % {"place": place}, "back": back}
        asked = consequences(request, forms.Form({}), route.carrier.owner, found.do, told)
        if asked is not None:
            return asked
    try:
        found.do()
    except Unable as refusal:
        messages.error(request, refusal.reason)
    else:
        if found.said:
            messages.success(request, found.said)
    return redirect(back)


def _deed(request: StaffRequest, route: Route, place: Organisation) -> _Deed | None:
    """What the press means; None when it means nothing."""
    deed, said = request.POST.get("deed"), {"place": place.name}
    usual: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    if deed in {"include", "except"}:
        included = deed == "include"
        text = _("Turen går till %(place)s.") if included else _("Turen går inte till %(place)s.")
        return _Deed(
            lambda: actions.mark_place(route=route, organisation=place, included=included, **usual), text % said
        )
    if deed == "note":
        note = request.POST.get("note", "")[:200]
        return _Deed(
            lambda: actions.mark_place(route=route, organisation=place, included=True, note=note, **usual),
            _("Sparat hur man lämnar hos %(place)s.") % said,
        )
    if deed == "remove":
        return _Deed(
            lambda: actions.unmark_place(route=route, organisation=place, **usual),
            _("%(place)s är borttagen.") % said,
        )
    stop = RoutePlace.objects.filter(route=route, organisation=place).first() if deed in {"up", "down"} else None
    return _Deed(lambda: actions.move_stop(place=stop, earlier=deed == "up", **usual)) if stop is not None else None
