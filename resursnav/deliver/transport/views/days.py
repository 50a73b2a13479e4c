"""The centre's own days: opening hours, days to pack, and when it is closed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.asking import StaffRequest, posted, status_of, tried

from .. import actions, wording
from ..forms import ClosedForm, HoursForm
from ..forms.days import closed_of
from ..models import ClosedDays, Handling, OpeningHours
from ..rules import EDIT, SEE
from ._asked import consequences, owners

DAYS = {"valid_to": "last_day"}


@page(SEE)
def index(request: StaffRequest) -> HttpResponse:
    """When the centre is open, and when it is closed."""
    today = timezone.localdate()
    over = request.GET.get("show") == "past"
    closed = ClosedDays.objects.visible_to(request.user, SEE)
    closed = closed.filter(valid_to__lte=today).order_by("-valid_from")[:60] if over else closed.not_past(today)
    handling = Handling.objects.visible_to(request.user, SEE).first()
    return render(
        request,
        "transport/days.html",
        {
            "hours": OpeningHours.objects.visible_to(request.user, SEE),
            "processing_days": handling.processing_days if handling else 0,
            "rows": [(one, wording.span(one.valid_from, one.valid_to)) for one in closed],
            "over": over,
            "may_edit": may(request.user, EDIT),
        },
    )


@page(EDIT, methods=("GET", "POST"))
def hours(request: StaffRequest) -> HttpResponse:
    """Say when the centre is open, and how long it needs."""
    known = owners(request.user)
    if not known:
        return render(request, "transport/no_centre.html", status=403)
    owner = known[0]
    handling = Handling.objects.filter(owner=owner).first()
    form = HoursForm(
        posted(request), hours=OpeningHours.objects.filter(owner=owner),
        processing_days=handling.processing_days if handling else 0,
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        days, open_hours = form.cleaned_data["processing_days"], form.hours()

        def do() -> object:
            return actions.set_hours(
                owner=owner, processing_days=days, hours=open_hours, by=request.user, at=timezone.now()
            )

        told = {"what": _("Ändra öppettiderna?"), "back": _back()}
        asked = consequences(request, form, owner, do, told)
        if asked is not None:
            return asked
        if not form.errors and tried(form, do):
            messages.success(request, _("Öppettiderna är sparade."))
            return redirect("transport:days")
    return render(request, "transport/hours.html", {"form": form}, status=status_of(form))


@page(EDIT, methods=("GET", "POST"))
def close(request: StaffRequest) -> HttpResponse:
    """Close the centre on some days."""
    known = owners(request.user)
    if not known:
        return render(request, "transport/no_centre.html", status=403)
    form = ClosedForm(posted(request))
    if form.is_bound and form.is_valid():
        facts = form.facts()

        def do() -> object:
            return actions.close_days(owner=known[0], facts=facts, by=request.user, at=timezone.now())

        told = {"what": _("Stänga %(days)s?") % {"days": _span(facts)}, "back": _back()}
        asked = consequences(request, form, known[0], do, told, **DAYS)
        if asked is not None:
            return asked
        if not form.errors and tried(form, do, **DAYS):
            messages.success(request, _("Centret har stängt %(days)s.") % {"days": _span(facts)})
            return redirect("transport:days")
    return render(request, "transport/closed.html", {"form": form}, status=status_of(form))


@page(EDIT, load=ClosedDays, methods=("GET", "POST"))
def change(request: StaffRequest, closeddays: ClosedDays) -> HttpResponse:
    """Close on other days, or be open after all."""
    if request.POST.get("deed") == "remove":
        actions.reopen(closed=closeddays, by=request.user, at=timezone.now())
        messages.success(request, _("Borttaget. Centret har öppet de dagarna."))
        return redirect("transport:days")
    form = ClosedForm(posted(request), initial=closed_of(closeddays))
    if form.is_bound and form.is_valid():
        facts = form.facts()

        def do() -> object:
            return actions.change_closed(closed=closeddays, facts=facts, by=request.user, at=timezone.now())

        told = {"what": _("Stänga %(days)s i stället?") % {"days": _span(facts)}, "back": _back()}
        asked = consequences(request, form, closeddays.owner, do, told, **DAYS)
        if asked is not None:
            return asked
        if not form.errors and tried(form, do, **DAYS):
            messages.success(request, _("Ändringarna är sparade."))
            return redirect("transport:days")
    return render(request, "transport/closed.html", {"form": form, "closed": closeddays}, status=status_of(form))


def _span(facts: Any) -> str:
    return wording.span(facts.valid_from, facts.valid_to)


def _back() -> str:
    return reverse("transport:days")
