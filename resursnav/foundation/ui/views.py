"""Language, gallery, accessibility statement and reports of flaws."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date
from pathlib import Path
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.access import limits
from resursnav.foundation.access.pages import page
from resursnav.kernel.errors import Unable
from resursnav.kernel.events import tell

from . import gallery as pieces
from .actions import answer_flaw, report_flaw
from .events import LanguageChosen
from .forms import AnswerForm, FlawForm
from .middleware import SESSION_KEY
from .models import FlawReport
from .rules import ANSWER, SEE
from .statement import Gap, Statement, read_report

# Where one turns when the answer is not enough; the law says that the statement must link there.
AUTHORITY = "https://www.digg.se/tdosanmalan"
REPORT = Path(__file__).resolve().parents[3] / "docs" / "accessibility-report.json"

# What we know of and have not mended; the day is when the list was last gone through by a person.
GAPS_REVIEWED = date(2026, 11, 22)
KNOWN_GAPS = (
    Gap(
        what=gettext_lazy(
            "Titlar och beskrivningar som hämtas från andra kataloger är inte alltid märkta med sitt språk. "
            "En skärmläsare kan därför läsa dem med fel uttal."
        ),
        criterion="WCAG 3.1.2",
        why=gettext_lazy(
            "Uppgiften om språk saknas hos den som har skrivit posten. Vi märker språket när det är känt."
        ),
    ),
)


def _back(request: HttpRequest) -> str:
    """The page the person came from, if it is one of ours."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was sent; an empty form that was sent is still a sent form."""
    return request.POST if request.method == "POST" else None


@page(public=True, methods=("POST",))
def set_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on, on the same page."""
    wish = request.POST.get("language", "")
    if wish in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            tell(LanguageChosen(person_id=request.user.pk, language=wish, at=timezone.now()))
        else:
            request.session[SESSION_KEY] = wish
    return HttpResponseRedirect(_back(request))


@page(public=True)
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    form = pieces.SampleForm(pieces.WRONG if "wrong" in request.GET else None)
    form.is_valid()
    return render(
        request, "ui/gallery.html", {"sample": pieces.SAMPLE, "sample_form": form, "swatches": pieces.SWATCHES}
    )


@page(public=True)
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    known = list(FlawReport.objects.known())
    gaps = KNOWN_GAPS + tuple(Gap(what=flaw.summary, why=flaw.answer) for flaw in known)
    statement = Statement(read_report(REPORT), gaps, FlawReport.objects.waiting().count())
    changed = max([GAPS_REVIEWED, *(timezone.localdate(flaw.answered_at) for flaw in known if flaw.answered_at)])
    return render(
        request,
        "ui/accessibility.html",
        {
            "statement": statement,
            "changed": changed,
            "mended": FlawReport.objects.mended().count(),
            "centre": settings.CENTRE_NAME,
            "site_address": settings.BASE_URL,
            "authority": AUTHORITY,
        },
    )


def _sender(request: HttpRequest) -> str:
    address = f"{limits.sender(request)} {timezone.localdate()}"
    return hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()[:16]


@page(public=True, methods=("GET", "POST"))
def report(request: HttpRequest) -> HttpResponse:
    """Report a flaw without saying who you are."""
    form = FlawForm(_sent(request), initial={"page": request.GET.get("page", "")[:300]})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if form.trapped:
            return redirect("ui:accessibility")
        try:
            flaw = report_flaw(
                text=given["text"],
                page=given["page"],
                aid=given["aid"],
                sender=_sender(request),
                by=None,
                at=timezone.now(),
            )
        except Unable as refusal:
            form.add_error(refusal.field, refusal.reason)
        else:
            messages.success(request, _("Tack. Rapporten är sparad och centret har fått den."))
            return redirect("ui:flaw", token=flaw.token)
    return render(request, "ui/report_flaw.html", {"form": form, "authority": AUTHORITY})


@page(public=True)
def flaw(request: HttpRequest, token: str) -> HttpResponse:
    """One's own report and its answer, at an address that only the reporter has."""
    return render(request, "ui/flaw.html", {"flaw": get_object_or_404(FlawReport, token=token)})


@page(SEE)
def flaws(request: HttpRequest) -> HttpResponse:
    """All reports, those that wait first."""
    rows = FlawReport.objects.visible_to(request.user, SEE).select_related("answered_by")
    waiting = "all" not in request.GET
    shown = rows.waiting() if waiting else rows
    listed = Paginator(shown, 25).get_page(request.GET.get("page"))
    return render(
        request,
        "ui/flaws.html",
        {"page": listed, "waiting": waiting, "waiting_count": rows.waiting().count(), "all_count": rows.count()},
    )


@page(ANSWER, load=FlawReport, methods=("GET", "POST"))
def answer(request: HttpRequest, flawreport: FlawReport) -> HttpResponse:
    """Judge a report and answer it."""
    kept = {"status": flawreport.status, "summary": flawreport.summary, "answer": flawreport.answer}
    form = AnswerForm(_sent(request), initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            person = cast(AbstractBaseUser, request.user)  # the guard has let nobody else in
            answer_flaw(flaw=flawreport, by=person, at=timezone.now(), **form.cleaned_data)
        except Unable as refusal:
            form.add_error(refusal.field, refusal.reason)
        else:
            messages.success(request, _("Svaret är sparat."))
            return redirect("ui:flaws")
    return render(request, "ui/answer_flaw.html", {"form": form, "flaw": flawreport})
