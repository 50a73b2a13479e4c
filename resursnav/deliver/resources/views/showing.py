"""A resource's page, its cover, its QR code and its references."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Prefetch, prefetch_related_objects
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.panels import acts, panels

from .. import citing, curriculum, opening, pictures, wording
from ..actions.covers import path
from ..actions.shelving import lacks
from ..models import Mapping, Resource, Tip
from ..parts import heads
from ..reading import whole
from ..rules import GONE, SEE, SEE_TIP
from ..similar import similar

MOST_TIPS = 50
MISSING = gettext_lazy("Resursen finns inte, eller så har du inte tillgång till den.")


@page(public=True)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is, for whom, how to get it, what others have done with it."""
    resource: Any = whole(request.user, pk)
    if resource is None:
        return _gone(request, pk)
    day = timezone.localdate()
    prefetch_related_objects([resource], Prefetch("mappings", Mapping.objects.with_point().with_standing(day)))
    mappings = sorted(resource.mappings.all(), key=lambda mapping: not mapping.holds)
    heirs = curriculum.heirs(mappings, day)
    tips = Tip.objects.visible_to(request.user, SEE_TIP).filter(resource=resource)
    source = source_of(resource)
    return render(
        request,
        "resources/show.html",
        {
            "resource": resource,
            "tips": tips.select_related("author", "author_place", "point__subject")[:MOST_TIPS],
            "ties": [(mapping, heirs.get(mapping.point_id, [])) for mapping in mappings],
            "editions": opening.editions_of(resource),
            "links": opening.links_of(resource),
            "numbers": opening.numbers_of(resource),
            "reference": citing.apa(source),
            "lacks": [] if resource.is_published or not resource.may_edit else lacks(resource),
            "heads": [make(resource) for make in heads()],
            "acts": acts("resources:show", resource, request.user),
            "panels": panels(request, "resources:show", resource),
            "address": address(resource),
            "ask": "" if resource.may_edit else _question(resource),  # the centre need not ask itself
        },
    )


@page(public=True)
def alike(request: HttpRequest, pk: int) -> HttpResponse:
    """What is like it: a part of the resource's page that comes when one gets that far, or a page of its own."""
    resource = Resource.objects.visible_to(request.user, SEE).filter(pk=pk).prefetch_related("subjects").first()
    if resource is None:
        raise Http404(MISSING)
    part = "HX-Request" in request.headers
    return render(
        request,
        "resources/parts/_similar.html" if part else "resources/similar.html",
        {"resource": resource, "similar": similar(resource, request.user)},
    )


def address(resource: Resource) -> str:
    """The address that people share: always the site's own, however the page was reached."""
    return f"{settings.BASE_URL}{reverse('resources:show', args=[resource.pk])}"


@page(public=True)
def cover(request: HttpRequest, pk: int, width: int, fingerprint: str) -> HttpResponseBase:
    """The uploaded picture in one of its sizes; the name changes with the picture, so it may be kept for ever."""
    resource = Resource.objects.visible_to(request.user, SEE).filter(pk=pk).first()
    if resource is None or not resource.cover.startswith(fingerprint) or width not in pictures.WIDTHS:
        raise Http404
    name = path(resource.cover, width)
    if not default_storage.exists(name):
        raise Http404
    answer = FileResponse(default_storage.open(name), content_type="image/webp")
    open_to_all = resource.is_published and resource.visibility == "public"
    answer["Cache-Control"] = f"{'public' if open_to_all else 'private'}, max-age=31536000, immutable"
    return answer


@page(public=True, load=Resource, see=SEE)
def qr(request: HttpRequest, resource: Resource) -> HttpResponse:
    """The page's address as a QR code, for a poster or a label."""
    out = io.BytesIO()
    segno.make(address(resource), error="m").save(
        out, kind="svg", scale=8, border=4, dark="#000", light="#fff", title=resource.title
    )
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


@page(public=True)
def cite(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The reference as a file for Zotero and its like."""
    source = source_of(_resource(request, pk))
    if form == "bib":
        answer = HttpResponse(citing.bibtex(source), content_type="application/x-bibtex; charset=utf-8")
    else:
        answer = HttpResponse(
            citing.ris(source, read=timezone.localdate()),
            content_type="application/x-research-info-systems; charset=utf-8",
        )
    answer["Content-Disposition"] = f'attachment; filename="{source.key}.{form}"'
    return answer


def source_of(resource: Resource) -> citing.Source:
    """What a list of sources needs to know of the resource."""
    editions = opening.editions_of(resource)
    numbers: dict[str, str] = {number.scheme: number.value for number in reversed(resource.identifiers.all())}
    made: dict[bool, list[str]] = {True: [], False: []}
    for creator in resource.creators.all():
        made[creator.role == "organisation"].append(creator.name)
    return citing.Source(
        key=f"resursnav{resource.pk}",
        title=resource.title,
        subtitle=resource.subtitle,
        people=tuple(made[False]),
        bodies=tuple(made[True]),
        year=resource.year,
        publisher=resource.publisher,
        media_type=editions[0].media_type if editions else "",
        url=next((edition.url for edition in editions if edition.url and not edition.gate), address(resource)),
        isbn=numbers.get("isbn", ""),
        doi=numbers.get("doi", ""),
        language=resource.languages[0] if resource.languages else "",
    )


def _gone(request: HttpRequest, pk: int) -> HttpResponse:
    """What once stood here and was withdrawn says so, with the reason; anything else is not to be found."""
    gone = Resource.objects.visible_to(request.user, GONE).filter(pk=pk).first()
    if gone is None:
        raise Http404(MISSING)
    return render(request, "resources/gone.html", {"resource": gone}, status=410)


def _question(resource: Resource) -> str:
    """A letter to the centre with the resource already named."""
    subject = _("Fråga om ”%(title)s”") % {"title": resource.title}
    body = _("Hej,\n\nJag undrar över ”%(title)s” (%(address)s).\n\n") % {
        "title": resource.title,
        "address": address(resource),
    }
    return wording.mailto(settings.CENTRE_EMAIL, subject, body)


def _resource(request: HttpRequest, pk: int) -> Any:
    found = whole(request.user, pk)
    if found is None:
        raise Http404(MISSING)
    return found
