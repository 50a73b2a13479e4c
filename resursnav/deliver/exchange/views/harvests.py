"""Catalogues that are asked for their news."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.kernel.errors import Unable

from ..actions import add_harvest, remove_harvest, want_harvest
from ..forms import HarvestForm
from ..models import Harvest
from ..owners import Owners
from ..rules import SEE, TAKE_IN

POLL_SECONDS = 3


@page(TAKE_IN, methods=("GET", "POST"))
def harvests(request: HttpRequest) -> HttpResponse:
    """Which catalogues there are, how it went last night, and one more."""
    form = HarvestForm(Owners(request.user), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            said = dict(form.cleaned_data)
            add_harvest(prefix=said.pop("format"), **said, by=request.user, at=timezone.now())
        except Unable as refusal:
            form.add_error(refusal.field, refusal.reason)
        else:
            messages.success(request, _("Katalogen är tillagd. Den hämtas i natt, eller nu om du vill."))
            return redirect("exchange:harvests")
    context = {"form": form, **_rows(request)}
    return render(request, "exchange/harvests.html", context, status=422 if form.errors else 200)


@page(SEE)
def state(request: HttpRequest) -> HttpResponse:
    """The part of the page that changes while a catalogue is fetched; a whole page for those without htmx."""
    if request.headers.get("HX-Request") != "true":
        return redirect("exchange:harvests")
    return render(request, "exchange/parts/_harvests.html", _rows(request))


def _rows(request: HttpRequest) -> dict[str, Any]:
    rows = list(Harvest.objects.visible_to(request.user, SEE).select_related("owner", "batch"))
    return {"rows": rows, "working": any(row.is_working for row in rows), "poll": POLL_SECONDS}


@page(TAKE_IN, load=Harvest, methods=("POST",))
def run(request: HttpRequest, harvest: Harvest) -> HttpResponse:
    """Ask for it now; the worker fetches it, for that may take minutes."""
    want_harvest(harvest=harvest, by=request.user, at=timezone.now())
    return redirect("exchange:harvests")


@page(TAKE_IN, load=Harvest, methods=("POST",))
def remove(request: HttpRequest, harvest: Harvest) -> HttpResponse:
    """Stop asking it."""
    remove_harvest(harvest=harvest, by=request.user, at=timezone.now())
    messages.success(request, _("Katalogen hämtas inte längre. Det som redan har kommit därifrån finns kvar."))
    return redirect("exchange:harvests")
