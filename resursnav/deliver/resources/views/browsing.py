"""The way in to the curriculum: subjects, a subject's central content with its resources, and a search in it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.deliver.curriculum.models import CentralContent, years
from resursnav.foundation.access.pages import page
from resursnav.foundation.search import swedish

from .. import curriculum
from ..asking import Way

LONGEST_QUESTION = 200
MOST_HITS = 100
MOST_WORDS = 12


@page(public=True)
def subjects(request: HttpRequest) -> HttpResponse:
    """The subjects with their stages and how much of each has resources, or the points that a search finds."""
    question = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUESTION]
    if question:
        return _found(request, question)
    listed = curriculum.subjects(request.user, timezone.localdate())
    example = any(row.version.is_example for row in listed)
    return render(request, "resources/subjects.html", {"subjects": listed, "example": example, "question": ""})


def _found(request: HttpRequest, question: str) -> HttpResponse:
    """Points that hold now and have all the words of the question."""
    asked = [(word, *swedish.read(word).lemmas) for word in list(swedish.words(question))[:MOST_WORDS]]
    points = CentralContent.objects.valid_on(timezone.localdate()).mentioning(asked)
    hits = list(points.labelled().order_by("subject__name", "stage_code", "pk")[: MOST_HITS + 1])
    context = {"question": question, "hits": hits[:MOST_HITS], "more": len(hits) > MOST_HITS}
    return render(request, "resources/points.html", context)


@page(public=True)
def subject(request: HttpRequest, code: str) -> HttpResponse:
    """A subject's central content, stage by stage, with the resources for each point; and its syllabus."""
    day = timezone.localdate()
    read = curriculum.syllabus(code, day)
    if read is None:
        raise Http404(_("Ämnet finns inte."))
    only_gaps = "gaps" in request.GET
    wanted = request.GET.get("stage", "")
    chosen = wanted if wanted in [stage.code for stage in read.stages] else ""
    kept = "&gaps=1" if only_gaps else ""
    tabs = [Way(_("Alla"), f"?{kept[1:]}", None, not chosen)]
    tabs += [
        Way(_capital(years(stage.code)), f"?stage={stage.code}{kept}", None, stage.code == chosen)
        for stage in read.stages
    ]
    return render(
        request,
        "resources/subject.html",
        {
            "read": read,
            "subject": read.subject,
            "version": read.version,
            "holds": read.version.is_valid(day),
            "tabs": tabs,
            "stages": curriculum.stages(read, request.user, stage=chosen, only_gaps=only_gaps),
            "chosen": chosen,
            "only_gaps": only_gaps,
        },
    )


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
