"""Whom one has agreements with."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.asking import StaffRequest, posted, status_of, tried

from .. import actions, organisation_numbers
from ..forms import CounterpartForm
from ..forms.around import contact_of
from ..models import Counterpart
from ..rules import EDIT_COUNTERPART, SEE_COUNTERPART
from ._asked import owners


@page(SEE_COUNTERPART)
def index(request: StaffRequest) -> HttpResponse:
    """All counterparts with how to reach them and how many agreements there are."""
    rows = Counterpart.objects.visible_to(request.user, SEE_COUNTERPART).annotate(number_of=Count("agreements"))
    pages = Paginator(rows.select_related("owner").order_by("name_key", "pk"), 50).get_page(request.GET.get("page"))
    rows_shown = [(row, organisation_numbers.shown(row.number)) for row in pages]
    told = {"pages": pages, "rows": rows_shown, "may_edit": may(request.user, EDIT_COUNTERPART)}
    return render(request, "agreements/counterparts.html", told)


@page(EDIT_COUNTERPART, methods=("GET", "POST"))
def add(request: StaffRequest) -> HttpResponse:
    """Make a counterpart known."""
    known = owners(request.user)
    if not known:
        return render(request, "agreements/no_owner.html", status=403)
    form = CounterpartForm(known, posted(request))
    if form.is_bound and form.is_valid():
        made = tried(
            form,
            lambda: actions.add_counterpart(
                owner=form.owner_chosen, facts=form.facts(), by=request.user, at=timezone.now()
            ),
        )
        if made:
            messages.success(request, _("%(name)s är tillagd.") % {"name": made})
            return redirect("agreements:counterparts")
    return render(request, "agreements/counterpart.html", {"form": form}, status=status_of(form))


@page(EDIT_COUNTERPART, load=Counterpart, see=SEE_COUNTERPART, methods=("GET", "POST"))
def edit(request: StaffRequest, counterpart: Counterpart) -> HttpResponse:
    """Change name and contact."""
    form = CounterpartForm([counterpart.owner], posted(request), contact_of(counterpart))
    if form.is_bound and form.is_valid():
        saved = tried(
            form,
            lambda: actions.edit_counterpart(
                counterpart=counterpart, facts=form.facts(), by=request.user, at=timezone.now()
            ),
        )
        if saved:
            messages.success(request, _("Ändringarna är sparade."))
            return redirect("agreements:counterparts")
    told = {"form": form, "counterpart": counterpart}
    return render(request, "agreements/counterpart.html", told, status=status_of(form))
