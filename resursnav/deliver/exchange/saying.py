"""A resource in the words of others: JSON-LD for its page, Dublin Core for harvesters, a row for a table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from resursnav.deliver.resources import languages, opening
from resursnav.deliver.resources.drafts import ResourceDraft
from resursnav.deliver.resources.models import Mapping as PointMapping
from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.vocabulary import MediaType
from resursnav.kernel.text import STOCKHOLM

from . import labels
from .describing import draft_of
from .formats import amb

# Characters that could end the script element or begin another; JSON has an escape for each.
_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
DC_TYPES = {
    "film": "MovingImage", "stream": "MovingImage", "book": "Text", "game": "InteractiveResource",
    "kit": "PhysicalObject",
    "equipment": "PhysicalObject", "app": "Software", "podcast": "Sound", "web": "InteractiveResource", "guide": "Text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Embedded:
    """JSON that may stand in a script element: every sign that HTML would read is escaped in JSON's own way."""

    value: Mapping[str, Any]

    def __html__(self) -> str:
        return json.dumps(self.value, ensure_ascii=False, indent=1).translate(_ESCAPES)


def page_of(key: int) -> str:
    """The public address of a resource's page."""
    return f"{settings.BASE_URL}{reverse('resources:show', args=[key])}"


def point_address(mapping: PointMapping) -> str:
    """Where the mapping's point stands in its subject, with what the catalogue has for it."""
    subject = reverse("resources:subject", args=[mapping.point.subject.code])
    return f"{settings.BASE_URL}{subject}#{mapping.point.key}"


def points_of(keys: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Resource -> the addresses of the curriculum points that it helps to teach, in one statement."""
    found: dict[int, list[str]] = {}
    rows = PointMapping.objects.filter(resource__in=keys).select_related("point__subject").order_by("pk")
    for row in rows:
        found.setdefault(row.resource_id, []).append(point_address(row))
    return {key: tuple(addresses) for key, addresses in found.items()}


def told(resource: Resource) -> ResourceDraft:
    """What we say of a resource to others: where an edition stands behind a gate, the gate's address for its own."""
    said = draft_of(resource)
    behind = {
        edition.url: f"{settings.BASE_URL}{gate}"
        for edition in resource.editions.all()
        if edition.url and (gate := opening.gate_of(resource, edition))
    }
    if not behind:
        return said
    return replace(
        said,
        source_id="" if said.source_id in behind else said.source_id,
        editions=tuple(replace(one, url=behind.get(one.url, one.url)) for one in said.editions),
        links=tuple(one for one in said.links if one.url not in behind),
        identifiers=tuple(one for one in said.identifiers if one[1] not in behind),
        extra=_instead(said.extra, behind),
    )


def _instead(value: Any, behind: Mapping[str, str]) -> Any:
    """The same with the gates' addresses, however deep what a source once said stands."""
    match value:
        case str():
            return behind.get(value, value)
        case dict():
            return {name: _instead(one, behind) for name, one in value.items()}
        case list() | tuple():
            return [_instead(one, behind) for one in value]
        case _:
            return value


def json_ld(resource: Resource, points: Sequence[str] = ()) -> dict[str, Any]:
    """The resource as schema.org/LRMI JSON-LD that is valid AMB."""
    said = told(resource)
    if points:
        said = replace(said, points=tuple(points))
    dates = {
        "dateCreated": resource.created_at.astimezone(STOCKHOLM).date().isoformat(),
        "dateModified": resource.updated_at.astimezone(STOCKHOLM).date().isoformat(),
    }
    provider = {"id": settings.BASE_URL, "type": "Organization", "name": settings.CENTRE_NAME}
    return amb.dump(said, page=page_of(resource.pk), provider=provider, dates=dates)


def head(resource: Resource) -> SafeString:
    """What a resource's page says to machines."""
    points = [point_address(mapping) for mapping in resource.mappings.all()]
    return format_html('<script type="application/ld+json">{}</script>', Embedded(json_ld(resource, points)))


def dublin_core(resource: Resource) -> dict[str, list[str]]:
    """The resource in the fifteen elements of Dublin Core."""
    said = told(resource)
    made = {one.name for one in said.creators if one.role in amb.MAKERS}
    urls = [f"urn:isbn:{value}" for scheme, value in said.identifiers if scheme == "isbn"]
    urls += [f"https://doi.org/{value}" for scheme, value in said.identifiers if scheme == "doi"]
    return {
        "title": [f"{said.title}: {said.subtitle}" if said.subtitle else said.title, *said.other_titles],
        "creator": list(dict.fromkeys(one.name for one in said.creators if one.name in made)),
        "contributor": list(dict.fromkeys(one.name for one in said.creators if one.name not in made)),
        "subject": list(dict.fromkeys(one.label for one in said.subjects)),
        "description": [said.description],
        "publisher": [said.publisher],
        "date": [str(said.year)] if said.year else [],
        "type": list(dict.fromkeys(DC_TYPES[one.media_type] for one in said.editions)),
        "format": list(dict.fromkeys(one.extent for one in said.editions if one.extent)),
        "identifier": [page_of(resource.pk), *urls],
        "language": list(said.languages),
        "relation": [one.url for one in said.links],
        "rights": [said.licence_url or str(resource.get_licence_display())],
    }


COLUMNS = (
    "source_id", "title", "subtitle", "creators", "publisher", "year", "media_type", "languages", "school_forms",
    "grades", "ages", "subjects", "keywords", "description", "own_number", "isbn", "duration", "licence", "url", "page",
)  # fmt: skip


def header() -> list[str]:
    """The columns' names in the language that is active; our own import knows them in both."""
    return [str(labels.COLUMNS[name]) for name in COLUMNS]


def row(resource: Resource, *, tended: bool = False) -> list[str]:
    """The resource as a row of a table, in the order of COLUMNS; our own import reads it back.

    `tended`: for those who tend the resource, who change the very addresses and so read them.
    """
    said = draft_of(resource) if tended else told(resource)
    first = said.editions[0] if said.editions else None
    low, high = said.grade_from, said.grade_to
    seconds = next((one.duration_s for one in said.editions if one.duration_s), None)
    values = {
        "source_id": said.source_id or said.own_number or str(resource.pk),
        "title": said.title,
        "subtitle": said.subtitle,
        "creators": " | ".join(one.name for one in said.creators),
        "publisher": said.publisher,
        "year": str(said.year or ""),
        "media_type": str(MediaType(first.media_type).label) if first else "",
        "languages": " | ".join(languages.name(code) for code in said.languages),
        "school_forms": " | ".join(said.school_forms),
        "grades": "" if low is None or high is None else _grades(low, high),
        "ages": "" if said.age_from is None else f"{said.age_from}-{'' if said.age_to is None else said.age_to}",
        "subjects": " | ".join(one.label for one in said.subjects if one.scheme == "school"),
        "keywords": " | ".join(one.label for one in said.subjects if one.scheme != "school"),
        "description": said.description,
        "own_number": said.own_number,
        "isbn": said.identifier("isbn"),
        "duration": f"{seconds // 60} min" if seconds and seconds >= 60 else "",
        "licence": said.licence,
        "url": first.url if first else "",
        "page": page_of(resource.pk),
    }
    return [values[name] for name in COLUMNS]


def _grades(low: int, high: int) -> str:
    if low < 0:
        return ""
    if low > 9:
        return f"gy {low - 9}-{high - 9}"
    return f"{'F' if low == 0 else low}-{'F' if high == 0 else high}"
