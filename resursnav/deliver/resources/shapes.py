"""What the open interface says of the catalogue, and takes in: the shapes of its answers and questions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from resursnav.foundation.rest.paging import Moment, Paged
from resursnav.foundation.search.documents import Sort
from resursnav.kernel.text import clean

from .vocabulary import (
    Accessibility,
    CreatorRole,
    Licence,
    LinkKind,
    MediaType,
    Scheme,
    SchoolForm,
    Status,
    SubjectScheme,
    Visibility,
)

HIGHEST = 2**63 - 1
MANY = 100
Words = Annotated[str, AfterValidator(clean)]
Address = Annotated[str, Field(pattern=r"^https?://[^\s\x00-\x1f]+$", max_length=1000)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)]
Key = Annotated[int, Field(ge=1, le=HIGHEST)]

ROW: dict[str, Any] = {
    "id": 71,
    "title": "Skogens hemligheter",
    "subtitle": None,
    "description": "Fyra korta filmer om vad som händer under marken.",
    "status": "published",
    "visibility": "public",
    "owner_id": 2,
    "publisher": "Exempelfilm",
    "year": 2024,
    "languages": ["sv"],
    "school_forms": ["GR"],
    "grade_from": 4,
    "grade_to": 6,
    "media_types": ["stream"],
    "subjects": [{"scheme": "school", "code": "GRGRBIO01", "label": "Biologi"}],
    "licence": "AGREEMENT",
    "updated_at": "2026-11-20T08:15:00Z",
    "page": "https://example.org/resources/71/",
    "json_ld": "https://example.org/resources/71/jsonld",
}
WHOLE: dict[str, Any] = {
    **ROW,
    "other_titles": [],
    "own_number": None,
    "age_from": None,
    "age_to": None,
    "licence_url": None,
    "accessibility": ["captions"],
    "creators": [{"name": "Åsa Exempel", "role": "director"}],
    "identifiers": [],
    "links": [{"kind": "guide", "url": "https://example.org/handledning", "label": "Lärarhandledning"}],
    "editions": [
        {
            "id": 118,
            "media_type": "stream",
            "label": None,
            "number": None,
            "url": "https://example.org/film",
            "languages": ["sv"],
            "subtitles": ["sv"],
            "audio_description": False,
            "duration_s": 1500,
            "extent": None,
            "year": 2024,
        }
    ],
    "points": ["grgrbio01-0007"],
    "used_by": 12,
}


class SubjectTermOut(Schema):
    """A word for what a resource is about."""

    scheme: SubjectScheme
    code: str
    label: str


class ResourceOut(Schema):
    """A resource, as in a list."""

    model_config = ConfigDict(json_schema_extra={"examples": [ROW]})

    id: int
    title: str
    subtitle: str | None
    description: str | None
    status: Status
    visibility: Visibility
    owner_id: int = Field(description="The centre that looks after it; see organisations.")
    publisher: str | None
    year: int | None
    languages: list[str] = Field(description="Codes of languages.")
    school_forms: list[SchoolForm]
    grade_from: int | None = Field(description="0 is förskoleklass, 10 the first year of gymnasiet, -1 förskola.")
    grade_to: int | None
    media_types: list[MediaType] = Field(description="The forms of its editions.")
    subjects: list[SubjectTermOut]
    licence: Licence | None
    updated_at: datetime
    page: str = Field(description="The page for people, which also holds the resource as JSON-LD.")
    json_ld: str | None = Field(
        description="The resource by itself as JSON-LD in the AMB profile; null unless everybody may see it."
    )


class CreatorOut(Schema):
    """Somebody who made it, and what they did."""

    name: Annotated[Words, Field(min_length=1, max_length=300)]
    role: CreatorRole


class IdentifierOut(Schema):
    """A number that others know it by."""

    scheme: Scheme
    value: Annotated[Words, Field(min_length=1, max_length=400)]


class LinkOut(Schema):
    """Something on the web that belongs to it."""

    kind: LinkKind
    url: str
    label: str | None


class EditionOut(Schema):
    """One form in which it exists."""

    id: int
    media_type: MediaType
    label: str | None
    number: str | None = Field(description="The number on the shelf.")
    url: str | None = Field(
        description="Where one opens it. What is used under an agreement has the address of a page that asks the right."
    )
    languages: list[str]
    subtitles: list[str]
    audio_description: bool
    duration_s: int | None = Field(description="Seconds.")
    extent: str | None
    year: int | None


class ResourceWholeOut(ResourceOut):
    """A resource with everything that stands around it."""

    model_config = ConfigDict(json_schema_extra={"examples": [WHOLE]})

    other_titles: list[str]
    own_number: str | None
    age_from: int | None
    age_to: int | None
    licence_url: str | None
    accessibility: list[Accessibility]
    creators: list[CreatorOut]
    identifiers: list[IdentifierOut]
    links: list[LinkOut]
    editions: list[EditionOut]
    points: list[str] = Field(description="Keys of the points of the curriculum that it helps with.")
    used_by: int = Field(description="How many have said that they used it.")


class ResourcesOut(Schema):
    """A page of resources."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [ROW], "next": None}]})

    items: list[ResourceOut]
    next: str | None = Field(description="The address of the next page; null when this is the last.")


class CountOut(Schema):
    """A value of a facet and how many hits have it."""

    value: str
    count: int


class FoundOut(ResourcesOut):
    """A page of what was found."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "items": [ROW],
                    "next": None,
                    "total": 1,
                    "facets": {"type": [{"value": "stream", "count": 1}]},
                    "instead": None,
                    "plain": False,
                }
            ]
        }
    )

    total: int = Field(description="How many were found in all.")
    facets: dict[str, list[CountOut]] = Field(description="How many hits each value has, whatever is chosen beside it.")
    instead: str | None = Field(description="Another spelling that finds more.")
    plain: bool = Field(description="True while the index is out of use and the words are looked for as they stand.")


class CollectionOut(Schema):
    """Resources that an editor has put together."""

    id: int
    title: str
    lead: str
    owner_id: int
    updated_at: datetime
    page: str


COLLECTION: dict[str, Any] = {
    "id": 3,
    "title": "Vinter i skogen",
    "lead": "Filmer och böcker att gå ut med.",
    "owner_id": 2,
    "updated_at": "2026-11-01T09:00:00Z",
    "page": "https://example.org/collections/3/",
}


class CollectionsOut(Schema):
    """A page of collections."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [COLLECTION], "next": None}]})

    items: list[CollectionOut]
    next: str | None = Field(description="The address of the next page; null when this is the last.")


class ItemOut(Schema):
    """A resource's place in a collection."""

    resource_id: int
    comment: str | None


class CollectionWholeOut(CollectionOut):
    """A collection with the editor's text and its resources in order."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{**COLLECTION, "text": None, "items": [{"resource_id": 71, "comment": "Börja här."}]}]
        }
    )

    text: str | None
    items: list[ItemOut] = Field(description="In the editor's order; what the caller may not see is left out.")


class Filters(Paged):
    """Which resources are wanted; several filters must all hold."""

    owner: Key | None = Field(None, description="Only those of this centre.")
    type: MediaType | None = Field(None, description="Only those with an edition of this form.")
    subject: str | None = Field(None, max_length=400, description="Only those with this subject's code.")
    point: str | None = Field(
        None, max_length=60, description="Only those that help with this point, or with one that it continues."
    )
    changed_since: Moment | None = Field(None, description="Only those changed since this moment.")


class Search(Paged):
    """What is looked for. Values of one facet widen it; several facets narrow it."""

    q: str = Field("", max_length=300, description="Words, in Swedish; parts of compounds are found too.")
    type: list[MediaType] = Field([], max_length=20)
    subject: list[Annotated[str, Field(max_length=420, pattern=r"^[a-z]+:.+$")]] = Field(
        [], max_length=20, description="`scheme:code`, as in the facets."
    )
    form: list[SchoolForm] = Field([], max_length=20)
    grade: list[Annotated[int, Field(ge=-1, le=12)]] = Field([], max_length=20)
    language: list[Language] = Field([], max_length=20)
    access: list[Accessibility] = Field([], max_length=20)
    licence: list[Licence] = Field([], max_length=20)
    owner: list[Key] = Field([], max_length=20)
    sort: Sort = Field(Sort.RELEVANCE)


class LinkIn(Schema):
    """Something on the web that belongs to it."""

    kind: LinkKind = LinkKind.MORE
    url: Address
    label: Annotated[Words, Field(max_length=200)] = ""


class EditionIn(Schema):
    """One form in which it exists."""

    id: Key | None = Field(None, description="Our number of an edition that is there already; null for a new one.")
    media_type: MediaType
    label: Annotated[Words, Field(max_length=200)] = ""
    number: Annotated[Words, Field(max_length=40)] = ""
    url: Address | None = None
    languages: list[Language] = Field([], max_length=MANY)
    subtitles: list[Language] = Field([], max_length=MANY)
    audio_description: bool = False
    duration_s: int | None = Field(None, ge=1, le=1_000_000)
    extent: Annotated[Words, Field(max_length=200)] = ""
    year: int | None = Field(None, ge=1000, le=2100)


def _without_defaults(schema: dict[str, Any]) -> None:
    """In a change nothing has a default: what is not sent stays as it is."""
    for said in schema["properties"].values():
        said.pop("default", None)
    schema["examples"] = [{"description": "Fyra korta filmer, nu med syntolkning.", "accessibility": ["captions"]}]


class ResourceChangeIn(Schema):
    """What is to be said from now on. What is not sent stays as it is; a list that is sent replaces the whole list."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_defaults)

    title: Annotated[Words, Field(min_length=1, max_length=1000)] = ""
    subtitle: Annotated[Words, Field(max_length=1000)] = ""
    other_titles: list[Annotated[Words, Field(min_length=1, max_length=1000)]] = Field([], max_length=MANY)
    description: Annotated[Words, Field(max_length=20_000)] = ""
    visibility: Visibility = Visibility.PUBLIC
    own_number: Annotated[Words, Field(max_length=40)] = ""
    publisher: Annotated[Words, Field(max_length=300)] = ""
    year: int | None = Field(None, ge=1000, le=2100)
    languages: list[Language] = Field([], max_length=MANY)
    school_forms: list[SchoolForm] = Field([], max_length=MANY)
    grade_from: int | None = Field(None, ge=-1, le=12)
    grade_to: int | None = Field(None, ge=-1, le=12)
    age_from: int | None = Field(None, ge=0, le=99)
    age_to: int | None = Field(None, ge=0, le=99)
    licence: Licence | None = None
    licence_url: Annotated[str, Field(pattern=r"^https?://[^\s\x00-\x1f]+$", max_length=500)] | None = None
    accessibility: list[Accessibility] = Field([], max_length=MANY)
    creators: list[CreatorOut] = Field([], max_length=MANY)
    topics: list[Annotated[Words, Field(min_length=1, max_length=400)]] = Field(
        [], max_length=MANY, description="Themes in words; a new one is made when nobody has used it."
    )
    school_subjects: list[Annotated[str, Field(min_length=1, max_length=40)]] = Field(
        [], max_length=MANY, description="Codes of school subjects, as `subjects` of other resources show them."
    )
    identifiers: list[IdentifierOut] = Field([], max_length=MANY)
    links: list[LinkIn] = Field([], max_length=MANY)
    editions: list[EditionIn] = Field(
        [], max_length=MANY, description="With `id`, an edition that is there already is kept and changed."
    )


class ResourceIn(ResourceChangeIn):
    """A new resource; it begins as a draft."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"owner_id": 2, "title": "Skogens hemligheter", "editions": [{"media_type": "stream"}]}]
        },
    )

    title: Annotated[Words, Field(min_length=1, max_length=1000)]
    owner_id: Key = Field(description="The centre that is to look after it.")


class WithdrawalIn(Schema):
    """Why a resource is taken off the shelf."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "Avtalet har gått ut."}]})

    reason: Annotated[Words, Field(min_length=1, max_length=500)] = Field(
        description="What whoever follows an old link will read."
    )
