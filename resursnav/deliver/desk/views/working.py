"""The day at the desk: what waits, each with its next press; and the check of what came back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.deliver.lending import actions as lending
from resursnav.deliver.lending.models import Allocation, State
from resursnav.deliver.stock.models import Fault, Item, PartLine
from resursnav.deliver.stock.rules import WORK as STOCK_WORK
from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.asking import StaffRequest, keys
from resursnav.kernel.errors import Unable

from .. import working
from ..day import day_of, work_of
from ..forms import CheckForm
from ..rules import WORK

TOLD = 5


@page(WORK)
def index(request: StaffRequest) -> HttpResponse:
    """What is to be packed, sent, taken back and checked, and what has gone wrong."""
    today = timezone.localdate()
    faults = Fault.objects.visible_to(request.user, STOCK_WORK).open().count()
    return render(request, "desk/index.html", {"day": day_of(request.user, today), "today": today, "faults": faults})


@page(WORK, methods=("POST",))
def do(request: StaffRequest) -> HttpResponse:
    """Do one thing with one booking ("pack:12") or with all that are ticked ("pack")."""
    deed, _colon, key = request.POST.get("deed", "").partition(":")
    wanted = keys([key]) if key else keys(request.POST.getlist("booking"))
    back = redirect("desk:day")
    if deed not in working.DEEDS:
        return back
    rows = list(work_of(request.user).filter(pk__in=wanted))
    if not rows:
        messages.error(request, _("Kryssa först för vad det gäller."))
        return back
    outcome = working.do(deed, rows, by=request.user, at=timezone.now())
    if said := outcome.said(deed):
        messages.success(request, said)
    for refusal in outcome.refused[:TOLD]:
        messages.error(request, refusal)
    if len(outcome.refused) > TOLD:
        messages.error(request, _("Och %(n)s till gick inte.") % {"n": len(outcome.refused) - TOLD})
    return back


@page(WORK, load=Item, see=STOCK_WORK, methods=("GET", "POST"))
def check(request: StaffRequest, item: Item) -> HttpResponse:
    """Look at a copy that has come back, and say how it is."""
    copy = Allocation.objects.filter(item=item, open=True).select_related("booking__order__unit").first()
    parts = list(PartLine.objects.filter(holding=item.holding_id, counted=True))
    form = CheckForm(parts, request.POST or None, {"condition": item.condition})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            lending.check(
                item=item, condition=said["condition"], missing=form.missing() if parts else None,
                fault=said["fault"], blocking=said["blocking"], by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Unable as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            messages.success(request, _("%(code)s är kontrollerad.") % {"code": item.barcode})
            return redirect("desk:scan" if "scan" in request.GET else "desk:day")
    waits = copy is not None and copy.booking.state == State.RETURNED
    told = {
        "item": item, "form": form, "waits": waits, "booking": copy.booking if copy else None,
        "faults": list(Fault.objects.filter(item=item).open()),
    }  # fmt: skip
    return render(request, "desk/check.html", told, status=422 if form.is_bound else 200)
