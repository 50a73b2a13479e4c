"""Catalogues that are asked for their news."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.foundation.organisations.models import Organisation
from resursnav.kernel.errors import Unable

from ..actions import add_harvest, remove_harvest, run_harvest
from ..forms import HarvestForm
from ..models import Harvest
from ..rules import SEE, TAKE_IN


@page(TAKE_IN, methods=("GET", "POST"))
def harvests(request: HttpRequest) -> HttpResponse:
    """Which catalogues there are, how it went last night, and one more."""
    owners = Organisation.objects.visible_to(request.user, TAKE_IN).exclude(kind="unit").order_by("kind", "name")
    form = HarvestForm(owners, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            said = dict(form.cleaned_data)
            add_harvest(prefix=said.pop("format"), **said, by=request.user, at=timezone.now())
        except Unable as refusal:
            form.add_error(refusal.field, refusal.reason)
        else:
            messages.success(request, _("Katalogen är tillagd. Den hämtas i natt, eller nu om du vill."))
            return redirect("exchange:harvests")
    rows = Harvest.objects.visible_to(request.user, SEE).select_related("owner")
    context = {"form": form, "rows": rows}
    return render(request, "exchange/harvests.html", context, status=422 if form.errors else 200)


@page(TAKE_IN, load=Harvest, methods=("POST",))
def run(request: HttpRequest, harvest: Harvest) -> HttpResponse:
    """Fetch now, while one waits."""
    batch = run_harvest(harvest=harvest, by=request.user, at=timezone.now())
    if batch is None:
        messages.error(request, harvest.fault)
        return redirect("exchange:harvests")
    return redirect("imports:show", pk=batch.pk)


@page(TAKE_IN, load=Harvest, methods=("POST",))
def remove(request: HttpRequest, harvest: Harvest) -> HttpResponse:
    """Stop asking it."""
    remove_harvest(harvest=harvest, by=request.user, at=timezone.now())
    messages.success(request, _("Katalogen hämtas inte längre. Det som redan har kommit därifrån finns kvar."))
    return redirect("exchange:harvests")
