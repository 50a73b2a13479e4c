"""For pupils: a page to type a class code on, and a page with what it opens. No account, and nothing is asked."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from resursnav.deliver.resources import opening
from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.vocabulary import Status
from resursnav.foundation.access import limits
from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.asking import posted, status_of

from .. import actions, digits, visits
from ..forms import EnterForm
from ..models import ClassCode, Opened
from ._gate import leads_out

# A class of thirty comes from one address and types wrong now and then; who guesses needs a hundred million tries.
WRONG = limits.Limit("class code wrong", 60, 600)


@page(public=True, methods=("GET", "POST"))
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code; the address on the sheet has typed it already."""
    form = EnterForm(posted(request), initial={"code": digits.spoken(digits.read(request.GET.get("code", "")[:40]))})
    now = timezone.now()
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data["code"]
        known = visits.codes(request, now).filter(digits=digits.read(typed)).first()
        try:
            code = known or actions.let_in(typed=typed, by=None, at=now)
        except actions.UnableToEnter as refusal:
            if isinstance(refusal, actions.WrongCode) and (wait := limits.wait(request, WRONG)):
                return limits.refused(request, wait)
            form.add_error("code", refusal.reason)
        else:
            visits.remember_code(request, code, now)
            return redirect("streaming:opened")
    open_ = visits.codes(request, now).exists() if not form.is_bound else False
    return render(request, "streaming/enter.html", {"form": form, "open": open_}, status=status_of(form))


@page(public=True)
def opened(request: HttpRequest) -> HttpResponse:
    """What the codes that one has typed open."""
    now = timezone.now()
    things = Opened.objects.filter(resource__status=Status.PUBLISHED).select_related("resource__owner")
    whole = Prefetch("opened", things.prefetch_related("resource__editions", "resource__subjects"))
    order = {key: place for place, key in enumerate(visits.code_keys(request))}
    codes = sorted(visits.codes(request, now).prefetch_related(whole), key=lambda code: order[code.pk])
    opening.fill([one.resource for code in codes for one in code.opened.all()])
    told = [
        (code, _closed(code, now), [(one.resource, _on_the_web(one.resource)) for one in code.opened.all()])
        for code in codes
    ]
    return leads_out(render(request, "streaming/opened.html", {"codes": told}))


def _closed(code: ClassCode, now: datetime) -> str:
    """Why the code opens nothing at this hour; empty when it does."""
    return actions.school_time() if code.is_closed_at(now) else ""


def _on_the_web(resource: Resource) -> list[object]:
    """What of the resource can be opened on the web."""
    return [edition for edition in opening.editions_of(resource) if edition.url]
