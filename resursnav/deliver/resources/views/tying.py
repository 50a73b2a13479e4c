"""The curriculum for those who tend the catalogue: the gaps, the ties that no longer hold, and tying itself."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.db.models.functions import Substr
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.deliver.curriculum.models import CentralContent, Stage, Subject, Version, years
from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page
from resursnav.foundation.imports.cells import for_spreadsheet

from .. import actions, curriculum
from ..forms import MapForm
from ..models import Mapping, Resource, SubjectTerm
from ..rules import MAP, WORK

PER_PAGE = 50


@page(public=True)
def gaps(request: HttpRequest) -> HttpResponse:
    """Points of the curriculum that no resource helps with; as a table or as CSV."""
    code, stage = request.GET.get("subject", "")[:20], request.GET.get("stage", "")[:12]
    day = timezone.localdate()
    found = curriculum.gaps(request.user, day, subject=code, stage=stage)
    if request.GET.get("format") == "csv":
        return _csv(found)
    held = Version.objects.valid_on(day)
    return render(
        request,
        "resources/gaps.html",
        {
            "pages": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
            "total": len(found),
            "subjects": Subject.objects.filter(pk__in=held.values("subject")),
            "stages": [
                (one, years(one))
                for one in Stage.objects.filter(version__in=held)
                .order_by("code")
                .values_list("code", flat=True)
                .distinct()
            ],
            "code": code,
            "stage": stage,
            "may_tend": may(request.user, WORK),
        },
    )


@page(public=True)
def moved_gaps(request: HttpRequest) -> HttpResponse:
    """Where the gaps stood before: on to them, with the choice that the address holds."""
    query = request.GET.urlencode()
    return redirect(f"{reverse('resources:gaps')}{'?' if query else ''}{query}", permanent=True)


@page(WORK)
def outdated(request: HttpRequest) -> HttpResponse:
    """Resources that are tied to earlier syllabuses only, with what continues those points now."""
    day = timezone.localdate()
    pages = Paginator(curriculum.outdated(request.user, day).order_by("title", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    listed = curriculum.told(list(pages), day)
    return render(request, "resources/outdated.html", {"pages": pages, "listed": listed})


def _csv(found: list[curriculum.Gap]) -> HttpResponse:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_("ämne"), _("årskurser"), _("rubrik"), _("centralt innehåll"), _("nummer")])
    for gap in found:
        point = gap.point
        said = (point.subject.name, gap.stage, point.heading, point.text, point.key)
        writer.writerow([for_spreadsheet(text) for text in said])
    # Excel in Swedish reads UTF-8 only when the file says so first.
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="luckor.csv"'
    return answer


@page(MAP, load=Resource, methods=("GET", "POST"))
def map_points(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Tie the resource to points, untie it, and say how it fits."""
    if request.method == "POST":
        return _mapped(request, resource)
    day = timezone.localdate()
    mappings = list(Mapping.objects.filter(resource=resource).with_point().with_standing(day))
    tied = {mapping.point_id for mapping in mappings}
    heirs = curriculum.heirs(mappings, day)
    offered = _offered(resource, day)
    asked = request.GET.get("subject", "")
    likely = next((subject for subject in offered if subject.fits), offered[0] if offered else None)
    chosen = next((subject for subject in offered if subject.code == asked), None) if asked else likely
    return render(
        request,
        "resources/map.html",
        {
            "resource": resource,
            "ties": [(one, [new for new in heirs.get(one.point_id, []) if new.pk not in tied]) for one in mappings],
            "subjects": offered,
            "code": chosen.code if chosen else "",
            "stages": curriculum.layout(chosen, day) if chosen else [],
            "tied": tied,
        },
    )


def _mapped(request: HttpRequest, resource: Resource) -> HttpResponse:
    form = MapForm(request.POST)
    point = CentralContent.objects.filter(key=form.cleaned_data["point"]).first() if form.is_valid() else None
    if point is None:
        raise Http404(_("Punkten finns inte."))
    if "remove" in request.POST:
        mapping = Mapping.objects.filter(resource=resource, point=point).first()
        if mapping is not None:
            actions.unmap(mapping=mapping, by=request.user, at=timezone.now())
        messages.success(request, _("Kopplingen är borttagen."))
    else:
        actions.map_to_point(
            resource=resource, point=point, note=form.cleaned_data["note"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("Resursen är kopplad till punkten."))
    return redirect(request.get_full_path())


def _offered(resource: Resource, day: date) -> list[Any]:
    """The subjects that hold; `fits` those of the resource: the three letters stand in the national code."""
    terms = SubjectTerm.objects.school().filter(resources=resource, code=OuterRef("letters"))
    held = Subject.objects.filter(pk__in=Version.objects.valid_on(day).values("subject"))
    return list(held.annotate(letters=Substr("code", 5, 3)).annotate(fits=Exists(terms)))
