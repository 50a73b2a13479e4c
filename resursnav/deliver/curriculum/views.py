"""The text of the syllabuses: a version's stage, what a version changed, and where a point stands now.

Subjects with their resources stand above, in the catalogue, and are reached by name.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page

from . import actions
from .actions import UnableToContinue
from .forms import ContinueForm
from .likeness import most_like
from .models import CentralContent, Criterion, Placement, Stage, Subject, Version
from .rules import EDIT, SEE


@page(public=True)
def subjects(request: HttpRequest) -> HttpResponse:
    """Where the subjects stood before: on to the one list, with the search that the address holds."""
    query = request.GET.urlencode()
    return redirect(f"{reverse('resources:subjects')}{'?' if query else ''}{query}", permanent=True)


@page(SEE, load=Subject, by="code")
def subject(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Where the subject stood before: on to its one page."""
    return redirect(subject, permanent=True)


@page(SEE)
def stage(request: HttpRequest, code: str, number: int, stage: str) -> HttpResponse:
    """The points and criteria of some school years in one version, with an address for each point."""
    found = get_object_or_404(
        Stage.objects.select_related("version__subject", "version__curriculum"),
        version__subject__code=code,
        version__number=number,
        code=stage,
    )
    version = found.version
    others = Stage.objects.filter(version=version).order_by("position")
    valid = version.is_valid(timezone.localdate())
    placed = Placement.objects.filter(stage=found).select_related("content__continues")
    if not valid:
        placed = placed.prefetch_related("content__continued_by")
    groups: list[dict[str, Any]] = []
    for placement in placed:
        if not groups or groups[-1]["heading"] != placement.content.heading:
            groups.append({"heading": placement.content.heading, "points": []})
        groups[-1]["points"].append(placement.content)
    context = {
        "stage": found,
        "version": version,
        "subject": version.subject,
        "others": others,
        "groups": groups,
        "criteria": Criterion.objects.filter(stage=found),
        "valid": valid,
        "today": timezone.localdate(),
    }
    return render(request, "curriculum/stage.html", context)


@page(SEE, load=Version)
def changes(request: HttpRequest, version: Version) -> HttpResponse:
    """What is new in a version and what it left out, and which new point carries on which old one."""
    before = _before(version)
    new, gone = _compared(version, before)
    forms = _forms(new, gone) if may(request.user, EDIT) else {}
    rows = [{"point": point, "form": forms.get(point.pk)} for point in new]
    context = {"version": version, "subject": version.subject, "before": before, "rows": rows, "gone": gone}
    return render(request, "curriculum/changes.html", context)


def _forms(new: list[CentralContent], gone: list[CentralContent]) -> dict[int, ContinueForm]:
    """A form for each new point, with what it is said to continue, or else the likeliest, proposed."""
    texts = {old.key: old.text for old in gone}
    made = {}
    for point in new:
        said = point.continues.key if point.continues else most_like(point.text, texts)
        made[point.pk] = ContinueForm(older=_choices(point, gone), initial={"older": said}, auto_id=f"%s-{point.pk}")
    return made


def _choices(point: CentralContent, gone: list[CentralContent]) -> list[CentralContent]:
    """The points that are gone, and the one that was chosen before if it is another."""
    chosen = point.continues
    return [chosen, *gone] if chosen is not None and chosen not in gone else gone


def _before(version: Version) -> Version | None:
    earlier = Version.objects.filter(subject=version.subject_id, number__lt=version.number)
    return earlier.order_by("-number").first()


def _compared(version: Version, before: Version | None) -> tuple[list[CentralContent], list[CentralContent]]:
    """The points that only the one version has, and those that only the other has."""
    if before is None:
        return [], []
    here, there = (CentralContent.objects.placed_in(one).values("pk") for one in (version, before))
    new = CentralContent.objects.filter(pk__in=here).exclude(pk__in=there).select_related("continues")
    return list(new), list(CentralContent.objects.filter(pk__in=there).exclude(pk__in=here))


@page(EDIT, load=Version, see=SEE, methods=("POST",))
def carry_on(request: HttpRequest, version: Version, key: str) -> HttpResponse:
    """Say which older point one of the version's new points carries on."""
    new, gone = _compared(version, _before(version))
    point = next((one for one in new if one.key == key), None)
    if point is None:
        raise Http404(_("Punkten är inte ny i den här versionen."))
    form = ContinueForm(request.POST, older=_choices(point, gone))
    if form.is_valid():
        try:
            older = form.chosen()
            actions.say_continues(content=point, older=older, by=request.user, at=timezone.now())
            messages.success(request, _("Sparat.") if older else _("Kopplingen är borttagen."))
        except UnableToContinue as refused:
            messages.error(request, refused.reason)
    else:
        messages.error(request, _("Välj en punkt ur listan."))
    return redirect(f"{reverse('curriculum:changes', args=[version.pk])}#{point.key}")


@page(SEE, load=CentralContent, by="key")
def point(request: HttpRequest, centralcontent: CentralContent) -> HttpResponse:
    """On to where the point stands now, with its resources; to its version when that holds no longer.

    A point that no version contains any more has a page of its own.
    """
    found = CentralContent.objects.labelled().get(pk=centralcontent.pk)
    placed = (
        Placement.objects.filter(content=found).select_related("stage__version").order_by("-stage__version__number")
    )
    places = list(placed)
    today = timezone.localdate()
    best = next((one for one in places if one.stage.version.is_valid(today)), places[0] if places else None)
    if best is not None and best.stage.version.is_valid(today):
        return redirect(f"{found.subject.get_absolute_url()}?stage={best.stage.code}#{found.key}")
    if best is not None:
        args = [found.subject.code, best.stage.version.number, best.stage.code]
        return redirect(f"{reverse('curriculum:stage', args=args)}#{found.key}")
    later = CentralContent.objects.filter(continues=found).labelled()
    return render(request, "curriculum/gone.html", {"point": found, "later": later})
