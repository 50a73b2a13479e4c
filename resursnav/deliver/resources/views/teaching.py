"""For those who teach: give a tip, say that one has used it; and for the centre to read tips before they are shown."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.access.pages import page
from resursnav.kernel.errors import Unable

from .. import actions
from ..asking import Way
from ..forms import ReasonForm, TipForm
from ..models import Resource, Tip
from ..rules import MODERATE, SEE_TIP, TIP, USE
from ..vocabulary import TipStatus

TABS = [
    (TipStatus.WAITING, gettext_lazy("Väntar")),
    (TipStatus.SHOWN, gettext_lazy("Visas")),
    (TipStatus.DECLINED, gettext_lazy("Visas inte")),
]


@page(USE, load=Resource, methods=("POST",))
def use(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Say that one has used it, or take that back."""
    try:
        if request.POST.get("used") == "no":
            actions.unuse(resource=resource, by=request.user, at=timezone.now())
        else:
            actions.use(resource=resource, by=request.user, at=timezone.now())
    except Unable as refused:
        messages.error(request, refused.reason)
    return redirect(f"{resource.get_absolute_url()}#uses")


@page(TIP, load=Resource, methods=("GET", "POST"))
def tip(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Write a tip."""
    form = TipForm(request.POST or None, resource=resource)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_tip(resource=resource, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Tack. Centret läser tipset, och sedan visas det här."))
            return redirect(f"{resource.get_absolute_url()}#tips")
        except Unable as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
    return render(
        request, "resources/tip.html", {"resource": resource, "form": form}, status=422 if form.is_bound else 200
    )


@page(SEE_TIP, load=Tip, see=SEE_TIP, methods=("POST",))
def remove_tip(request: HttpRequest, tip: Tip) -> HttpResponse:
    """Take one's own tip back."""
    if tip.author_id != request.user.pk:
        raise Http404
    resource = actions.remove_tip(tip=tip, by=request.user, at=timezone.now())
    messages.success(request, _("Ditt tips är borttaget."))
    return redirect(resource)


@page(MODERATE)
def tips(request: HttpRequest) -> HttpResponse:
    """The tips that wait to be read, the oldest first; and those that have been decided."""
    status = request.GET.get("status", TipStatus.WAITING)
    status = status if status in TipStatus.values else TipStatus.WAITING
    mine = Tip.objects.visible_to(request.user, MODERATE)
    found = mine.waiting() if status == TipStatus.WAITING else mine.filter(status=status).order_by("-decided_at")
    listed = found.select_related("resource", "author", "author_place", "point__subject", "decided_by")
    pages = Paginator(listed, 20).get_page(request.GET.get("page"))
    waiting = pages.paginator.count if status == TipStatus.WAITING else mine.waiting().count()
    return render(
        request,
        "resources/tips.html",
        {
            "pages": pages,
            "status": status,
            "tabs": [
                Way(label, f"?status={code}", waiting if code == TipStatus.WAITING else None, code == status)
                for code, label in TABS
            ],
        },
    )


@page(MODERATE, load=Tip, see=SEE_TIP, methods=("POST",))
def approve_tip(request: HttpRequest, tip: Tip) -> HttpResponse:
    """Show the tip."""
    try:
        actions.approve_tip(tip=tip, by=request.user, at=timezone.now())
        messages.success(request, _("Tipset ”%(headline)s” visas nu.") % {"headline": tip.headline})
    except Unable as refused:
        messages.error(request, refused.reason)
    return redirect(reverse("resources:tips"))


@page(MODERATE, load=Tip, see=SEE_TIP, methods=("GET", "POST"))
def decline_tip(request: HttpRequest, tip: Tip) -> HttpResponse:
    """Do not show the tip, and say why."""
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = _("Den som skrev tipset läser det här. Säg gärna vad som kan ändras.")
    if request.method == "POST" and form.is_valid():
        try:
            actions.decline_tip(tip=tip, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
            messages.success(request, _("Den som skrev tipset får veta varför det inte visas."))
            return redirect(reverse("resources:tips"))
        except Unable as refused:
            form.add_error(refused.field, refused.reason)
    return render(
        request, "resources/decline_tip.html", {"tip": tip, "form": form}, status=422 if form.is_bound else 200
    )
