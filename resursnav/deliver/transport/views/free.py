"""School breaks: a school year of them, one by one, copied from last year, or from a file."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access import may, which
from resursnav.foundation.access.pages import page
from resursnav.foundation.imports import actions as imports
from resursnav.foundation.imports import uploads
from resursnav.foundation.organisations.models import Kind
from resursnav.foundation.ui.asking import StaffRequest, posted, status_of, tried
from resursnav.kernel.errors import Unable

from .. import actions, breaks, listing, wording
from ..actions.telling import FIRST_YEAR, LAST_YEAR
from ..forms import BreakForm, CopyForm, ImportForm
from ..forms.days import break_of
from ..imports import CODE
from ..models import SchoolBreak
from ..rules import EDIT_BREAK, KEEPERS, SEE, SEE_BREAK
from ._asked import consequences

DAYS = {"valid_to": "last_day"}
MOST_COPIED = 120


def _year(request: HttpRequest, today: date) -> int:
    given = request.GET.get("year", "")
    return (
        int(given)
        if given.isascii() and given.isdecimal() and FIRST_YEAR <= int(given[:5]) < LAST_YEAR
        else breaks.school_year(today)
    )


@page(SEE_BREAK)
def index(request: StaffRequest) -> HttpResponse:
    """The breaks of a school year, by place and kind."""
    today = timezone.localdate()
    year, q = _year(request, today), request.GET.get("q", "")[:100].replace("\0", "").strip()
    pages = Paginator(listing.in_year(request.user, year, q), 60).get_page(request.GET.get("page"))
    mine = which(request.user, EDIT_BREAK, list(pages))
    return render(
        request,
        "transport/breaks.html",
        {
            "pages": pages,
            "rows": [(one, wording.span(one.valid_from, one.valid_to), one.pk in mine) for one in pages],
            "year": year,
            "year_text": str(year),
            "may_routes": may(request.user, SEE),
            "shown_year": f"{year}/{(year + 1) % 100:02}",
            "years": [(one, f"{one}/{(one + 1) % 100:02}") for one in listing.school_years(request.user, today)],
            "q": q,
            "may_edit": may(request.user, EDIT_BREAK),
        },
    )


@page(EDIT_BREAK, methods=("GET", "POST"))
def add(request: StaffRequest) -> HttpResponse:
    """Say that the schools of a place are away."""
    places = listing.places_for_breaks(request.user).not_closed_on(timezone.localdate())
    places = places.filter(kind__in=[Kind.REGION, Kind.MUNICIPALITY]) if _wide(request.user) else places
    form = BreakForm(places.order_by("kind", "name_key"), posted(request), {"kind": "winter"})
    if form.is_bound and form.is_valid():
        place, facts = form.cleaned_data["organisation"], form.facts()

        def do() -> SchoolBreak:
            return actions.add_break(organisation=place, facts=facts, by=request.user, at=timezone.now())

        told = {"what": _("Lägga in lovet för %(place)s?") % {"place": place}, "back": reverse("transport:breaks")}
        asked = consequences(request, form, place, do, told, **DAYS)
        if asked is not None:
            return asked
        made = None if form.errors else tried(form, do, **DAYS)
        if made:
            messages.success(request, _("%(what)s är inlagt.") % {"what": made.title.capitalize()})
            return _to_year(made)
    return render(request, "transport/break.html", {"form": form}, status=status_of(form))


@page(EDIT_BREAK, load=SchoolBreak, see=SEE_BREAK, methods=("GET", "POST"))
def edit(request: StaffRequest, schoolbreak: SchoolBreak) -> HttpResponse:
    """Let a break be at another time, or take it away."""
    if request.POST.get("deed") == "remove":
        actions.remove_break(schoolbreak=schoolbreak, by=request.user, at=timezone.now())
        messages.success(request, _("%(what)s är borttaget.") % {"what": schoolbreak.title.capitalize()})
        return _to_year(schoolbreak)
    form = BreakForm(None, posted(request), break_of(schoolbreak))
    if form.is_bound and form.is_valid():
        facts, place = form.facts(), schoolbreak.organisation

        def do() -> SchoolBreak:
            return actions.change_break(schoolbreak=schoolbreak, facts=facts, by=request.user, at=timezone.now())

        said = {"what": _("Ändra lovet för %(place)s?") % {"place": place}, "back": reverse("transport:breaks")}
        asked = consequences(request, form, place, do, said, **DAYS)
        if asked is not None:
            return asked
        saved = None if form.errors else tried(form, do, **DAYS)
        if saved:
            messages.success(request, _("Ändringarna är sparade."))
            return _to_year(saved)
    told = {"form": form, "free": schoolbreak, "place": schoolbreak.organisation}
    return render(request, "transport/break.html", told, status=status_of(form))


@page(EDIT_BREAK, methods=("GET", "POST"))
def copy(request: StaffRequest) -> HttpResponse:
    """Last year's breaks as next year's, to be put right before they are saved; what is there already is left out."""
    year = _year(request, timezone.localdate())
    old = listing.editable(request.user, listing.in_year(request.user, year))[: MOST_COPIED + 1]
    there = {(one.organisation_id, one.kind, one.name) for one in listing.in_year(request.user, year + 1)}
    rows = [one for one in old[:MOST_COPIED] if (one.organisation_id, one.kind, one.name) not in there]
    form = CopyForm(rows, posted(request))
    if form.is_bound and form.is_valid():
        wanted = form.wanted()

        def do() -> list[SchoolBreak]:
            return actions.add_breaks(wanted=wanted, by=request.user, at=timezone.now())

        said = {"what": _("Lägga in loven?"), "back": f"{reverse('transport:breaks')}?{urlencode({'year': year})}"}
        asked = consequences(request, form, _branch(request.user), do, said)
        if asked is not None:
            return asked
        made = None if form.errors else tried(form, do)
        if made is not None:
            messages.success(request, _("%(n)s lov är inlagda.") % {"n": len(made)})
            return _at_year(year + 1)
    told: dict[str, Any] = {
        "form": form, "year": year, "from_year": f"{year}/{(year + 1) % 100:02}",
        "to_year": f"{year + 1}/{(year + 2) % 100:02}", "more": len(old) > MOST_COPIED,
    }  # fmt: skip
    return render(request, "transport/copy.html", told, status=status_of(form))


@page(EDIT_BREAK, methods=("GET", "POST"))
def take_in(request: StaffRequest) -> HttpResponse:
    """Choose a file; what it would do is shown before anything is kept."""
    form = ImportForm(posted(request), request.FILES or None)
    if request.method == "POST" and uploads.was_refused(request):
        form.add_error("file", _("Filen är för stor. Dela den eller packa den."))
    elif form.is_bound and form.is_valid():
        file, now = form.cleaned_data["file"], timezone.now()
        try:
            batch = imports.receive(
                kind=CODE, name=file.name, content=file.chunks(), organisation=_branch(request.user),
                by=request.user, at=now,
            )  # fmt: skip
        except Unable as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            if batch.is_small:
                imports.check(batch=batch, by=request.user, at=now)
            return redirect("imports:show", batch.pk)
    return render(request, "transport/import.html", {"form": form}, status=status_of(form))


def _branch(person: Any) -> Any:
    """The branch whose breaks the person keeps."""
    roles = {grant for one in EDIT_BREAK.grants for grant in (one.who if isinstance(one.who, frozenset) else ())}
    posts = [post for post in person.standing() if post.role in roles]
    return min(posts, key=lambda post: post.role not in KEEPERS).node


def _wide(person: Any) -> bool:
    return any(post.role in KEEPERS for post in person.standing())


def _to_year(free: SchoolBreak) -> HttpResponse:
    return _at_year(breaks.school_year(free.valid_from))


def _at_year(year: int) -> HttpResponse:
    return redirect(f"{reverse('transport:breaks')}?{urlencode({'year': year})}")
