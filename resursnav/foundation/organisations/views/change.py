"""Changing the tree: each change says what follows from it before it is made."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.kernel.errors import Unable

from .. import actions
from ..forms import CloseForm, DayForm, DetailsForm, NewForm, ReasonForm, RenameForm
from ..models import MAY_LIE_BELOW, Kind, Organisation, OrganisationQuerySet
from ..rules import EDIT, GROW, RESHAPE
from ._request import StaffRequest, posted


def _refused(form: Any, refusal: Unable) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)


@page(EDIT, load=Organisation, methods=("GET", "POST"))
def edit(request: StaffRequest, organisation: Organisation) -> HttpResponse:
    """Put address, contact and codes right."""
    form = DetailsForm(posted(request), instance=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(organisation=organisation, details=form.cleaned_data, by=request.user, at=timezone.now())
        except Unable as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, _("Uppgifterna är sparade."))
            return redirect("organisations:show", organisation.pk)
    return render(request, "organisations/edit.html", {"form": form, "organisation": organisation})


@page(GROW, load=Organisation, methods=("GET", "POST"))
def new(request: StaffRequest, organisation: Organisation) -> HttpResponse:
    """Add something below."""
    form = NewForm(posted(request), parent=organisation)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        code = given.pop("code")
        try:
            node = actions.open_node(
                parent=organisation, by=request.user, at=timezone.now(), details={"code": code} if code else {}, **given
            )
        except Unable as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, _("%(node)s är tillagd.") % {"node": node})
            return redirect("organisations:show", node.pk)
    return render(request, "organisations/new.html", {"form": form, "organisation": organisation})


@page(RESHAPE, load=Organisation, methods=("GET", "POST"))
def rename(request: StaffRequest, organisation: Organisation) -> HttpResponse:
    """Give it another name."""
    form = RenameForm(posted(request), initial={"name": organisation.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename(organisation=organisation, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Unable as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, _("Namnet är ändrat."))
            return redirect("organisations:show", organisation.pk)
    return render(request, "organisations/rename.html", {"form": form, "organisation": organisation})


def _below(organisation: Organisation) -> int:
    """How many open organisations lie below, to any depth."""
    below = Organisation.objects.at_or_below([organisation.pk]).exclude(pk=organisation.pk)
    return below.not_closed_on(timezone.localdate()).count()


def _candidates(request: StaffRequest, organisation: Organisation, places: OrganisationQuerySet) -> dict[str, Any]:
    """The choice of another organisation: what the search finds among the places, or the one that was chosen."""
    outside = places.not_closed_on(timezone.localdate()).exclude(
        pk__in=Organisation.objects.at_or_below([organisation.pk]).values("pk")
    )
    wanted = request.GET.get("to", "")
    chosen = outside.filter(pk=wanted).first() if wanted.isascii() and wanted.isdigit() and len(wanted) < 18 else None
    q = request.GET.get("q", "")[:100].replace("\0", "").strip()
    # Municipalities and departments before the many units that a unit could also lie below.
    units_last = Case(When(kind=Kind.UNIT, then=1), default=0)
    listed = (outside.matching(q) if q else outside).select_related("parent").order_by(units_last, "name_key", "pk")
    return {
        "organisation": organisation,
        "chosen": chosen,
        "q": q,
        "page": None if chosen else Paginator(listed, 30).get_page(request.GET.get("page")),
        "below": _below(organisation),
    }


@page(RESHAPE, load=Organisation, methods=("GET", "POST"))
def move(request: StaffRequest, organisation: Organisation) -> HttpResponse:
    """Choose where it is to lie, see what moves along, and move it."""
    places = Organisation.objects.visible_to(request.user, GROW).filter(kind__in=MAY_LIE_BELOW[organisation.kind])
    if organisation.parent_id is not None:
        places = places.exclude(pk=organisation.parent_id)
    context = _candidates(request, organisation, places)
    form = DayForm(posted(request))
    chosen = context["chosen"]
    if request.method == "POST" and chosen is not None and form.is_valid():
        try:
            actions.move(
                organisation=organisation, parent=chosen, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Unable as refusal:
            _refused(form, refusal)
        else:
            messages.success(
                request, _("%(node)s ligger nu under %(parent)s.") % {"node": organisation, "parent": chosen}
            )
            return redirect("organisations:show", organisation.pk)
    return render(request, "organisations/move.html", context | {"form": form})


@page(RESHAPE, load=Organisation, methods=("GET", "POST"))
def merge(request: StaffRequest, organisation: Organisation) -> HttpResponse:
    """Choose what it goes up in, see what follows, and merge."""
    places = Organisation.objects.visible_to(request.user, RESHAPE).filter(kind=organisation.kind)
    context = _candidates(request, organisation, places)
    form = DayForm(posted(request))
    chosen = context["chosen"]
    if request.method == "POST" and chosen is not None and form.is_valid():
        try:
            actions.merge(
                organisation=organisation, into=chosen, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Unable as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, _("%(node)s har gått upp i %(into)s.") % {"node": organisation, "into": chosen})
            return redirect("organisations:show", chosen.pk)
    return render(request, "organisations/merge.html", context | {"form": form})


@page(RESHAPE, load=Organisation, methods=("GET", "POST"))
def close(request: StaffRequest, organisation: Organisation) -> HttpResponse:
    """Close it from a day on."""
    below = _below(organisation)
    form = CloseForm(posted(request), below=below)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(organisation=organisation, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Unable as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, _("Stängningen är registrerad."))
            return redirect("organisations:show", organisation.pk)
    return render(request, "organisations/close.html", {"form": form, "organisation": organisation, "below": below})


@page(RESHAPE, load=Organisation, methods=("GET", "POST"))
def reopen(request: StaffRequest, organisation: Organisation) -> HttpResponse:
    """Take back a closure or a merge."""
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen(organisation=organisation, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Unable as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, _("%(node)s är öppen igen.") % {"node": organisation})
            return redirect("organisations:show", organisation.pk)
    return render(request, "organisations/reopen.html", {"form": form, "organisation": organisation})
