"""For teachers: the class codes, a new one, its sheet for the wall, more time, the end."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.deliver.resources.models import Collection, Edition, Resource
from resursnav.deliver.resources.rules import SEE as SEE_RESOURCE
from resursnav.deliver.resources.rules import SEE_COLLECTION
from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.ui.asking import StaffRequest, keys, posted, status_of, tried
from resursnav.foundation.ui.components.words import moment_text

from .. import actions
from ..actions.codes import MOST_RESOURCES
from ..forms import CodeForm, TimeForm
from ..models import TEACHERS, ClassCode, Opened
from ..rules import CHANGE, MAKE, SEE

PER_PAGE = 50
FOUND = 10


@page(SEE)
def index(request: StaffRequest) -> HttpResponse:
    """My codes, and those of the unit for which I answer."""
    now, every = timezone.now(), request.GET.get("show") == "all"
    rows = ClassCode.objects.visible_to(request.user, SEE)
    rows = rows if every else rows.open_at(now)
    whole = Prefetch("opened", Opened.objects.select_related("resource"))
    rows = rows.noting_stop(timezone.localdate(now)).select_related("place", "made_by").prefetch_related(whole)
    pages = Paginator(rows.order_by("-made_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "pages": pages,
        "rows": [(code, [one.resource.title for one in code.opened.all()], code.is_open(now)) for code in pages],
        "every": every,
        "may_make": may(request.user, MAKE),
    }
    return render(request, "streaming/codes.html", context)


@page(MAKE, methods=("GET", "POST"))
def add(request: StaffRequest) -> HttpResponse:
    """Make a code: what it opens is in the address, the rest in the form."""
    places = units(request.user)
    if not places:
        return render(request, "streaming/no_unit.html", status=403)
    given = request.POST if request.method == "POST" else request.GET
    things = _things(request, keys(given.getlist("resource")), given.get("collection", ""))
    form = CodeForm(places, posted(request))
    if form.is_bound and form.is_valid():
        now, said = timezone.now(), form.cleaned_data
        made = tried(
            form,
            lambda: actions.make_code(
                place=form.place_chosen, resources=things, way=said["way"], ends_at=form.ends_at(now),
                most_pupils=said["most_pupils"], name=said["name"], by=request.user, at=now,
            ),
            ends_at="last_day",
        )  # fmt: skip
        if made:
            if made.ends_at < form.ends_at(now):
                until = moment_text(made.ends_at)
                messages.info(request, _("Koden gäller till %(until)s, för då tar rätten slut.") % {"until": until})
            return redirect(made)
    q = request.GET.get("find", "")[:100].replace("\0", "").strip()
    context = {"form": form, "things": things, "q": q, "found": _found(request, q, things), "most": MOST_RESOURCES}
    return render(request, "streaming/new_code.html", context, status=status_of(form))


@page(SEE, load=ClassCode)
def show(request: StaffRequest, classcode: ClassCode) -> HttpResponse:
    """One code: what it opens, for how long, and how many have come in."""
    now = timezone.now()
    context = {
        **_told(classcode),
        "open": classcode.is_open(now),
        "works": classcode.is_working(now),
        "may_change": may(request.user, CHANGE, classcode),
    }
    return render(request, "streaming/code.html", context)


@page(SEE, load=ClassCode)
def sheet(request: StaffRequest, classcode: ClassCode) -> HttpResponse:
    """The code in large digits with its QR code, for the wall or the projector."""
    return render(request, "streaming/sheet.html", _told(classcode))


@page(SEE, load=ClassCode)
def qr(request: StaffRequest, classcode: ClassCode) -> HttpResponse:
    """The page for codes, with this one typed already."""
    out = io.BytesIO()
    segno.make(_entrance(classcode), error="m").save(out, kind="svg", scale=8, border=4, dark="#000", light="#fff")
    answer = HttpResponse(out.getvalue(), content_type="image/svg+xml")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@page(CHANGE, load=ClassCode, methods=("GET", "POST"))
def extend(request: StaffRequest, classcode: ClassCode) -> HttpResponse:
    """More time, or less."""
    form = TimeForm(posted(request))
    if form.is_bound and form.is_valid():
        now = timezone.now()
        kept = tried(
            form,
            lambda: actions.extend_code(code=classcode, ends_at=form.ends_at(now), by=request.user, at=now),
            ends_at="last_day",
        )
        if kept:
            messages.success(request, _("Koden gäller till %(until)s.") % {"until": moment_text(kept.ends_at)})
            return redirect(kept)
    return render(request, "streaming/extend.html", {"code": classcode, "form": form}, status=status_of(form))


@page(CHANGE, load=ClassCode, methods=("GET", "POST"))
def end(request: StaffRequest, classcode: ClassCode) -> HttpResponse:
    """The code opens nothing from now on."""
    now = timezone.now()
    if request.method == "POST" or not classcode.is_open(now):
        if classcode.is_open(now):
            actions.end_code(code=classcode, by=request.user, at=now)
            messages.success(request, _("Koden är avslutad."))
        return redirect(classcode)
    return render(request, "streaming/end.html", {"code": classcode})


def units(person: Any) -> list[Organisation]:
    """The units at which the person meets pupils."""
    posts = [post for post in person.standing() if post.role in TEACHERS and post.node.kind == Kind.UNIT]
    return list({post.node_id: post.node for post in posts}.values())


def _told(code: ClassCode) -> dict[str, Any]:
    things = [one.resource for one in code.opened.select_related("resource")]
    return {"code": code, "things": things, "entrance": f"{settings.BASE_URL}{reverse('streaming:enter')}"}


def _entrance(code: ClassCode) -> str:
    return f"{settings.BASE_URL}{reverse('streaming:enter')}?code={code.digits}"


def _things(request: StaffRequest, wanted: list[int], collection: str) -> list[Resource]:
    """The resources that were chosen, in their order: those that one may see, one more than a code can open at most."""
    if collection:
        one = keys([collection])
        seen = Collection.objects.visible_to(request.user, SEE_COLLECTION).filter(pk__in=one)
        wanted += seen.order_by("items__position").values_list("items__resource", flat=True)
    wanted = wanted[: MOST_RESOURCES + 1]
    rows = Resource.objects.visible_to(request.user, SEE_RESOURCE).published().filter(pk__in=[k for k in wanted if k])
    found = rows.prefetch_related("editions").in_bulk()
    return [found[key] for key in dict.fromkeys(wanted) if key in found]


def _found(request: StaffRequest, q: str, chosen: list[Resource]) -> list[Resource]:
    """What the words find among what can be opened on the web and is not chosen already."""
    if not q:
        return []
    online = Edition.objects.exclude(url="").values("resource")
    rows = Resource.objects.visible_to(request.user, SEE_RESOURCE).published().matching(q)
    rows = rows.filter(pk__in=online).exclude(pk__in=[one.pk for one in chosen])
    return list(rows.order_by("title", "pk")[:FOUND])
