"""What other machines read: OAI-PMH, feeds of what is new, JSON-LD."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from resursnav.deliver.resources.asking import Asked, ask
from resursnav.deliver.resources.finding import RESOURCE, audience
from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.rules import FOR_EVERYONE, SEE
from resursnav.foundation.access.pages import page
from resursnav.foundation.search import index
from resursnav.foundation.search.documents import Sort
from resursnav.kernel.text import number

from .. import oai, providing
from ..saying import json_ld, page_of, points_of
from .tables import MOST

NEWEST = 50
TRUNCATE = 600
AMB_XSD = """<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://w3id.org/kim/amb/">
  <xs:element name="json" type="xs:string"/>
</xs:schema>
"""


@csrf_exempt
@page(public=True, methods=("GET", "POST"))
def oai_pmh(request: HttpRequest) -> HttpResponse:
    """The catalogue for harvesters, by OAI-PMH 2.0. POST asks, as the protocol has it, and changes nothing.

    A person who comes here with a browser, asking nothing, is led to the page that explains it.
    """
    if request.method == "GET" and not request.GET and "text/html" in request.headers.get("Accept", ""):
        return redirect("exchange:share")
    sent = request.POST if request.method == "POST" else request.GET
    pairs = [(name, value) for name in sent for value in sent.getlist(name)]
    answer = oai.Answer(f"{settings.BASE_URL}{reverse('exchange:oai')}", timezone.now(), dict(pairs))
    body = oai.respond(answer, lambda root: _fill(root, pairs))
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


def _fill(root: Element, pairs: list[tuple[str, str]]) -> None:
    given = oai.arguments(pairs)
    verb = given["verb"]
    if verb == "Identify":
        _identify(root)
    elif verb == "ListMetadataFormats":
        _formats(root, given.get("identifier", ""))
    elif verb == "ListSets":
        raise oai.OaiError("noSetHierarchy", "This repository has no sets.")
    elif verb == "GetRecord":
        key, prefix = providing.key_of(given["identifier"]), oai.check_prefix(given)
        records = providing.read([key], prefix, full=True)
        if not records:
            raise oai.OaiError("idDoesNotExist", "There is no such record here.")
        oai.put_record(oai.element(root, verb), records[0])
    else:
        oai.put_records(root, verb, providing.listed(given, full=verb == "ListRecords"))


def _identify(root: Element) -> None:
    about = oai.element(root, "Identify")
    oai.element(about, "repositoryName", settings.CENTRE_NAME)
    oai.element(about, "baseURL", f"{settings.BASE_URL}{reverse('exchange:oai')}")
    oai.element(about, "protocolVersion", "2.0")
    oai.element(about, "adminEmail", settings.CENTRE_EMAIL)
    oai.element(about, "earliestDatestamp", oai.stamp(providing.earliest()))
    oai.element(about, "deletedRecord", "transient")
    oai.element(about, "granularity", "YYYY-MM-DDThh:mm:ssZ")


def _formats(root: Element, identifier: str) -> None:
    if identifier:
        records = providing.read([providing.key_of(identifier)], "oai_dc", full=False)
        if not records:
            raise oai.OaiError("idDoesNotExist", "There is no such record here.")
        if records[0].header.deleted:
            raise oai.OaiError("noMetadataFormats", "The record is deleted.")
    listing = oai.element(root, "ListMetadataFormats")
    for prefix, schema, namespace in (
        ("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", oai.OAI_DC),
        ("amb", f"{settings.BASE_URL}{reverse('exchange:amb_xsd')}", oai.AMB),
    ):
        one = oai.element(listing, "metadataFormat")
        oai.element(one, "metadataPrefix", prefix)
        oai.element(one, "schema", schema)
        oai.element(one, "metadataNamespace", namespace)


@page(public=True)
def share(request: HttpRequest) -> HttpResponse:
    """How other catalogues and programs read ours."""
    context = {
        "oai": f"{settings.BASE_URL}{reverse('exchange:oai')}",
        "search": reverse("resources:list"),
        "rss": reverse("exchange:rss"),
        "atom": reverse("exchange:atom"),
        "most": number(MOST),
    }
    return render(request, "exchange/share.html", context)


@page(public=True)
def amb_xsd(request: HttpRequest) -> HttpResponse:
    """The schema of the element in which OAI-PMH carries AMB."""
    return HttpResponse(AMB_XSD, content_type="application/xml; charset=utf-8")


@page(public=True, load=Resource, see=SEE)
def resource_json_ld(request: HttpRequest, resource: Resource) -> JsonResponse:
    """One resource as JSON-LD, by itself."""
    whole = Resource.objects.for_index().get(pk=resource.pk)
    said = json_ld(whole, points_of([whole.pk]).get(whole.pk, ()))
    return JsonResponse(
        said, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False, "indent": 1}
    )


@page(public=True)
def rss(request: HttpRequest) -> HttpResponse:
    """What is new in the catalogue, or in the search that the address asks for, as RSS."""
    return _feed(request, Rss201rev2Feed, "exchange:rss", "application/rss+xml; charset=utf-8")


@page(public=True)
def atom(request: HttpRequest) -> HttpResponse:
    """What is new in the catalogue, or in the search that the address asks for, as Atom."""
    return _feed(request, Atom1Feed, "exchange:atom", "application/atom+xml; charset=utf-8")


def _feed(request: HttpRequest, kind: type[SyndicationFeed], name: str, content_type: str) -> HttpResponse:
    asked = replace(Asked.of(request.GET), sort=Sort.NEWEST, page=1)
    narrowed = bool(asked.text or asked.chosen)
    said = {"centre": settings.CENTRE_NAME, "text": asked.text}
    title = _("Nytt i katalogen – %(centre)s") % said
    if narrowed:
        title = (_("Nytt för ”%(text)s” – %(centre)s") if asked.text else _("Nytt i ett urval – %(centre)s")) % said
    feed = kind(
        title=oai.clean(title),
        link=f"{settings.BASE_URL}{reverse('resources:list')}{asked.address()}",
        description=_("De senaste resurserna som %(centre)s har publicerat.") % said,
        language="sv",
        feed_url=f"{settings.BASE_URL}{reverse(name)}{asked.address() if narrowed else ''}",
    )
    rows = Resource.objects.filter(FOR_EVERYONE).order_by("-published_at", "-pk")
    if narrowed:
        rows = rows.filter(pk__in=_newest(asked))
    for one in rows.prefetch_related("subjects", "creators")[:NEWEST]:
        feed.add_item(
            title=oai.clean(one.title),
            link=page_of(one.pk),
            unique_id=page_of(one.pk),
            description=oai.clean(one.description[:TRUNCATE] or one.subtitle or one.title),
            pubdate=one.published_at,
            updateddate=one.updated_at,
            author_name=oai.clean("; ".join(creator.name for creator in one.creators.all())) or None,
            categories=[oai.clean(term.label) for term in one.subjects.all() if term.scheme == "school"],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=content_type)


def _newest(asked: Asked) -> list[int]:
    """The newest that the search finds for a stranger: a feed reader is not signed in."""
    query = ask(asked, audience(AnonymousUser()), get_language() or "sv", counts=())
    return index.search(replace(query, per_page=NEWEST)).ids(RESOURCE)
