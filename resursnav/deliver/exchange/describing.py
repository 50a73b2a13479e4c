"""A resource of ours as a draft: what the exports write, and what a preview compares a new record with."""

from __future__ import annotations

from django.utils.translation import get_language

from resursnav.deliver.resources import languages
from resursnav.deliver.resources.drafts import CreatorDraft, EditionDraft, LinkDraft, ResourceDraft, SubjectDraft
from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.vocabulary import Licence, MediaType, Scheme

COMPARED = (
    "title", "subtitle", "other_titles", "description", "own_number", "publisher", "year", "languages", "licence",
    "creators", "school_forms", "grade_from", "grade_to", "age_from", "age_to", "identifiers", "accessibility",
)  # fmt: skip
SCHEMES = frozenset(Scheme.values)
OF_EDITIONS = ("media_type", "url", "duration", "extent", "subtitles")


def draft_of(resource: Resource) -> ResourceDraft:
    """What we say of a resource; read with `Resource.objects.for_index()`, it asks the database nothing more."""
    return ResourceDraft(
        source=resource.source,
        source_id=resource.source_id,
        title=resource.title,
        subtitle=resource.subtitle,
        other_titles=tuple(resource.other_titles),
        description=resource.description,
        own_number=resource.own_number,
        creators=tuple(CreatorDraft(one.name, one.role) for one in resource.creators.all()),
        publisher=resource.publisher,
        year=resource.year,
        languages=tuple(resource.languages),
        editions=tuple(
            EditionDraft(
                one.media_type,
                one.label,
                one.number,
                one.url,
                tuple(one.languages),
                tuple(one.subtitles),
                one.audio_description,
                one.duration_s,
                one.extent,
                one.year,
            )
            for one in resource.editions.all()
        ),
        identifiers=tuple((one.scheme, one.value) for one in resource.identifiers.all()),
        subjects=tuple(SubjectDraft(one.scheme, one.code, one.label) for one in resource.subjects.all()),
        school_forms=tuple(resource.school_forms),
        grade_from=resource.grade_from,
        grade_to=resource.grade_to,
        age_from=resource.age_from,
        age_to=resource.age_to,
        licence=resource.licence,
        licence_url=resource.licence_url,
        links=tuple(LinkDraft(one.url, one.kind, one.label) for one in resource.links.all()),
        accessibility=tuple(resource.accessibility),
        extra=resource.extra,
        changed_at=resource.updated_at,
    )


def differences(before: ResourceDraft, after: ResourceDraft) -> dict[str, list[str]]:
    """Field -> [before, after], as text, for what a person would look at."""
    found = {}
    for name in COMPARED:
        old, new = _named(before, name), _named(after, name)
        if old != new:
            found[name] = [old[:300], new[:300]]
    for name in OF_EDITIONS:
        old, new = (_shown(tuple(_of_edition(one, name) for one in said.editions)) for said in (before, after))
        if old != new:
            found[name] = [old[:300], new[:300]]
    for name, school in (("subjects", True), ("keywords", False)):
        some = [_terms(said, school=school) for said in (before, after)]
        if set(some[0]) != set(some[1]):
            found[name] = [_shown(tuple(one.values()))[:300] for one in some]
    points = [tuple(said.extra.get("points", ())) for said in (before, after)]
    if points[0] != points[1]:
        found["points"] = [_shown(some)[:300] for some in points]
    return found


def _named(said: ResourceDraft, name: str) -> str:
    """A field as text, with names instead of codes."""
    value = getattr(said, name)
    match name:
        case "licence":
            return str(Licence(value).label) if value else ""
        case "languages":
            return "; ".join(languages.name(code, get_language() or "sv") for code in value)
        case _:
            return _shown(value)


def _of_edition(edition: EditionDraft, name: str) -> object:
    match name:
        case "media_type":
            return str(MediaType(edition.media_type).label)
        case "duration":
            return f"{edition.duration_s // 60} min" if edition.duration_s else ""
        case _:
            return getattr(edition, name)


def _terms(said: ResourceDraft, *, school: bool) -> dict[tuple[str, str], str]:
    """The subjects by their codes: labels may be written otherwise without meaning anything else."""
    return {(one.scheme, one.code): one.label for one in said.subjects if (one.scheme == "school") is school}


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case CreatorDraft():
            return value.name
        case (str(scheme), str(number)) if scheme in SCHEMES:
            return f"{scheme} {number}"
        case tuple():
            return "; ".join(sorted(text for one in value if (text := _shown(one))))
        case _:
            return str(value)
