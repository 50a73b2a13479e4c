"""What an agreement gives the right to, and where."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.ui.asking import StaffRequest, posted, status_of, tried
from resursnav.kernel.errors import Unable

from .. import actions, reading, wording
from ..forms import EndRightForm, RightForm
from ..forms.around import said_of
from ..forms.fields import after, moment
from ..models import Agreement, UsageRight
from ..rules import EDIT

DAYS = {"valid_to": "last_day", "ends": "last_day"}
FOUND = 20


@page(EDIT, load=Agreement, methods=("GET", "POST"))
def add(request: StaffRequest, agreement: Agreement) -> HttpResponse:
    """Say what more the agreement allows; where comes next."""
    form = RightForm(posted(request))
    if form.is_bound and form.is_valid():
        made = tried(
            form,
            lambda: actions.add_right(agreement=agreement, facts=form.facts(), by=request.user, at=timezone.now()),
            **DAYS,
        )
        if made:
            messages.success(request, _("Rättigheten är sparad. Säg nu var den gäller."))
            return redirect("agreements:places", made.pk)
    return render(request, "agreements/right.html", {"agreement": agreement, "form": form, "lists": _lists(agreement)},
                  status=status_of(form))  # fmt: skip


@page(EDIT, load=UsageRight, methods=("GET", "POST"))
def change(request: StaffRequest, usageright: UsageRight) -> HttpResponse:
    """Say something else about a right."""
    right, agreement = usageright, usageright.agreement
    form = RightForm(posted(request), initial=said_of(right))
    if form.is_bound and form.is_valid():
        saved = tried(
            form,
            lambda: actions.change_right(
                right=right,
                facts=form.facts(),
                seen_at=moment(form.cleaned_data["seen_at"]),
                by=request.user,
                at=timezone.now(),
            ),
            right.updated_at.isoformat(),
            **DAYS,
        )
        if saved:
            messages.success(request, _("Rättigheten är ändrad."))
            return redirect(agreement)
    told = {"agreement": agreement, "right": right, "form": form, "lists": _lists(agreement)}
    return render(request, "agreements/right.html", told, status=status_of(form))


@page(EDIT, load=UsageRight, methods=("GET", "POST"))
def end(request: StaffRequest, usageright: UsageRight) -> HttpResponse:
    """Let a right end before its agreement does."""
    form = EndRightForm(posted(request))
    if form.is_bound and form.is_valid():
        ends = after(form.cleaned_data["last_day"])
        saved = tried(
            form,
            lambda: actions.end_right(
                right=usageright, ends=ends, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            ),
            **DAYS,
        )
        if saved:
            messages.success(request, _("Rättigheten är avslutad. Den står kvar bland avtalets rättigheter."))
            return redirect(saved.agreement)
    told = _told(usageright)
    context = {"agreement": usageright.agreement, "right": usageright, "told": told, "form": form}
    return render(request, "agreements/end_right.html", context, status=status_of(form))


@page(EDIT, load=UsageRight, methods=("GET", "POST"))
def places(request: StaffRequest, usageright: UsageRight) -> HttpResponse:
    """Where the right holds: each press is kept at once, and the sentence above says what it has become."""
    if request.method == "POST":
        return _mark(request, usageright)
    owner, q = usageright.agreement.owner, request.GET.get("q", "")[:100].replace("\0", "").strip()
    below = Organisation.objects.at_or_below([owner.pk]).not_closed_on(timezone.localdate())
    told, marks = _told(usageright), list(usageright.places.all())
    marked = {mark.organisation_id: mark.included for mark in marks}
    near = below.matching(q) if q else below.filter(pk=owner.pk) | below.filter(parent=owner.pk)
    found = list(near.select_related("parent").order_by("kind", "name_key")[: FOUND + 1 if q else 60])
    # The owner first, because most rights hold for all of it.
    found.sort(key=lambda node: node.pk != owner.pk)
    return render(
        request,
        "agreements/places.html",
        {
            "right": usageright,
            "agreement": usageright.agreement,
            "what": wording.what(usageright),
            "told": told,
            "marks": marks,
            "q": q,
            "found": [(node, marked.get(node.pk)) for node in (found[:FOUND] if q else found)],
            "more": bool(q) and len(found) > FOUND,
        },
    )


def _mark(request: StaffRequest, right: UsageRight) -> HttpResponse:
    """Include, except or take away one place, and come back to the same search."""
    deeds: dict[str, Any] = {"include": True, "except": False}
    key = request.POST.get("place", "")
    place = Organisation.objects.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 10 else None
    try:
        if place is not None and request.POST.get("deed") in deeds:
            included = deeds[request.POST["deed"]]
            actions.mark_place(right=right, organisation=place, included=included, by=request.user, at=timezone.now())
            said = _("%(place)s är med.") if included else _("%(place)s är undantagen.")
            messages.success(request, said % {"place": place.name})
        elif place is not None:
            actions.unmark_place(right=right, organisation=place, by=request.user, at=timezone.now())
            messages.success(request, _("%(place)s är borttagen.") % {"place": place.name})
    except Unable as refusal:
        messages.error(request, refusal.reason)
    back = redirect("agreements:places", right.pk)
    if q := request.POST.get("q", "")[:100]:
        back["Location"] += "?" + urlencode({"q": q})
    return back


def _told(right: UsageRight) -> Any:
    reading.fill_in([right])
    return reading.told([right], timezone.localdate())[0]


def _lists(agreement: Agreement) -> list[str]:
    """The names of the agreement's title lists, to choose among."""
    return list(agreement.title_lists.values_list("name", flat=True))
