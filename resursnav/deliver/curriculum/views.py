"""Browse the curriculum: subjects, a subject's stages, a stage's points; and search in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page
from resursnav.foundation.search import swedish

from . import actions
from .actions import UnableToContinue
from .forms import ContinueForm
from .likeness import most_like
from .models import CentralContent, Criterion, Placement, Stage, Subject, Version
from .rules import EDIT, SEE

LONGEST_QUESTION = 200
MOST_HITS = 100
MOST_WORDS = 12


@page(SEE)
def subjects(request: HttpRequest) -> HttpResponse:
    """All subjects with their stages, or the points that a search finds."""
    question = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUESTION]
    if question:
        return _found(request, question)
    valid = Version.objects.valid_on(timezone.localdate()).select_related("curriculum")
    stages = Stage.objects.annotate(points=Count("placements")).order_by("position")
    listed = Subject.objects.prefetch_related(
        Prefetch("versions", valid.prefetch_related(Prefetch("stages", stages)), to_attr="current")
    )
    rows = []
    for one in listed:
        for version in getattr(one, "current", [])[:1]:
            points = sum(getattr(stage, "points", 0) for stage in version.stages.all())
            rows.append({"subject": one, "version": version, "points": points})
    return render(request, "curriculum/subjects.html", {"rows": rows, "example": _any_example(rows), "question": ""})


def _any_example(rows: list[dict[str, Any]]) -> bool:
    return any(row["version"].is_example for row in rows)


def _found(request: HttpRequest, question: str) -> HttpResponse:
    """Points that hold now and have all the words of the question."""
    asked = [(word, *swedish.read(word).lemmas) for word in list(swedish.words(question))[:MOST_WORDS]]
    points = CentralContent.objects.valid_on(timezone.localdate()).mentioning(asked)
    hits = list(points.labelled().order_by("subject__name", "stage_code", "pk")[: MOST_HITS + 1])
    context = {"question": question, "hits": hits[:MOST_HITS], "more": len(hits) > MOST_HITS}
    return render(request, "curriculum/found.html", context)


@page(SEE, load=Subject, by="code")
def subject(request: HttpRequest, subject: Subject) -> HttpResponse:
    """A subject as it holds now: its purpose, stages and versions."""
    every = Version.objects.filter(subject=subject).select_related("curriculum")
    versions = list(every.prefetch_related(Prefetch("stages", Stage.objects.order_by("position"))))
    if not versions:
        raise Http404(_("Ämnet har ingen kursplan."))
    shown = _current(versions)
    stages = Stage.objects.filter(version=shown).annotate(points=Count("placements"))
    context = {"subject": subject, "version": shown, "versions": versions, "stages": stages}
    return render(request, "curriculum/subject.html", context)


def _current(versions: list[Version]) -> Version:
    """The version that holds today; the newest when none does."""
    today = timezone.localdate()
    return next((one for one in versions if one.is_valid(today)), versions[0])


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
    placed = Placement.objects.filter(stage=found).select_related("content__continues")
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
        "valid": version.is_valid(timezone.localdate()),
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
    """On to where the point stands now; a page of its own when no version contains it any more."""
    found = CentralContent.objects.labelled().get(pk=centralcontent.pk)
    placed = (
        Placement.objects.filter(content=found).select_related("stage__version").order_by("-stage__version__number")
    )
    places = list(placed)
    today = timezone.localdate()
    best = next((one for one in places if one.stage.version.is_valid(today)), places[0] if places else None)
    if best is not None:
        args = [found.subject.code, best.stage.version.number, best.stage.code]
        return redirect(f"{reverse('curriculum:stage', args=args)}#{found.key}")
    later = CentralContent.objects.filter(continues=found).labelled()
    return render(request, "curriculum/gone.html", {"point": found, "later": later})
