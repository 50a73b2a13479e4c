"""Routes: all of them, one of them, laid out, changed and ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.asking import StaffRequest, posted, status_of, tried
from resursnav.foundation.ui.panels import panels

from .. import actions, listing, wording
from ..forms import EndForm, RouteForm
from ..forms.fields import after, moment
from ..forms.routes import NEW, said_of
from ..models import Carrier, Route
from ..reading import ride_of
from ..rules import EDIT, SEE
from ._asked import consequences, owners

DAYS = {"valid_to": "last_day", "ends": "last_day"}


@page(SEE)
def index(request: StaffRequest) -> HttpResponse:
    """All routes with their days, and what leaves the centre in the next days."""
    today = timezone.localdate()
    over = request.GET.get("show") == "ended"
    rows = listing.routes(request.user, today, ended=over)
    return render(
        request,
        "transport/index.html",
        {
            "rows": rows,
            "over": over,
            "coming": [] if over else listing.coming([row.route for row in rows], today),
            "may_edit": may(request.user, EDIT),
            "any_carrier": bool(rows) or Carrier.objects.visible_to(request.user, SEE).exists(),
        },
    )


@page(SEE, load=Route)
def show(request: StaffRequest, route: Route) -> HttpResponse:
    """A route with its places in the order of the stops."""
    today = timezone.localdate()
    ride = ride_of(route)
    marks = list(route.places.select_related("organisation__parent"))
    label, tone = wording.status(route, today)
    return render(
        request,
        "transport/route.html",
        {
            "route": route,
            "sentence": wording.sentence(ride),
            "back": wording.back(ride),
            "label": label,
            "tone": tone,
            "icon": wording.way_icon(route.carrier.way),
            "stops": [mark for mark in marks if mark.included],
            "excepted": [mark for mark in marks if not mark.included],
            "over": route.valid_to is not None and route.valid_to <= today,
            "may_edit": may(request.user, EDIT, route),
            "panels": panels(request, "transport:route", route),
        },
    )


@page(EDIT, methods=("GET", "POST"))
def add(request: StaffRequest) -> HttpResponse:
    """Lay out a route; where it goes comes next."""
    known = owners(request.user)
    if not Carrier.objects.filter(owner__in=known).exists():
        return render(request, "transport/no_carrier.html", {"known": known})
    form = RouteForm(known, posted(request), NEW)
    if form.is_bound and form.is_valid():
        made = tried(form, lambda: actions.add_route(facts=form.facts(), by=request.user, at=timezone.now()), **DAYS)
        if made:
            messages.success(request, _("Turen är sparad. Säg nu vart den går."))
            return redirect("transport:places", made.pk)
    return render(request, "transport/edit_route.html", {"form": form}, status=status_of(form))


@page(EDIT, load=Route, methods=("GET", "POST"))
def change(request: StaffRequest, route: Route) -> HttpResponse:
    """Say something else about a route; what it does to what is booked is shown first."""
    form = RouteForm([route.carrier.owner], posted(request), said_of(route))
    told: dict[str, Any] = {"route": route, "form": form}
    if form.is_bound and form.is_valid():
        seen_at = moment(form.cleaned_data["seen_at"])

        def do() -> Route:
            return actions.change_route(
                route=route, facts=form.facts(), seen_at=seen_at, by=request.user, at=timezone.now()
            )

        said = {"what": _("Ändra %(name)s?") % {"name": route.name}, "back": route.get_absolute_url()}
        asked = consequences(request, form, route.carrier.owner, do, {**told, **said}, **DAYS)
        if asked is not None:
            return asked
        if not form.errors and tried(form, do, route.updated_at.isoformat(), **DAYS):
            messages.success(request, _("Turen är ändrad."))
            return redirect(route)
    return render(request, "transport/edit_route.html", told, status=status_of(form))


@page(EDIT, load=Route, methods=("GET", "POST"))
def end(request: StaffRequest, route: Route) -> HttpResponse:
    """Let a route go for the last time."""
    form = EndForm(posted(request))
    stops = list(route.places.filter(included=True).select_related("organisation"))
    told: dict[str, Any] = {"route": route, "form": form, "stops": stops}
    if form.is_bound and form.is_valid():
        ends, reason = after(form.cleaned_data["last_day"]), form.cleaned_data["reason"]

        def do() -> Route:
            return actions.end_route(route=route, ends=ends, reason=reason, by=request.user, at=timezone.now())

        said = {"what": _("Avsluta %(name)s?") % {"name": route.name}, "back": route.get_absolute_url()}
        asked = consequences(request, form, route.carrier.owner, do, {**told, **said}, **DAYS)
        if asked is not None:
            return asked
        if not form.errors and tried(form, do, **DAYS):
            messages.success(request, _("Turen är avslutad. Den står kvar bland dem som har slutat."))
            return redirect(route)
    return render(request, "transport/end_route.html", told, status=status_of(form))
