"""Browse by subject, stage and content; see the gaps; tie resources to points."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.deliver.curriculum.models import CentralContent, Stage, Subject, Version, years
from resursnav.foundation.access.pages import page

from .. import actions, curriculum
from ..asking import Way
from ..forms import MapForm
from ..models import Mapping, Resource
from ..rules import MAP

PER_PAGE = 50


@page(public=True)
def subjects(request: HttpRequest) -> HttpResponse:
    """The subjects of the curriculum, and how much of each has resources."""
    return render(
        request, "resources/subjects.html", {"subjects": curriculum.subjects(request.user, timezone.localdate())}
    )


@page(public=True)
def subject(request: HttpRequest, code: str) -> HttpResponse:
    """A subject's central content, stage by stage, with the resources for each point."""
    found = Subject.objects.filter(code=code).first()
    if found is None:
        raise Http404(_("Ämnet finns inte."))
    only_gaps = "gaps" in request.GET
    every = curriculum.stages(found, request.user, timezone.localdate(), only_gaps=only_gaps)
    chosen = request.GET.get("stage", "")
    codes = [view.stage.code for view in every]
    kept = "&gaps=1" if only_gaps else ""
    tabs = [Way(_("Alla"), f"?{kept[1:]}", None, chosen not in codes)]
    tabs += [Way(view.label, f"?stage={view.stage.code}{kept}", None, view.stage.code == chosen) for view in every]
    shown = [view for view in every if view.stage.code == chosen] if chosen in codes else every
    return render(
        request,
        "resources/subject.html",
        {
            "subject": found,
            "tabs": tabs,
            "stages": shown,
            "chosen": chosen if chosen in codes else "",
            "only_gaps": only_gaps,
        },
    )


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
        },
    )


def _csv(found: list[curriculum.Gap]) -> HttpResponse:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_("ämne"), _("årskurser"), _("rubrik"), _("centralt innehåll"), _("nummer")])
    for gap in found:
        point = gap.point
        writer.writerow([_safe(text) for text in (point.subject.name, gap.stage, point.heading, point.text, point.key)])
    # Excel in Swedish reads UTF-8 only when the file says so first.
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="luckor.csv"'
    return answer


def _safe(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@page(MAP, load=Resource, methods=("GET", "POST"))
def map_points(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Tie the resource to points, untie it, and say how it fits."""
    if request.method == "POST":
        return _mapped(request, resource)
    mappings = list(Mapping.objects.filter(resource=resource).with_point())
    day = timezone.localdate()
    offered = Subject.objects.filter(pk__in=Version.objects.valid_on(day).values("subject"))
    code = request.GET.get("subject", "") or _likely(resource, [subject.code for subject in offered])
    chosen = next((subject for subject in offered if subject.code == code), None)
    return render(
        request,
        "resources/map.html",
        {
            "resource": resource,
            "mappings": mappings,
            "subjects": offered,
            "code": code,
            "stages": curriculum.stages(chosen, request.user, day) if chosen else [],
            "tied": {mapping.point_id for mapping in mappings},
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


def _likely(resource: Resource, codes: list[str]) -> str:
    """The syllabus of the resource's first school subject: the three letters stand in its national code."""
    for term in resource.subjects.all():
        if term.scheme == "school":
            for code in codes:
                if code[4:7] == term.code:
                    return code
    return codes[0] if codes else ""
