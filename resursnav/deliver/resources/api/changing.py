"""What programs may do to the catalogue: begin a draft, change what is said, and take off the shelf.

The same actions as on the site, so the same log, the same checks and the same rules. Publishing is left to people.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.params import functions as sent_in

from resursnav.foundation.access import Rule, may
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.rest.door import caller_of
from resursnav.foundation.rest.endpoints import CHANGE_ERRORS, MAKE_ERRORS, endpoint, forbidden
from resursnav.foundation.rest.versions import overtaken, seen, stamp

from ..actions import UnableToWithdraw, withdraw
from ..actions.editing import Overtaken, UnableToEdit, create, edit
from ..facts import COLUMNS, EDITION_COLUMNS, EditionFacts, Facts
from ..models import Resource, SubjectTerm
from ..reading import whole
from ..rules import CREATE, EDIT, SEE, WITHDRAW
from ..shapes import EditionIn, ResourceChangeIn, ResourceIn, ResourceWholeOut, WithdrawalIn
from ..vocabulary import Status, SubjectScheme
from .reading import HIGHEST, router, whole_of

WRITE = "resources:write"
_SCHEMES = {"topics": SubjectScheme.TOPIC, "school_subjects": SubjectScheme.SCHOOL}
_AROUND = {"creators", "topics", "school_subjects", "identifiers", "links", "editions"}


@router.post("/resources", response={201: ResourceWholeOut, **MAKE_ERRORS}, operation_id="add_resource")
@endpoint(CREATE, scope=WRITE)
def add_resource(request: HttpRequest, response: HttpResponse, sent: ResourceIn) -> tuple[int, dict[str, Any]]:
    """Begin a resource as a draft at a centre. People at the centre review and publish it on the site."""
    person = caller_of(request).person
    # The rule reaches places; a resource that nobody has yet is asked for by the place that it would get.
    owner = Organisation.objects.visible_to(person, CREATE).filter(pk=sent.owner_id).first()
    if owner is None:
        raise UnableToEdit(_("Du kan inte lägga till resurser för den organisationen."), field="owner_id")
    made = create(owner=owner, facts=changed(None, sent), by=person, at=timezone.now())
    told = _told(request, response, made.pk)
    response.headers["Location"] = request.build_absolute_uri(f"{request.path}/{made.pk}")
    return 201, told


@router.patch("/resources/{int:id}", response={200: ResourceWholeOut, **CHANGE_ERRORS}, operation_id="change_resource")
@endpoint(EDIT, scope=WRITE)
def change_resource(
    request: HttpRequest,
    response: HttpResponse,
    id: int,
    sent: ResourceChangeIn,
    if_match: str | None = sent_in.Header(
        None, alias="If-Match", description="The ETag of the resource as you read it."
    ),
) -> dict[str, Any]:
    """Change what is said about a resource, a draft or one on the shelf. What is not sent stays as it is.

    Send If-Match with the ETag that came when you read the resource (or `*`, to change whatever stands there now).
    """
    resource = _seen(request, id)
    _check(request, resource, EDIT)
    seen_at = seen(if_match, resource.updated_at)
    person = caller_of(request).person
    try:
        edit(resource=resource, facts=changed(resource, sent), by=person, at=timezone.now(), seen_at=seen_at)
    except Overtaken as late:
        raise overtaken() from late
    return _told(request, response, id)


@router.post(
    "/resources/{int:id}/withdrawal", response={200: ResourceWholeOut, **MAKE_ERRORS}, operation_id="withdraw_resource"
)
@endpoint(WITHDRAW, scope=WRITE)
def withdraw_resource(request: HttpRequest, response: HttpResponse, id: int, sent: WithdrawalIn) -> dict[str, Any]:
    """Take a published resource off the shelf. Whoever follows an old link reads the reason."""
    resource = _seen(request, id)
    if resource.status != Status.PUBLISHED:  # else the rule would say that the role is at fault
        raise UnableToWithdraw(_("Bara en publicerad resurs kan dras tillbaka."))
    _check(request, resource, WITHDRAW)
    withdraw(resource=resource, reason=sent.reason, by=caller_of(request).person, at=timezone.now())
    return _told(request, response, id)


def _seen(request: HttpRequest, id: int) -> Resource:
    """The resource, if the caller may see it."""
    visible = Resource.objects.visible_to(caller_of(request).person, SEE)
    resource = visible.filter(pk=id).first() if id <= HIGHEST else None
    if resource is None:
        raise Http404
    return resource


def _check(request: HttpRequest, resource: Resource, rule: Rule) -> None:
    """A problem unless the caller may do this to the resource."""
    if not may(caller_of(request).person, rule, resource):
        raise forbidden()


def _told(request: HttpRequest, response: HttpResponse, id: int) -> dict[str, Any]:
    resource = whole(caller_of(request).person, id)
    if resource is None:  # may be changed there, but not seen
        raise Http404
    response.headers["ETag"] = stamp(resource.updated_at)
    return whole_of(request, resource)


def changed(resource: Resource | None, sent: ResourceChangeIn) -> Facts:
    """All that is to be said of the resource (None: a new one): what was sent, and for the rest what is said now."""
    given: dict[str, Any] = sent.model_dump(include=sent.model_fields_set - _AROUND - {"owner_id"})
    for name, value in given.items():
        given[name] = tuple(value) if isinstance(value, list) else value
    for name in {"licence", "licence_url"} & given.keys():
        given[name] = given[name] or ""
    around = {name: made(resource, sent) for name, made in _MADE.items() if name in sent.model_fields_set}
    if subjects := around.keys() & {"topics", "school_subjects"}:
        said_anew = {_SCHEMES[name] for name in subjects}
        around["subjects"] = _kept(resource, said_anew) | around.pop("school_subjects", frozenset())
    return Facts(**{**(_now(resource) if resource else {}), **given, **around})


_MADE: dict[str, Any] = {
    "creators": lambda _resource, sent: tuple((each.name, each.role) for each in sent.creators),
    "topics": lambda _resource, sent: tuple(sent.topics),
    "school_subjects": lambda _resource, sent: _school_subjects(sent.school_subjects),
    "identifiers": lambda _resource, sent: tuple((each.scheme, each.value) for each in sent.identifiers),
    "links": lambda _resource, sent: tuple((each.kind, each.url, each.label) for each in sent.links),
    "editions": lambda resource, sent: _editions(resource, sent.editions),
}


def _now(resource: Resource) -> dict[str, Any]:
    """What is said of the resource now, as Facts wants it."""
    return {
        **_tuples(resource, COLUMNS),
        "creators": tuple(resource.creators.values_list("name", "role")),
        "subjects": frozenset(resource.subjects.values_list("pk", flat=True)),
        "identifiers": tuple(resource.identifiers.values_list("scheme", "value")),
        "links": tuple(resource.links.values_list("kind", "url", "label")),
        "editions": tuple(
            EditionFacts(key=edition.pk, **_tuples(edition, EDITION_COLUMNS)) for edition in resource.editions.all()
        ),
    }


def _tuples(row: Model, names: tuple[str, ...]) -> dict[str, Any]:
    """The named values of the row, lists as tuples."""
    found = {name: getattr(row, name) for name in names}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}


def _kept(resource: Resource | None, said_anew: set[SubjectScheme]) -> frozenset[int]:
    """The subjects that stay when those of some vocabularies are said anew."""
    if resource is None:
        return frozenset()
    return frozenset(resource.subjects.exclude(scheme__in=said_anew).values_list("pk", flat=True))


def _school_subjects(codes: list[str]) -> frozenset[int]:
    """The school subjects with the codes; one that is unknown is refused."""
    found = dict(SubjectTerm.objects.school().filter(code__in=codes).values_list("code", "pk"))
    if unknown := [code for code in codes if code not in found]:
        told = _("Okänd kod för skolämne: %(codes)s.") % {"codes": ", ".join(unknown)}
        raise UnableToEdit(told, field="school_subjects")
    return frozenset(found.values())


def _editions(resource: Resource | None, sent: list[EditionIn]) -> tuple[EditionFacts, ...]:
    """The editions that were sent; a number that is none of this resource's own is refused."""
    known = set(resource.editions.values_list("pk", flat=True)) if resource else set()
    if any(each.id is not None and each.id not in known for each in sent):
        raise UnableToEdit(_("Resursen har ingen utgåva med det numret."), field="editions")
    return tuple(
        EditionFacts(
            **{
                **each.model_dump(exclude={"id"}),
                "key": each.id,
                "url": each.url or "",
                "languages": tuple(each.languages),
                "subtitles": tuple(each.subtitles),
            }
        )
        for each in sent
    )
