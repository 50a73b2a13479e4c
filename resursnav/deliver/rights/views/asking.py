"""May we use it? One resource, one place, one day, every way of use; and what disappears for whom."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.rules import SEE as SEE_RESOURCE
from resursnav.foundation.access.pages import page
from resursnav.foundation.imports import sheets
from resursnav.foundation.organisations.models import Organisation
from resursnav.landscape.agreements import wording
from resursnav.landscape.agreements.models import Agreement
from resursnav.landscape.agreements.rules import SEE as SEE_AGREEMENT

from ..forecasting import forecast as reckon
from ..forecasting import nodes_of, without
from ..forms import AskForm
from ..panels import lines_for
from ..places import askable, places_of
from ..rules import FORECAST
from ..telling import cells, forecast_heads, forecast_rows, losses_cells, losses_heads, losses_told

MONTHS = (3, 6, 12)
PER_PAGE = 50
FOUND = 20


@page(public=True)
def resource(request: HttpRequest, pk: int) -> HttpResponse:
    """What one's place, or any other that one chooses, may do with the resource on a day."""
    thing = Resource.objects.visible_to(request.user, SEE_RESOURCE).filter(pk=pk).prefetch_related("editions").first()
    if thing is None:
        raise Http404(_("Resursen finns inte, eller så har du inte tillgång till den."))
    today = timezone.localdate()
    form = AskForm(request.GET if "day" in request.GET else None, initial={"day": today})
    day = (form.cleaned_data["day"] or today) if form.is_bound and form.is_valid() else today
    own = places_of(request.user)
    place = _place(request, own)
    q = request.GET.get("q", "")[:100].replace("\0", "").strip()
    told = {
        "resource": thing, "form": form, "day": day, "today": today, "place": place, "own": own, "q": q,
        "found": _found(request, q) if q else [],
        "lines": lines_for(thing, place, request.user, day),
    }  # fmt: skip
    return render(request, "rights/resource.html", told)


def _place(request: HttpRequest, own: list[Organisation]) -> Organisation | None:
    key = request.GET.get("place", "")
    if not (key.isascii() and key.isdecimal() and len(key) < 10):
        return own[0] if own else None
    known = next((place for place in own if place.pk == int(key)), None)
    return known or askable(request.user).filter(pk=key).first()


def _found(request: HttpRequest, q: str) -> list[Organisation]:
    rows = askable(request.user).not_closed_on(timezone.localdate())
    return list(rows.matching(q).select_related("parent")[:FOUND])


@page(FORECAST)
def forecast(request: HttpRequest) -> HttpResponse:
    """What disappears for whom in the next months, the nearest first."""
    asked = request.GET.get("months", "")
    months = int(asked) if asked in map(str, MONTHS) else 6
    found = reckon(request.user, timezone.localdate(), months)
    kind = request.GET.get("format", "")
    rows = forecast_rows(found)
    if kind in ("csv", "xlsx"):
        make = sheets.as_csv if kind == "csv" else sheets.as_xlsx
        return make("bortfall", forecast_heads(), (cells(row) for row in rows))
    prices = [row.gone.price for row in rows if row.gone.price is not None]
    told: dict[str, Any] = {
        "months": months, "found": found,
        "tabs": [(number, f"?months={number}", number == months) for number in MONTHS],
        "pages": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "worth": sum(prices, Decimal(0)) if prices else None,
    }  # fmt: skip
    return render(request, "rights/forecast.html", told)


@page(FORECAST, load=Agreement, see=SEE_AGREEMENT)
def without_it(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """What happens if the agreement is not renewed: what each title loses where, and what still has another right."""
    today = timezone.localdate()
    found = without(agreement, nodes_of(request.user), today)
    lines = losses_told(found, request.user)
    kind = request.GET.get("format", "")
    if kind in ("csv", "xlsx"):
        make = sheets.as_csv if kind == "csv" else sheets.as_xlsx
        return make("utan-avtalet", losses_heads(), (losses_cells(line) for line in lines))
    told: dict[str, Any] = {
        "agreement": agreement, "found": found, "lines": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "last_day": wording.last_day(found.day), "ended": found.day <= today and agreement.end_on(today) is not None,
        "kept": len(found.kept.keys() - found.lost.keys()),
        "partly": len(found.kept.keys() & found.lost.keys()),
    }  # fmt: skip
    return render(request, "rights/without.html", told)
