"""The search page; what is looked for in vain is counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resursnav.foundation.access import limits
from resursnav.foundation.access.pages import page
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.organisations.rules import SEE as SEE_PLACE
from resursnav.foundation.search import failures, index
from resursnav.foundation.search.documents import Query
from resursnav.foundation.ui.panels import row_filters, said_later

from .. import wording
from ..asking import PER_PAGE, Asked, ask, broader_subjects, chips, groups, helping, sorts
from ..finding import COLLECTION, RESOURCE, audience
from ..models import Collection, Resource
from ..reading import noted, rows
from ..rules import SEE_COLLECTION

ORGANISATION = "organisation"
HIGHEST = 2**63 - 1  # no key is higher
MOST_NEAR = 4  # of the nearest things, on a page without hits
MOST_SEARCHES = 60  # a minute, for somebody without an account


@page(public=True)
def search(request: HttpRequest) -> HttpResponse:
    """Everything in the catalogue that the person may find, narrowed as the address says."""
    if seconds := limits.wait(request, limits.Limit("search", MOST_SEARCHES)):
        return limits.refused(request, seconds)
    asked = Asked.of(request.GET, row_filters("resources:list", request.user))
    who = audience(request.user)
    found = index.search(ask(asked, who, get_language() or "sv"))
    collections: list[Collection] = []
    places: list[Organisation] = []
    if asked.text and asked.page == 1 and not asked.chosen and not found.plain:
        beside = Query(text=asked.text, audience=who, per_page=2, similar_words=False)
        hits = index.search(replace(beside, kinds=(COLLECTION,)))
        collections = _collections(hits.ids(COLLECTION), request.user)
        hits = index.search(replace(beside, kinds=(ORGANISATION,), per_page=4))
        places = _places(hits.ids(ORGANISATION), request.user)
    near: list[Resource] = []
    counted = False
    if not found.total:
        near = rows([hit.id for hit in found.broader if hit.kind == RESOURCE], request.user)
        # Words that a choice among the facets made vain may well be found without it; who found a place looked for
        # it; and without the index nobody knows.
        counted = bool(asked.text) and asked.page == 1 and not (asked.chosen or places or collections or found.plain)
        if counted:
            _count_missed(request, asked.text)
    listed = groups(found, asked)
    shown = noted("resources:list", rows(found.ids(RESOURCE), request.user), request.user)
    pages = Paginator(range(found.total), PER_PAGE).get_page(found.page)
    return render(
        request,
        "resources/list.html",
        {
            "asked": asked,
            "found": found,
            "rows": shown,
            "later": said_later("resources:list", request.user) if shown else "",
            "later_url": f"{reverse('resources:notes')}?{urlencode([('id', row.pk) for row in shown])}",
            "collections": collections,
            "places": places,
            "groups": listed,
            "chips": chips(listed, asked),
            "sorts": sorts(asked),
            "pages": pages,
            "helping": helping(asked, who, get_language() or "sv") if not found.total else [],
            "counted": counted,
            "near": near[:MOST_NEAR],
            "near_subjects": broader_subjects(near),
            "letter": _letter(asked),
        },
    )


@page(public=True)
def notes(request: HttpRequest) -> HttpResponse:
    """What takes longer to find out about the resources in a list: a part that comes after it, or a page of its own."""
    wanted = [int(key) for key in request.GET.getlist("id")[:PER_PAGE] if key.isascii() and key.isdigit()]
    found = rows([key for key in wanted if key <= HIGHEST], request.user)
    words = said_later("resources:list", request.user)
    if not words or not found:
        raise Http404(_("Det finns inget mer att säga om dem."))
    part = "HX-Request" in request.headers
    return render(
        request,
        "resources/parts/_later.html" if part else "resources/notes.html",
        {"rows": noted("resources:list", found, request.user, later=True), "heading": words},
    )


def _count_missed(request: HttpRequest, text: str) -> None:
    """Remember the words of a search in vain and the municipality, never the person."""
    place = _municipality(request.user)
    failures.note_once(request, text=text, municipality_id=place.pk if place else None, at=timezone.now())


def _municipality(person: Any) -> Organisation | None:
    if not person.is_authenticated:
        return None
    nodes = [post.node_id for post in person.standing()]
    return Organisation.objects.at_or_above(nodes).filter(kind=Kind.MUNICIPALITY).first()


def _collections(keys: list[int], person: Any) -> list[Collection]:
    found = Collection.objects.visible_to(person, SEE_COLLECTION).in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _places(keys: list[int], person: Any) -> list[Organisation]:
    shown = Organisation.objects.visible_to(person, SEE_PLACE).not_closed_on(timezone.localdate())
    found = shown.select_related("parent").in_bulk(keys) if keys else {}
    return [found[key] for key in keys if key in found]


def _letter(asked: Asked) -> str:
    """A letter to the centre about what somebody looks for."""
    subject = _("Jag söker %(what)s") % {"what": asked.text or _("en resurs")}
    said = wording.listed(asked.text.split())
    body = _("Hej,\n\nJag hittar inte det jag söker: %(what)s.\nDet ska användas till:\n") % {"what": said or "…"}
    return wording.mailto(settings.CENTRE_EMAIL, subject, body)
