"""Labels, many items at once, the shelf that is counted, places and numbers, and tables of items."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.foundation.printing.papers import render as set_paper
from resursnav.foundation.ui.asking import StaffRequest, keys, posted, status_of, tried
from resursnav.foundation.ui.panels import row_notes

from .. import actions, labels, wording
from ..checking import compare
from ..forms import InventoryForm, LabelsForm, TogetherForm
from ..models import Item, StockPlace
from ..rules import EDIT, WORK

MOST = 500
TEMPLATE = Path(__file__).parents[1] / "papers" / "labels.typ"
DEEDS = ("move", "retire")


@page(WORK)
def print_labels(request: StaffRequest) -> HttpResponse:
    """Choose the sheet and where to begin; the same address with `pdf` gives the paper."""
    items = _items_of(request.GET, request.user)
    bound = "sheet" in request.GET
    form = LabelsForm(request.GET if bound else None)
    if bound and form.is_valid() and items:
        sheet, start = labels.SHEETS[form.cleaned_data["sheet"]], form.cleaned_data["start"]
        data = labels.paper(sheet, [_label(item) for item in items], start)
        lang = (get_language() or "sv")[:2]
        made = set_paper(TEMPLATE, {**data, "title": _("Etiketter"), "lang": lang}, at=timezone.now())
        answer = HttpResponse(made, content_type="application/pdf")
        answer["Content-Disposition"] = 'inline; filename="etiketter.pdf"'
        return answer
    kept = [(name, value) for name in ("item", "holding", "first") for value in request.GET.getlist(name)]
    told = {"form": form, "items": items, "kept": kept, "most": MOST}
    return render(request, "stock/labels.html", told, status=status_of(form))


def _items_of(asked: QueryDict, person: Any) -> list[Item]:
    """The items that the address names: one by one, or those of a holding from a certain one on."""
    rows = Item.objects.visible_to(person, WORK).kept()
    holding = keys([asked.get("holding", "")], 1)
    if holding:
        first = keys([asked.get("first", "")], 1)
        rows = rows.filter(holding__in=holding, pk__gte=first[0] if first else 0)
    else:
        rows = rows.filter(pk__in=keys(asked.getlist("item"), MOST))
    return list(rows.select_related("holding__resource", "owner").order_by("barcode", "pk")[:MOST])


def _label(item: Item) -> labels.Label:
    return labels.Label(
        barcode=item.barcode,
        title=item.holding.name or item.holding.resource.title,
        number=item.holding.number,
        owner=item.owner.name,
        address=f"{settings.BASE_URL}{item.get_absolute_url()}",
    )


@page(EDIT, methods=("POST",))
def together(request: StaffRequest) -> HttpResponse:
    """Do one thing with all that were ticked: first what would happen, then, when it is confirmed, it."""
    deed, picked = request.POST.get("deed", ""), keys(request.POST.getlist("item"), MOST)
    rows = Item.objects.visible_to(request.user, EDIT).filter(pk__in=picked)
    items = list(rows.select_related("holding__resource", "place").order_by("barcode", "pk"))
    if not items:
        messages.error(request, _("Kryssa för minst ett exemplar i listan."))
        return _back(request)
    if deed == "labels":
        query = "&".join(f"item={item.pk}" for item in items)
        return redirect(f"{reverse('stock:labels')}?{query}")
    if deed not in DEEDS or len({item.owner_id for item in items}) > 1:
        messages.error(request, _("Välj exemplar som hör till samma centrum, och vad du vill göra med dem."))
        return _back(request)
    sure = "sure" in request.POST
    form = TogetherForm(request.POST if sure else None, deed=deed, owner_id=items[0].owner_id)
    if sure and form.is_valid():
        done = tried(form, lambda: _do(deed, items, form.cleaned_data, request.user))
        if done:
            text = ngettext("Klart: %(n)d exemplar.", "Klart: %(n)d exemplar.", len(done)) % {"n": len(done)}
            messages.success(request, text)
            return _back(request)
    notes = row_notes("stock:together", items, request.user)
    told = {
        "deed": deed,
        "form": form,
        "rows": [(item, wording.status(item), wording.where(item), notes[item.pk]) for item in items],
        "back": _kept(QueryDict(request.POST.get("back", ""))),
    }
    return render(request, "stock/together.html", told, status=status_of(form))


def _do(deed: str, items: list[Item], said: dict[str, Any], person: Any) -> list[Item]:
    at = timezone.now()
    if deed == "move":
        return actions.move_items(items=items, place=said["place"], shelf=said["shelf"], by=person, at=at)
    return actions.retire(items=items, reason=said["reason"], by=person, at=at)


def _kept(asked: QueryDict) -> str:
    left = asked.copy()
    left.pop("pick", None)
    return left.urlencode()[:2000]


def _back(request: StaffRequest) -> HttpResponse:
    """To the list as it was; never to another address."""
    kept = _kept(QueryDict(request.POST.get("back", "")))
    return redirect(f"{reverse('stock:list')}?{kept}" if kept else reverse("stock:list"))


@page(EDIT, methods=("GET", "POST"))
def inventory(request: StaffRequest) -> HttpResponse:
    """Scan a shelf, and see what is not as it should be; then mend what one ticks."""
    places = StockPlace.objects.visible_to(request.user, EDIT).select_related("owner")
    form = InventoryForm(places, posted(request), initial={"place": request.GET.get("place", "")[:18]})
    told: dict[str, Any] = {"form": form, "any": places.exists()}
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        if "mend" in request.POST:
            done = tried(form, lambda: [_mended(request, said["place"], said["shelf"])])
            if done:
                messages.success(request, _("Klart: %(n)d exemplar ändrade.") % {"n": done[0]})
                return redirect(f"{reverse('stock:inventory')}?place={said['place'].pk}")
        result = compare(said["place"], said["shelf"], said["codes"])
        notes = row_notes("stock:inventory", result.absent, request.user)
        told |= {
            "result": result,
            "absent": [(item, notes[item.pk]) for item in result.absent],
            "shelf": said["shelf"],
            "place": said["place"],
            "scanned": "\n".join(said["codes"]),
        }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "stock/inventory.html", told, status=422 if wrong else 200)


def _mended(request: StaffRequest, place: StockPlace, shelf: str) -> int:
    """What was ticked in the result: absent ones are missing, those from elsewhere live here, others are found."""
    sent, at, person = request.POST, timezone.now(), request.user
    mine = Item.objects.visible_to(person, EDIT).filter(owner=place.owner_id)
    ticked = {
        name: list(mine.filter(pk__in=keys(sent.getlist(name), MOST))) for name in ("absent", "elsewhere", "found")
    }
    return actions.mend_shelf(place=place, shelf=shelf, by=person, at=at, **ticked)
