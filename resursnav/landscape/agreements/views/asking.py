"""May we, how, until when? Asked about a place, answered agreement by agreement."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from resursnav.foundation.access.pages import page
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.organisations.rules import SEE as SEE_ORGANISATION
from resursnav.foundation.ui.asking import StaffRequest

from .. import asking, terms
from ..forms import AskForm
from ..rules import SEE

FOUND = 20


@page(SEE)
def ask(request: StaffRequest) -> HttpResponse:
    """Choose a place, say what one wants to do and when, and read what each agreement says."""
    today = timezone.localdate()
    place = _place(request)
    q = request.GET.get("q", "")[:100].replace("\0", "").strip()
    told: dict[str, Any] = {"place": place, "q": q}
    if place is None:
        told["found"] = _found(request, q) if q else []
        return render(request, "agreements/ask.html", told)
    form = AskForm(request.GET if "way" in request.GET else None, initial={"day": today})
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        told["answers"] = asking.answers(
            place,
            request.user,
            way=terms.Way(said["way"]),
            day=said["day"] or today,
            forms=[said["school_form"]] if said["school_form"] else [],
            audience=terms.Audience(said["audience"]) if said["audience"] else None,
        )
    return render(request, "agreements/ask.html", {**told, "form": form})


def _place(request: StaffRequest) -> Organisation | None:
    key = request.GET.get("place", "")
    if not (key.isascii() and key.isdecimal() and len(key) < 10):
        return None
    found: Organisation | None = Organisation.objects.visible_to(request.user, SEE_ORGANISATION).filter(pk=key).first()
    return found


def _found(request: StaffRequest, q: str) -> list[Organisation]:
    rows = Organisation.objects.visible_to(request.user, SEE_ORGANISATION).not_closed_on(timezone.localdate())
    return list(rows.matching(q).select_related("parent")[:FOUND])
