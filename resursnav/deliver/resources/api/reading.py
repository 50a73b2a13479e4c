"""The catalogue in the open interface: every resource by key, the search, and collections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Query, Router

from resursnav.deliver.curriculum.models import CentralContent
from resursnav.foundation.rest.cursors import written
from resursnav.foundation.rest.door import caller_of
from resursnav.foundation.rest.endpoints import LIST_ERRORS, READ_ERRORS, endpoint
from resursnav.foundation.rest.paging import Paged, Slice, address_of, place_of, slice_of
from resursnav.foundation.rest.versions import stamp
from resursnav.foundation.search import index
from resursnav.foundation.search.documents import Query as Question

from .. import opening
from ..finding import FACETS, RESOURCE, audience
from ..models import Collection, CollectionItem, Edition, Mapping, Resource
from ..models.resource import ResourceQuerySet
from ..reading import rows, whole
from ..rules import SEE, SEE_COLLECTION
from ..shapes import (
    CollectionsOut,
    CollectionWholeOut,
    Filters,
    FoundOut,
    ResourcesOut,
    ResourceWholeOut,
    Search,
)
from ..vocabulary import Status, Visibility

READ = "resources:read"
HIGHEST = 2**63 - 1
LAST_PAGE = 10_000
router = Router(tags=["resources"])
# Where a resource is told as JSON-LD. Whoever puts the interface together says it, because that stands further up.
json_ld_address: Callable[[int], str] | None = None

_SAME = (
    "id", "title", "status", "visibility", "owner_id", "year", "languages", "school_forms", "grade_from", "grade_to",
    "updated_at",
)  # fmt: skip
_EDITION = ("label", "number", "extent")


def row_of(request: HttpRequest, resource: Resource) -> dict[str, Any]:
    """The resource as a list tells it: null for what is empty."""
    subjects = [{"scheme": s.scheme, "code": s.code, "label": s.label} for s in resource.subjects.all()]
    open_to_all = resource.status == Status.PUBLISHED and resource.visibility == Visibility.PUBLIC
    json_ld = json_ld_address(resource.pk) if open_to_all and json_ld_address else None
    return {
        **{name: getattr(resource, name) for name in _SAME},
        **{name: getattr(resource, name) or None for name in ("subtitle", "description", "publisher", "licence")},
        "media_types": list(dict.fromkeys(edition.media_type for edition in resource.editions.all())),
        "subjects": subjects,
        "page": request.build_absolute_uri(resource.get_absolute_url()),
        "json_ld": request.build_absolute_uri(json_ld) if json_ld else None,
    }


def _tends(resource: Resource) -> bool:
    """Whether the caller changes the very addresses and so must read them; `reading.whole` has asked."""
    return bool(getattr(resource, "may_edit", False))


def _way_in(request: HttpRequest, resource: Resource, edition: Edition) -> str | None:
    """Where one opens the edition: its address, or the gate before it."""
    gate = "" if _tends(resource) else opening.gate_of(resource, edition)
    return request.build_absolute_uri(gate) if gate else edition.url or None


def whole_of(request: HttpRequest, resource: Resource) -> dict[str, Any]:
    """The resource with everything around it; it comes from `reading.whole`."""
    hidden = frozenset() if _tends(resource) else opening.hidden(resource)
    editions = [
        {
            "id": edition.pk,
            **{name: getattr(edition, name) or None for name in _EDITION},
            "url": _way_in(request, resource, edition),
            "media_type": edition.media_type,
            "languages": edition.languages,
            "subtitles": edition.subtitles,
            "audio_description": edition.audio_description,
            "duration_s": edition.duration_s,
            "year": edition.year,
        }
        for edition in resource.editions.all()
    ]
    return {
        **row_of(request, resource),
        "other_titles": resource.other_titles,
        "own_number": resource.own_number or None,
        "age_from": resource.age_from,
        "age_to": resource.age_to,
        "licence_url": resource.licence_url or None,
        "accessibility": resource.accessibility,
        "creators": [{"name": each.name, "role": each.role} for each in resource.creators.all()],
        "identifiers": [
            {"scheme": e.scheme, "value": e.value} for e in resource.identifiers.all() if e.value not in hidden
        ],
        "links": [
            {"kind": e.kind, "url": e.url, "label": e.label or None}
            for e in resource.links.all()
            if e.url not in hidden
        ],
        "editions": editions,
        "points": list(Mapping.objects.filter(resource=resource).order_by("pk").values_list("point__key", flat=True)),
        "used_by": resource.use_count,  # type: ignore[attr-defined]  # counted by reading.whole
    }


def wanted(found: ResourceQuerySet, asked: Filters) -> ResourceQuerySet:
    """The resources that all filters let through."""
    if asked.owner is not None:
        found = found.filter(owner=asked.owner)
    if asked.type is not None:
        found = found.filter(pk__in=Resource.objects.filter(editions__media_type=asked.type).values("pk"))
    if asked.subject:
        code = asked.subject.replace("\x00", "")
        found = found.filter(pk__in=Resource.objects.filter(subjects__code=code).values("pk"))
    if asked.point:
        keys = CentralContent.objects.keys_with_older([asked.point.replace("\x00", "")])
        found = found.filter(pk__in=Mapping.objects.filter(point__key__in=keys).values("resource"))
    if asked.changed_since is not None:
        found = found.filter(updated_at__gte=asked.changed_since)
    return found


@router.get("/resources", response={200: ResourcesOut, **LIST_ERRORS}, operation_id="list_resources")
@endpoint(SEE, scope=READ)
def list_resources(request: HttpRequest, asked: Query[Filters]) -> Slice[Any]:
    """Every resource that the caller may see, page by page: for whoever keeps a copy of the catalogue."""
    seen = Resource.objects.visible_to(caller_of(request).person, SEE)
    found = slice_of(wanted(seen, asked).for_rows(), request=request, asked=asked)
    return Slice([row_of(request, resource) for resource in found.items], found.next)


@router.get("/resources/search", response={200: FoundOut, **LIST_ERRORS}, operation_id="list_found_resources")
@endpoint(SEE, scope=READ)
def list_found_resources(request: HttpRequest, asked: Query[Search]) -> dict[str, Any]:
    """What a search finds, best first, with counts in facets: the same search as on the site."""
    person = caller_of(request).person
    page = place_of(asked.cursor, "page") if asked.cursor else 1
    chosen = {name: tuple(str(value) for value in getattr(asked, name)) for name in FACETS if hasattr(asked, name)}
    found = index.search(
        Question(
            text=asked.q.replace("\x00", " "),
            audience=audience(person),
            kinds=(RESOURCE,),
            filters={name: values for name, values in chosen.items() if values},
            counts=FACETS,
            sort=asked.sort,
            page=min(max(page, 1), LAST_PAGE),
            per_page=asked.limit,
            language=get_language() or "sv",
        )
    )
    more = found.page < min(found.pages, LAST_PAGE)
    return {
        "items": [row_of(request, resource) for resource in rows(found.ids(RESOURCE), person)],
        "next": address_of(request, written("page", found.page + 1)) if more else None,
        "total": found.total,
        "facets": {
            name: [{"value": value, "count": count} for value, count in values] for name, values in found.facets.items()
        },
        "instead": found.instead or None,
        "plain": found.plain,
    }


@router.get("/resources/{int:id}", response={200: ResourceWholeOut, **READ_ERRORS}, operation_id="show_resource")
@endpoint(SEE, scope=READ)
def show_resource(request: HttpRequest, response: HttpResponse, id: int) -> dict[str, Any]:
    """One resource with editions, creators, numbers, links and the points of the curriculum that it helps with."""
    resource = whole(caller_of(request).person, id) if id <= HIGHEST else None
    if resource is None:
        raise Http404
    response.headers["ETag"] = stamp(resource.updated_at)
    return whole_of(request, resource)


@router.get("/collections", response={200: CollectionsOut, **LIST_ERRORS}, operation_id="list_collections")
@endpoint(SEE_COLLECTION, scope=READ)
def list_collections(request: HttpRequest, asked: Query[Paged]) -> Slice[Any]:
    """Collections of resources, in pages."""
    seen = Collection.objects.visible_to(caller_of(request).person, SEE_COLLECTION)
    found = slice_of(seen, request=request, asked=asked)
    return Slice([_collection(request, each) for each in found.items], found.next)


@router.get("/collections/{int:id}", response={200: CollectionWholeOut, **READ_ERRORS}, operation_id="show_collection")
@endpoint(SEE_COLLECTION, scope=READ)
def show_collection(request: HttpRequest, id: int) -> dict[str, Any]:
    """A collection with the editor's text and its resources in order."""
    person = caller_of(request).person
    shown = CollectionItem.objects.filter(resource__in=Resource.objects.visible_to(person, SEE)).order_by("position")
    seen = Collection.objects.visible_to(person, SEE_COLLECTION).prefetch_related(Prefetch("items", shown))
    collection = seen.filter(pk=id).first() if id <= HIGHEST else None
    if collection is None:
        raise Http404
    items = [{"resource_id": item.resource_id, "comment": item.comment or None} for item in collection.items.all()]
    return {**_collection(request, collection), "text": collection.text or None, "items": items}


def _collection(request: HttpRequest, collection: Collection) -> dict[str, Any]:
    same = {name: getattr(collection, name) for name in ("id", "title", "lead", "owner_id", "updated_at")}
    return {**same, "page": request.build_absolute_uri(collection.get_absolute_url())}
