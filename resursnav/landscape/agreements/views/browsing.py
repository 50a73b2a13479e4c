"""Reading agreements: the list, the renewals, and one agreement's page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page
from resursnav.foundation.imports import sheets
from resursnav.foundation.threads.models import Record
from resursnav.foundation.threads.rules import AUDIT
from resursnav.foundation.threads.telling import lines
from resursnav.foundation.ui.asking import StaffRequest
from resursnav.foundation.ui.panels import panels

from .. import listing, notice, organisation_numbers, reading, wording
from ..models import Agreement, AgreementDocument
from ..rules import EDIT, SEE, SEE_COUNTERPART, SEE_DOCUMENT, SEE_PRICE

PER_PAGE = 50
MOST = 5_000
LOGGED = 5


@page(SEE)
def index(request: StaffRequest) -> HttpResponse:
    """The agreements that one may see, by counterpart, status and when they run out."""
    today, asked = timezone.localdate(), listing.Asked.of(request.GET)
    rows = listing.found(asked, request.user, today)
    kind = request.GET.get("format", "")
    if kind in ("csv", "xlsx"):
        told = listing.told(list(rows[:MOST]), request.user, today)
        make = sheets.as_csv if kind == "csv" else sheets.as_xlsx
        return make("avtal", listing.HEADS, (listing.cells(row, today) for row in told))
    pages = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "agreements/index.html",
        {
            "pages": pages,
            "rows": listing.told(list(pages), request.user, today),
            "asked": asked,
            "statuses": listing.STATUSES.items(),
            "months": listing.MONTHS,
            "counterparts": listing.counterparts(request.user),
            "may_edit": may(request.user, EDIT),
            "may_counterparts": may(request.user, SEE_COUNTERPART),
        },
    )


@page(SEE)
def renewals(request: StaffRequest) -> HttpResponse:
    """What must be decided, by the day when it must be: what happens otherwise, and what it costs."""
    today = timezone.localdate()
    open_ = Agreement.objects.visible_to(request.user, SEE).not_ended(today).filter(notice_by__isnull=False)
    rows = open_.select_related("counterpart", "owner").order_by("notice_by", "title_key", "pk")
    pages = Paginator(rows.filter(notice_by__gte=today), PER_PAGE).get_page(request.GET.get("page"))
    late = list(rows.filter(notice_by__lt=today)[:PER_PAGE])
    told = listing.told([*pages, *late], request.user, today)
    half_year = notice.add_months(today, 6)
    near = [row for row in told[: len(pages)] if row.agreement.notice_by and row.agreement.notice_by <= half_year]
    prices = [row.price for row in near if row.price is not None]
    return render(
        request,
        "agreements/renewals.html",
        {
            "pages": pages,
            "rows": [_renewal(row, today) for row in told[: len(pages)]],
            "may_counterparts": may(request.user, SEE_COUNTERPART),
            "late": [_renewal(row, today) for row in told[len(pages) :]],
            "near": len(near),
            "worth": sum(prices, Decimal(0)) if prices else None,
        },
    )


def _renewal(row: listing.Row, today: Any) -> dict[str, Any]:
    by = row.agreement.notice_by
    return {
        "row": row,
        "left": wording.days_left(by, today) if by else "",
        "soon": by is not None and (by - today).days <= 30,
        "consequence": wording.consequence(row.agreement, today),
    }


@page(SEE, load=Agreement)
def show(request: StaffRequest, agreement: Agreement) -> HttpResponse:
    """What it is, until when, what it costs whom, what it gives the right to, its papers and its story."""
    today, person = timezone.localdate(), request.user
    payers = reading.payers(agreement, person, today)
    priced = bool(payers) or may(person, SEE_PRICE, agreement)
    documents = (
        AgreementDocument.objects.filter(agreement=agreement)
        .visible_to(person, SEE_DOCUMENT)
        .select_related("uploaded_by")
    )
    records = Record.objects.of(agreement).visible_to(person, AUDIT)
    end = agreement.end_on(today)
    return render(
        request,
        "agreements/show.html",
        {
            "agreement": agreement,
            "counterpart": agreement.counterpart,
            "counterpart_number": organisation_numbers.shown(agreement.counterpart.number),
            "status": wording.status(agreement, today),
            "consequence": wording.consequence(agreement, today),
            "last_day": end - notice.DAY if end else None,
            "left": wording.days_left(agreement.notice_by, today) if agreement.notice_by else "",
            "late": agreement.notice_by is not None and agreement.notice_by < today,
            "today": today,
            "over": end is not None and end <= today,
            "past": list(agreement.past_periods.all()),
            "priced": priced,
            "price": agreement.price_on(today) if priced else None,
            "payers": payers,
            "rights": reading.told(reading.of_agreement(agreement), today),
            "documents": list(documents),
            "log": lines(records.select_related("by", "about", "organisation")[:LOGGED]),
            "may_edit": may(person, EDIT, agreement),
            "panels": panels(request, "agreements:show", agreement),
        },
    )
