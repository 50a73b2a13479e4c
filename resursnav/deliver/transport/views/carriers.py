"""Those who carry."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.asking import StaffRequest, posted, status_of, tried
from resursnav.kernel.errors import Unable

from .. import actions, wording
from ..forms import CarrierForm
from ..forms.routes import contact_of
from ..models import Carrier
from ..rules import EDIT, SEE
from ._asked import owners


@page(SEE)
def index(request: StaffRequest) -> HttpResponse:
    """All carriers with how to reach them and how many routes they have."""
    found = Carrier.objects.visible_to(request.user, SEE).annotate(number_of=Count("routes"))
    rows = [(carrier, wording.way_icon(carrier.way)) for carrier in found.order_by("name_key", "pk")]
    return render(request, "transport/carriers.html", {"rows": rows, "may_edit": may(request.user, EDIT)})


@page(EDIT, methods=("GET", "POST"))
def add(request: StaffRequest) -> HttpResponse:
    """Say that somebody carries for the centre."""
    known = owners(request.user)
    if not known:
        return render(request, "transport/no_centre.html", status=403)
    form = CarrierForm(posted(request), initial={"way": "van"})
    if form.is_bound and form.is_valid():
        made = tried(
            form,
            lambda: actions.add_carrier(owner=known[0], facts=form.facts(), by=request.user, at=timezone.now()),
        )
        if made:
            messages.success(request, _("%(name)s är tillagd.") % {"name": made})
            return redirect("transport:carriers")
    return render(request, "transport/carrier.html", {"form": form}, status=status_of(form))


@page(EDIT, load=Carrier, methods=("GET", "POST"))
def edit(request: StaffRequest, carrier: Carrier) -> HttpResponse:
    """Change name and contact, or take a carrier away that has no route."""
    form = CarrierForm(posted(request), contact_of(carrier))
    if request.POST.get("deed") == "remove":
        try:
            actions.remove_carrier(carrier=carrier, by=request.user, at=timezone.now())
        except Unable as refusal:
            messages.error(request, refusal.reason)
            return redirect("transport:edit_carrier", carrier.pk)
        messages.success(request, _("%(name)s är borttagen.") % {"name": carrier})
        return redirect("transport:carriers")
    if form.is_bound and form.is_valid():
        saved = tried(
            form,
            lambda: actions.edit_carrier(carrier=carrier, facts=form.facts(), by=request.user, at=timezone.now()),
        )
        if saved:
            messages.success(request, _("Ändringarna är sparade."))
            return redirect("transport:carriers")
    told = {"form": form, "carrier": carrier, "removable": not carrier.routes.exists()}
    return render(request, "transport/carrier.html", told, status=status_of(form))
