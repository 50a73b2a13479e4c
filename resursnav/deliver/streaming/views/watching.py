"""The gate: a page that says whether, for whom and until when; a press that opens it; one that gives the place back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.deliver.resources.models import Edition
from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page
from resursnav.kernel.errors import Unable
from resursnav.landscape.agreements.terms import Way

from .. import actions, checking, leases, visits
from ..rules import MAKE
from ..visits import Visit
from ._gate import CODE, Via, chosen, leads_out, seen, ways


@page(public=True, methods=("GET", "POST"))
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    """The gate before an edition."""
    now = timezone.now()
    found = seen(request, pk, now)
    if found is None or not found[0].url:
        raise Http404
    edition, codes = found
    if not checking.gated([edition.resource]):
        return redirect(edition.resource)
    every = ways(request, codes)
    given = request.POST if request.method == "POST" else request.GET
    via = chosen(every, given.get("via", ""))
    if request.method == "POST" and via is not None:
        return _pressed(request, edition, every, via, now)
    return _shown(request, edition, every, via, now)


@page(public=True, methods=("POST",))
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """I am done: the place goes to somebody else."""
    now = timezone.now()
    visit = visits.visit(request, pk, now)
    edition = Edition.objects.select_related("resource").filter(pk=pk).first()
    if edition is None or visit is None:
        return redirect("streaming:opened" if visits.code_keys(request) else "start")
    if visit.seat is not None:
        actions.give_back(seat=visit.seat, by=None, at=now)
    visits.forget_visit(request, pk)
    messages.success(request, _("Tack! ”%(title)s” är stängd.") % {"title": edition.resource.title})
    return redirect("streaming:opened") if visit.via.startswith(CODE) else redirect(edition.resource)


def _pressed(request: HttpRequest, edition: Edition, every: list[Via], via: Via, now: datetime) -> HttpResponse:
    """Open it: again without counting, while what was opened stands open, else as something new."""
    try:
        url = _again(request, edition, via, now) or _anew(request, edition, via, now)
    except Unable as refusal:
        status = 409 if isinstance(refusal, actions.Full) else 403
        return _shown(request, edition, every, via, now, refusal=refusal.reason, status=status)
    answer = HttpResponseRedirect(url)
    answer.status_code = 303
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _again(request: HttpRequest, edition: Edition, via: Via, now: datetime) -> str:
    """The address, when this browser has it open by the same way and the right still holds; else nothing."""
    visit = visits.visit(request, edition.pk, now)
    if visit is None or visit.via != via.key:
        return ""
    closed = via.code is not None and via.code.is_closed_at(now)
    return checking.address_of(edition) if not closed and _verdict(edition, via, now).allowed else ""


def _anew(request: HttpRequest, edition: Edition, via: Via, now: datetime) -> str:
    by: Any = request.user if request.user.is_authenticated else None
    started = actions.start(edition=edition, place=via.place, code=via.code, by=by, at=now)
    visits.remember_visit(request, edition.pk, Visit(via.key, started.until, started.seat))
    return started.url


def _verdict(edition: Edition, via: Via, now: datetime) -> Any:
    wish = actions.wish_of(via.code, via.place, Way.STREAM_CLASS, timezone.localdate(now))
    return checking.verdicts([edition.resource], wish)[edition.resource_id]


def _shown(
    request: HttpRequest, edition: Edition, every: list[Via], via: Via | None, now: datetime, *, refusal: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    visit = visits.visit(request, edition.pk, now)
    ends = via.code.ends_at if via and via.code else None
    closed = via is not None and via.code is not None and via.code.is_closed_at(now)
    context = {
        "edition": edition,
        "closed": actions.school_time() if closed else "",
        "resource": edition.resource,
        "ways": every,
        "via": via,
        "verdict": _verdict(edition, via, now) if via else None,
        "refusal": refusal,
        "visit": visit if visit and via and visit.via == via.key else None,
        "until": leases.lease(now, edition.duration_s, ends),
        "may_make": via is not None and via.code is None and may(request.user, MAKE),
        "inside": bool(via and via.code),
    }
    return leads_out(render(request, "streaming/watch.html", context, status=status))
