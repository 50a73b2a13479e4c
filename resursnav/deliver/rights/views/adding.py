"""Putting titles in a list: by search, by numbers, by collection, by supplier."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from resursnav.deliver.resources.finding import RESOURCE, audience
from resursnav.deliver.resources.models import Collection, Resource
from resursnav.deliver.resources.reading import rows
from resursnav.deliver.resources.rules import SEE as SEE_RESOURCE
from resursnav.deliver.resources.rules import SEE_COLLECTION
from resursnav.foundation.access.pages import page
from resursnav.foundation.search import index
from resursnav.foundation.search.documents import Query
from resursnav.kernel.errors import Unable
from resursnav.landscape.agreements.models import TitleList

from .. import actions, lookup
from ..forms import NumbersForm, SupplierForm
from ..models import CollectionTie, TitleEntry
from ..publishers import seen_by
from ..rules import EDIT_TITLES, SEE_TITLES

FOUND = 30
NEAR = 12


@page(EDIT_TITLES, load=TitleList, see=SEE_TITLES, methods=("GET", "POST"))
def search(request: HttpRequest, titlelist: TitleList) -> HttpResponse:
    """Search the catalogue, tick, and put what is ticked in the list."""
    if request.method == "POST":
        keys = [int(key) for key in request.POST.getlist("resource")[:500] if key.isdecimal() and len(key) < 15]
        chosen = list(
            Resource.objects.visible_to(request.user, SEE_RESOURCE).filter(pk__in=[k for k in keys if k < 2**62])
        )
        if not chosen:
            messages.info(request, _("Kryssa för minst en titel."))
            return redirect(request.get_full_path())
        added = actions.add_titles(titles=titlelist, resources=chosen, by=request.user, at=timezone.now())
        messages.success(request, _added(added))
        return redirect("rights:titles", titlelist.pk)
    q = " ".join(request.GET.get("q", "")[:200].replace("\0", "").split())
    found: list[Resource] = []
    total = 0
    if q:
        who = audience(request.user)
        hits = index.search(
            Query(text=q, audience=who, kinds=(RESOURCE,), per_page=FOUND, language=get_language() or "sv")
        )
        found, total = rows(hits.ids(RESOURCE), request.user), hits.total
    there = set(TitleEntry.objects.filter(titles=titlelist, resource__in=found).values_list("resource", flat=True))
    told = {"titles": titlelist, "agreement": titlelist.agreement, "q": q, "found": found, "total": total}
    return render(request, "rights/add.html", {**told, "there": there, "more": total - len(found)})


@page(EDIT_TITLES, load=TitleList, see=SEE_TITLES, methods=("GET", "POST"))
def numbers(request: HttpRequest, titlelist: TitleList) -> HttpResponse:
    """Paste numbers or send a file; see what they are; then all of them go in the list, or none."""
    sent = request.method == "POST"
    form = NumbersForm(request.POST if sent else None, request.FILES if sent else None)
    told: dict[str, Any] = {"titles": titlelist, "agreement": titlelist.agreement, "form": form}
    if not (form.is_bound and form.is_valid()):
        return render(request, "rights/numbers.html", told, status=422 if form.is_bound else 200)
    looked = lookup.look_up(form.cleaned_data["lines"], request.user)
    if looked.unknown or looked.several:
        form.add_error("numbers", _("Inget är tillagt. Rätta eller ta bort raderna här under och försök igen."))
        shown: Any = form.data.copy()  # type: ignore[attr-defined]  # what was sent is a QueryDict
        shown["numbers"] = "\n".join(number for _line, number in form.cleaned_data["lines"])
        form.data = shown
        return render(request, "rights/numbers.html", {**told, "looked": looked}, status=422)
    if request.POST.get("sure") == "yes":
        added = actions.add_titles(titles=titlelist, resources=looked.resources, by=request.user, at=timezone.now())
        messages.success(request, _added(added))
        return redirect("rights:titles", titlelist.pk)
    there = set(
        TitleEntry.objects.filter(titles=titlelist, resource__in=looked.resources).values_list("resource", flat=True)
    )
    kept = "\n".join(number for _line, number in form.cleaned_data["lines"])
    new = len(looked.resources) - len(there)
    return render(request, "rights/numbers.html", {**told, "looked": looked, "kept": kept, "there": there, "new": new})


@page(EDIT_TITLES, load=TitleList, see=SEE_TITLES, methods=("GET", "POST"))
def collections(request: HttpRequest, titlelist: TitleList) -> HttpResponse:
    """Choose a collection: what stands in it stands in the list, now and later."""
    seen = Collection.objects.visible_to(request.user, SEE_COLLECTION)
    if request.method == "POST":
        key = request.POST.get("collection", "")
        chosen = seen.filter(pk=int(key)).first() if key.isascii() and key.isdecimal() and len(key) < 15 else None
        if chosen is None:
            messages.info(request, _("Välj en samling."))
            return redirect("rights:collections", titlelist.pk)
        actions.tie_collection(titles=titlelist, collection=chosen, by=request.user, at=timezone.now())
        messages.success(request, _("Samlingen %(title)s står nu i listan.") % {"title": chosen.title})
        return redirect("rights:titles", titlelist.pk)
    tied = CollectionTie.objects.filter(titles=titlelist).values("collection")
    q = request.GET.get("q", "")[:200].replace("\0", "").strip()
    left = seen.exclude(pk__in=tied).filter(title__icontains=q).order_by("title", "pk")[: FOUND + 1]
    told = {"titles": titlelist, "agreement": titlelist.agreement, "q": q}
    return render(request, "rights/collections.html", {**told, "found": left[:FOUND], "more": len(left) > FOUND})


@page(EDIT_TITLES, load=TitleList, see=SEE_TITLES, methods=("GET", "POST"))
def suppliers(request: HttpRequest, titlelist: TitleList) -> HttpResponse:
    """Name a publisher: everything from it stands in the list, also what comes later."""
    counterpart = titlelist.agreement.counterpart.name
    form = SupplierForm(request.POST if request.method == "POST" else None, initial={"name": counterpart})
    if form.is_bound and form.is_valid():
        try:
            tie = actions.tie_supplier(
                titles=titlelist, name=form.cleaned_data["name"], by=request.user, at=timezone.now()
            )
        except Unable as refusal:
            form.add_error("name", refusal.reason)
        else:
            messages.success(request, _("Allt från %(name)s står nu i listan.") % {"name": tie.name})
            return redirect("rights:titles", titlelist.pk)
    known = seen_by(request.user)[:500]
    told = {"titles": titlelist, "agreement": titlelist.agreement, "form": form, "known": known}
    return render(request, "rights/suppliers.html", told, status=422 if form.is_bound else 200)


def _added(number: int) -> str:
    if not number:
        return _("Alla stod redan i listan.")
    said = ngettext("%(n)s titel är tillagd i listan.", "%(n)s titlar är tillagda i listan.", number)
    return said % {"n": number}
