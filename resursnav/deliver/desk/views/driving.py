"""The driver's phone: today's round, ticked off stop by stop."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.deliver.transport.models import Route
from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.asking import StaffRequest, keys

from .. import rounds, working
from ..rules import DRIVE


@page(DRIVE, load=Route, see=DRIVE, methods=("GET", "POST"))
def show(request: StaffRequest, route: Route) -> HttpResponse:
    """The stops of today in their order; a press says that something has been left or fetched."""
    today = timezone.localdate()
    found = rounds.round_of(route, today, today)
    if request.method == "POST":
        return _tick(request, found)
    return render(request, "desk/round.html", {"round": found, "route": route, "today": today})


def _tick(request: StaffRequest, found: rounds.Round) -> HttpResponse:
    """Tick a booking ("deliver:12", "fetch:12"), a whole stop ("stop:7"), or not after all ("undo:12"): of today's."""
    deed, _colon, text = request.POST.get("deed", "").partition(":")
    key = next(iter(keys([text])), None)
    done, refused = 0, []
    for stop in found.stops:
        whole = deed == "stop" and stop.unit.pk == key
        waiting = rounds.open_rows(stop)
        for verb, name in (("deliver", "deliver"), ("fetch", "take_back")):
            rows = [row for row in waiting[verb] if whole or (deed == verb and row.pk == key)]
            outcome = working.do(name, rows, by=request.user, at=timezone.now())
            done += outcome.done
            refused += outcome.refused
        if deed == "undo" and key in stop.undo:
            rows = [row for row in (*stop.deliver, *stop.fetch) if row.pk == key]
            outcome = working.do("undo", rows, by=request.user, at=timezone.now())
            done, refused = done + outcome.done, refused + outcome.refused
    if done:
        messages.success(request, _("Ångrat.") if deed == "undo" else _("Kvitterat."))
    elif deed == "undo" and not refused:
        messages.error(request, _("Det går inte att ångra längre. Säg till vid lånedisken."))
    elif not refused:
        messages.info(request, _("Det var redan kvitterat."))
    for refusal in refused:
        messages.error(request, refusal)
    return redirect("desk:round", found.route.pk)
