"""An agreement's title lists: what stands in them, what is put in, and what is taken away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.rules import SEE as SEE_RESOURCE
from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page
from resursnav.foundation.imports import sheets
from resursnav.kernel.errors import Unable
from resursnav.landscape.agreements import actions as agreeing
from resursnav.landscape.agreements.models import Agreement, TitleList
from resursnav.landscape.agreements.rules import SEE as SEE_AGREEMENT

from .. import actions
from ..contents import leaving_with, standing_in
from ..forecasting import leaving, nodes_of
from ..forms import ListForm
from ..models import CollectionTie, SupplierTie, TitleEntry
from ..publishers import spellings
from ..rules import EDIT_TITLES, SEE_TITLES
from ..telling import losses_told

PER_PAGE = 50
MOST_TOLD = 50


@page(EDIT_TITLES, load=Agreement, see=SEE_AGREEMENT, methods=("GET", "POST"))
def new(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Give the agreement one more list."""
    form = ListForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = agreeing.add_title_list(
                agreement=agreement, name=form.cleaned_data["name"], by=request.user, at=timezone.now()
            )
        except Unable as refusal:
            form.add_error("name", refusal.reason)
        else:
            return redirect("rights:titles", made.pk)
    return render(
        request, "rights/new_list.html", {"agreement": agreement, "form": form}, status=422 if form.is_bound else 200
    )


@page(SEE_TITLES, load=TitleList)
def show(request: HttpRequest, titlelist: TitleList) -> HttpResponse:
    """What stands in the list, how it came there, and what one can do with it."""
    q = " ".join(request.GET.get("q", "")[:200].replace("\0", "").split())
    suppliers = list(SupplierTie.objects.filter(titles=titlelist))
    names = spellings({tie.name_key for tie in suppliers})
    rows = standing_in([titlelist.pk], names).visible_to(request.user, SEE_RESOURCE).order_by("title", "pk")
    rows = rows.matching(q) if q else rows
    if request.GET.get("format") in ("csv", "xlsx"):
        make = sheets.as_csv if request.GET["format"] == "csv" else sheets.as_xlsx
        cells = ([one.title, one.own_number, one.publisher] for one in rows[:10_000])
        return make("titlar", (_("Titel"), _("Nummer"), _("Utgivare")), cells)
    by_own = Exists(TitleEntry.objects.filter(titles=titlelist, resource=OuterRef("pk")))
    pages = Paginator(rows.annotate(stands_by_name=by_own).prefetch_related("editions"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    by_name = {resource.pk for resource in pages if resource.stands_by_name}
    return render(
        request,
        "rights/titles.html",
        {
            "titles": titlelist,
            "agreement": titlelist.agreement,
            "pages": pages,
            "by_name": by_name,
            "q": q,
            "collections": CollectionTie.objects.filter(titles=titlelist).select_related("collection"),
            "suppliers": suppliers,
            "may_edit": may(request.user, EDIT_TITLES, titlelist.agreement),
        },
    )


@page(EDIT_TITLES, load=TitleList, see=SEE_TITLES, methods=("GET", "POST"))
def remove(request: HttpRequest, titlelist: TitleList) -> HttpResponse:
    """What disappears for whom when these titles leave the list; the button takes them away."""
    given = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(titlelist, given)
    if chosen is None:
        messages.info(request, _("Välj minst en titel i listan först."))
        return redirect("rights:titles", titlelist.pk)
    resources, collection, supplier = chosen
    if request.method == "POST":
        _remove(request, titlelist, resources, collection, supplier)
        return redirect("rights:titles", titlelist.pk)
    keys = leaving_with(
        titlelist,
        resources=[one.pk for one in resources],
        collection=collection.pk if collection else 0,
        supplier=supplier.pk if supplier else 0,
    )
    told = leaving(titlelist, keys, nodes_of(request.user), timezone.localdate())
    return render(
        request,
        "rights/remove.html",
        {
            "titles": titlelist,
            "agreement": titlelist.agreement,
            "resources": resources,
            "collection": collection.collection if collection else None,
            "supplier": supplier,
            "given": [(name, value) for name in ("entry", "collection", "supplier") for value in given.getlist(name)],
            "leaving": len(keys),
            "lines": losses_told(told, request.user)[:MOST_TOLD],
            "lost": len(told.lost),
        },
    )


def _chosen(titles: TitleList, given: Any) -> tuple[list[Resource], Any, Any] | None:
    """What was ticked: titles by name, a collection or a supplier; None when nothing of it stands in the list."""
    entries = TitleEntry.objects.filter(titles=titles, resource__in=_numbers(given.getlist("entry")))
    resources = list(Resource.objects.filter(pk__in=entries.values("resource")).order_by("title", "pk"))
    shelf = CollectionTie.objects.filter(titles=titles, pk__in=_numbers(given.getlist("collection")))
    tie = SupplierTie.objects.filter(titles=titles, pk__in=_numbers(given.getlist("supplier")))
    collection, supplier = shelf.select_related("collection").first(), tie.select_related("titles").first()
    return (resources, collection, supplier) if resources or collection or supplier else None


def _numbers(values: list[str]) -> list[int]:
    return [int(value) for value in values[:2000] if value.isascii() and value.isdecimal() and len(value) < 15]


def _remove(request: Any, titles: TitleList, resources: list[Resource], collection: Any, supplier: Any) -> None:
    done = {"by": request.user, "at": timezone.now()}
    if resources:
        n = actions.remove_titles(titles=titles, resources=resources, **done)
        said = ngettext("%(n)s titel är borttagen ur listan.", "%(n)s titlar är borttagna ur listan.", n)
        messages.success(request, said % {"n": n})
    if collection:
        actions.untie_collection(titles=titles, collection=collection.collection, **done)
        messages.success(request, _("Samlingen är borttagen ur listan."))
    if supplier:
        actions.untie_supplier(tie=supplier, **done)
        messages.success(request, _("Leverantören är borttagen ur listan."))
