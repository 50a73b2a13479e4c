"""Open a holding, say what it is, add items to it, and list its parts."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.deliver.resources.models import Resource
from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.asking import StaffRequest, keys, posted, status_of, tried

from .. import actions
from ..forms import AddItemsForm, HoldingForm, PartsForm
from ..forms.holding import as_text
from ..models import PHYSICAL, Holding
from ..rules import EDIT, WORK
from ._asked import moment


@page(EDIT, methods=("GET", "POST"))
def open_holding(request: StaffRequest) -> HttpResponse:
    """Begin to have a resource on the shelf; the resource stands in the address."""
    key = keys([request.GET.get("resource", "")], 1)
    if not key:
        return render(request, "stock/choose.html")
    resource = Resource.objects.visible_to(request.user, EDIT).filter(pk=key[0]).first()
    if resource is None:
        raise Http404(_("Resursen finns inte, eller så har du inte tillgång till den."))
    taken = Holding.objects.filter(resource=resource).values("media_type")
    editions = resource.editions.filter(media_type__in=PHYSICAL).exclude(media_type__in=taken)
    known = list(dict.fromkeys(editions.values_list("media_type", flat=True)))
    form = HoldingForm(posted(request), forms_of=known, initial={"number": resource.own_number})
    if known and form.is_bound and form.is_valid():
        facts, at = form.facts(), timezone.now()
        made = tried(form, lambda: actions.open_holding(resource=resource, facts=facts, by=request.user, at=at))
        if made:
            messages.success(request, _("Beståndet är upplagt. Lägg nu till exemplaren."))
            return redirect("stock:add", pk=made.pk)
    return render(
        request, "stock/open.html", {"form": form, "resource": resource, "known": known}, status=status_of(form)
    )


@page(EDIT, load=Holding, see=WORK, methods=("GET", "POST"))
def edit(request: StaffRequest, holding: Holding) -> HttpResponse:
    """Say something else about the holding."""
    initial = {name: getattr(holding, name) for name in ("media_type", "name", "number", "kind", "bookable", "note")}
    initial["seen_at"] = holding.updated_at.isoformat()
    form = HoldingForm(posted(request), holding=holding, initial=initial)
    if form.is_bound and form.is_valid():
        saved = tried(
            form,
            lambda: actions.edit_holding(
                holding=holding,
                facts=form.facts(),
                seen_at=moment(form.cleaned_data["seen_at"]),
                by=request.user,
                at=timezone.now(),
            ),
            holding.updated_at.isoformat(),
        )
        if saved:
            messages.success(request, _("Ändringarna är sparade."))
            return redirect(saved)
    told = {"form": form, "holding": holding, "title": holding.title()}
    return render(request, "stock/edit_holding.html", told, status=status_of(form))


@page(EDIT, load=Holding, see=WORK, methods=("GET", "POST"))
def add(request: StaffRequest, holding: Holding) -> HttpResponse:
    """Put new items on the shelf."""
    last = holding.items.order_by("-pk").first()
    initial = {"place": last.place_id, "shelf": last.shelf, "value": last.value} if last else {}
    form = AddItemsForm(posted(request), owner_id=holding.owner_id, initial=initial)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        made = tried(
            form,
            lambda: actions.add_items(
                holding=holding,
                count=given["count"],
                first_barcode=given["first_barcode"],
                facts=form.facts(),
                by=request.user,
                at=timezone.now(),
            ),
        )
        if made:
            text = ngettext("%(n)d exemplar är tillagt.", "%(n)d exemplar är tillagda.", len(made))
            messages.success(request, text % {"n": len(made)})
            query = f"?holding={holding.pk}&first={made[0].pk}"
            return redirect(f"{reverse('stock:labels')}{query}")
    told = {"form": form, "holding": holding, "title": holding.title()}
    return render(request, "stock/add.html", told, status=status_of(form))


@page(EDIT, load=Holding, see=WORK, methods=("GET", "POST"))
def parts(request: StaffRequest, holding: Holding) -> HttpResponse:
    """Say what shall lie in each item."""
    known = list(holding.parts.all())
    version = holding.updated_at.isoformat()
    form = PartsForm(posted(request), initial={"parts": as_text(known), "seen_at": version})
    if form.is_bound and form.is_valid():
        lines, seen_at = form.cleaned_data["parts"], moment(form.cleaned_data["seen_at"])
        said = {"holding": holding, "parts": lines, "seen_at": seen_at, "by": request.user, "at": timezone.now()}
        saved = tried(form, lambda: [actions.set_parts(**said)], version)
        if saved:
            messages.success(request, _("Innehållslistan är sparad."))
            return redirect(holding)
    told = {"form": form, "holding": holding, "title": holding.title()}
    return render(request, "stock/parts.html", told, status=status_of(form))
