"""AMB, the schema.org/LRMI profile for learning resources, in and out: what comes in can go out saying the same.

What we have fields for is read into them; whatever the record says beyond that, or says otherwise than we would, is
kept in `extra["amb"]` beside what we would have said. On the way out the kept words win as long as the field still says
what it said when the record came in: nothing is lost, and what the centre has changed is not said in the old words.

What a record teaches (`teaches`, or LRMI's `educationalAlignment`) becomes ties to the curriculum where the points are
ours; those ties are the centre's from then on. What names something else is kept and given back beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from resursnav.deliver.resources.drafts import CreatorDraft, EditionDraft, LinkDraft, ResourceDraft, SubjectDraft
from resursnav.foundation.imports.cells import clean, html_to_text, read_moment, read_year
from resursnav.foundation.imports.limits import DEFAULT, Limits
from resursnav.foundation.imports.reasons import Problem, wrong

from . import codes, durations, subjects
from .amb_shape import CONTEXT, LANGUAGES, LICENCE, faults, is_uri
from .codes import Level
from .identifiers import read_doi, read_url
from .jsonfiles import documents
from .points import key_of

Json = dict[str, Any]
SHOWN_FAULTS = 5
TYPES = {"film": "VideoObject", "stream": "VideoObject", "book": "Book", "game": "Game", "app": "SoftwareApplication",
         "podcast": "AudioObject", "web": "WebContent", "guide": "Guide"}  # fmt: skip
MEDIA = {
    "VideoObject": "stream", "Movie": "film", "MovieClip": "stream", "VideoGallery": "stream", "TVEpisode": "stream",
    "Book": "book", "Audiobook": "book", "Chapter": "book", "Game": "game", "VideoGame": "game", "Quiz": "web",
    "SoftwareApplication": "app", "MobileApplication": "app", "WebApplication": "app", "AudioObject": "podcast",
    "PodcastEpisode": "podcast", "PodcastSeries": "podcast", "RadioEpisode": "podcast", "Guide": "guide",
    "HowTo": "guide",
}  # fmt: skip
HCRT = "https://w3id.org/kim/hcrt/"
RESOURCE_TYPES = {
    "film": "video", "stream": "video", "book": "textbook", "game": "educational_game", "kit": "other",
    "equipment": "other", "app": "application", "podcast": "audio", "web": "web_page", "guide": "lesson_plan",
}  # fmt: skip
MEDIA_OF_TYPE = {"video": "stream", "textbook": "book", "educational_game": "game", "application": "app",
                 "audio": "podcast", "web_page": "web", "lesson_plan": "guide"}  # fmt: skip
FIELDS = "https://w3id.org/kim/hochschulfaechersystematik/"
# School subject -> group of subjects in the German higher education classification, which AMB demands.
GROUPS = {
    "MAT": "n4", "BIO": "n4", "FYS": "n4", "KEM": "n4", "NAK": "n4", "GEO": "n4", "HIS": "n1", "REL": "n1", "SVE": "n1",
    "SVA": "n1", "ENG": "n1", "MSP": "n1", "MOD": "n1", "SAP": "n1", "TSP": "n1", "FIL": "n1", "SAM": "n3", "FOR": "n3",
    "PSK": "n3", "IDR": "n2", "BIL": "n9", "MUS": "n9", "SLJ": "n9", "TEK": "n8", "PRR": "n8", "HKK": "n7",
}  # fmt: skip
GROUP_NAMES = {
    "n1": ("Geisteswissenschaften", "Humanities", "Humaniora"), "n2": ("Sport", "Sports", "Idrott"),
    "n3": ("Rechts-, Wirtschafts- und Sozialwissenschaften", "Law, economics and social sciences", "Samhällsvetenskap"),
    "n4": ("Mathematik, Naturwissenschaften", "Mathematics, natural sciences", "Matematik och naturvetenskap"),
    "n7": ("Agrar-, Forst- und Ernährungswissenschaften", "Agricultural and nutritional sciences", "Mat och jordbruk"),
    "n8": ("Ingenieurwissenschaften", "Engineering", "Teknik"), "n9": ("Kunst, Kunstwissenschaft", "Art", "Konst"),
}  # fmt: skip
LEVEL = "https://w3id.org/kim/educationalLevel/"
LEVELS_OUT = {
    "FSK": "level_06", "FKLASS": "level_06", "GY": "level_3", "GYAN": "level_3", "HS": "level_A", "FHSK": "level_C",
    "VUX": "level_C", "SFI": "level_C",
}  # fmt: skip
LEVELS_IN = {
    "level_0": Level(("FSK",)), "level_06": Level(("FSK", "FKLASS")), "level_1": Level(("GR",), 1, 6),
    "level_2": Level(("GR",), 7, 9), "level_3": Level(("GY",), 10, 12), "level_A": Level(("HS",)),
    "level_C": Level(("VUX",)),
}  # fmt: skip
MAKERS = {"author", "director", "producer", "organisation"}
OPEN = ("CC0", "PD", "CC-BY", "CC-BY-SA", "CC-BY-NC", "CC-BY-NC-SA", "CC-BY-ND", "CC-BY-NC-ND")


def read(path: Path, *, source: str, limits: Limits = DEFAULT) -> Iterator[ResourceDraft | Problem]:
    """One draft for each record of the file: one object, a list, a graph, or one object on each line."""
    for line, found in documents(path, limits):
        if isinstance(found, Problem):
            yield found
            continue
        graph = found.get("@graph")
        for record in graph if isinstance(graph, list) else [found]:
            whole = {"@context": found.get("@context"), **record} if graph and isinstance(record, dict) else record
            yield from load(whole, source=source, line=line)


def load(record: Any, *, source: str, line: int | None = None) -> Iterator[ResourceDraft | Problem]:
    """The draft of one record, or what is wrong with it."""
    found = faults(record)
    if found:
        for fault in found[:SHOWN_FAULTS]:
            yield wrong(fault.reason, line, fault.path, fault.value, wanted=fault.wanted)
        return
    yield draft(record, source, line)


def draft(record: Json, source: str, line: int | None = None) -> ResourceDraft:
    """The draft of a valid record."""
    level = codes.together(
        [LEVELS_IN[name] for one in record.get("educationalLevel", []) if (name := _last(one["id"])) in LEVELS_IN]
    )
    licence, licence_url = codes.licence(record.get("license", {}).get("id", ""))
    moment = str(record.get("datePublished") or record.get("dateCreated") or "")
    languages = codes.languages(record.get("inLanguage", []))
    doi = read_doi(record["id"])
    read_in = ResourceDraft(
        source=source,
        source_id=record["id"][:400],
        title=clean(record["name"]) or record["id"][:400],
        description=html_to_text(record.get("description", "")),
        creators=_creators(record),
        publisher=next((clean(one["name"]) for one in record.get("publisher", [])), ""),
        year=read_year(moment).value,
        languages=languages,
        editions=(_edition(record, languages),),
        identifiers=(("uri", record["id"][:400]), *((("doi", doi),) if doi else ())),
        subjects=_subjects(record),
        school_forms=level.school_forms,
        grade_from=level.grade_from,
        grade_to=level.grade_to,
        licence=licence,
        licence_url=licence_url,
        links=_links(record),
        points=_points(record),
        line=line,
        changed_at=read_moment(str(record.get("dateModified", ""))).value,
    )
    return replace(read_in, extra={"amb": _kept(record, derived(read_in))})


def _points(record: Json) -> tuple[str, ...]:
    """What the record says that it teaches, as addresses or numbers, each once."""
    found = [one["id"] for one in record.get("teaches", [])]
    aligned = record.get("educationalAlignment") or []
    for one in aligned if isinstance(aligned, list) else [aligned]:
        if isinstance(one, dict) and one.get("alignmentType", "teaches") == "teaches":
            target = one.get("targetUrl") or one.get("targetName")
            found += [target.strip()[:1000]] if isinstance(target, str) and target.strip() else []
    return tuple(dict.fromkeys(found))


def _kept(record: Json, ours: Json) -> Json:
    """What the record says otherwise than we would: our words beside its own (None where one says nothing)."""
    names = dict.fromkeys((*record, *ours))
    return {
        name: {"of": ours.get(name), "is": record.get(name)} for name in names if record.get(name) != ours.get(name)
    }


def dump(
    said: ResourceDraft, *, page: str = "", image: str = "", provider: Json | None = None, dates: Mapping[str, str] = {}
) -> Json:
    """The record of a draft. `page` is our own page about it, whose address is its id unless it came with one."""
    kept = said.extra.get("amb", {})
    ours = derived(said)
    result = {
        name: kept[name]["is"] if name in kept and kept[name]["of"] == ours.get(name) else value
        for name, value in ours.items()
    }
    for name, one in kept.items():
        if name not in ours and one["of"] is None:
            result[name] = one["is"]
    if teaches := _taught(said, kept):
        result["teaches"] = teaches
    else:
        result.pop("teaches", None)
    if page:
        result.setdefault("id", page)
        about = {"id": page, "type": "WebContent", **({"provider": provider} if provider else {}), **dates}
        others = [one for one in result.get("mainEntityOfPage", []) if one.get("id") != page]
        result["mainEntityOfPage"] = [*others, about]
    if image:
        result["image"] = image
    order = ("@context", "id", "type", "name")
    return {
        name: result[name]
        for name in (*order, *(name for name in result if name not in order))
        if result.get(name) is not None
    }


def _taught(said: ResourceDraft, kept: Json) -> list[Json]:
    """The points that the resource is tied to, and what the record named that is none of ours."""
    came = {_point(one["id"]): one for one in kept.get("teaches", {}).get("is") or []}
    ties = {_point(one): one for one in said.points}
    became = set(said.extra.get("points", ()))  # ties since it came in; they may have been undone here since
    others = [one for point, one in came.items() if point not in ties and point not in became]
    return [{**came.get(point, {}), "id": one} for point, one in ties.items() if is_uri(one)] + others


def _point(written: str) -> str:
    """What tells one thing that is taught from another: our number where it has one, else its address."""
    return key_of(written) or written


def derived(said: ResourceDraft) -> Json:
    """The record as our fields alone would have it, without what belongs to the page."""
    media = said.editions[0].media_type if said.editions else ""
    found: Json = {
        "@context": [CONTEXT, {"@language": "sv"}],
        "type": ["LearningResource", *([TYPES[media]] if media in TYPES else [])],
        "name": f"{said.title}: {said.subtitle}" if said.subtitle else said.title,
        "description": said.description,
        "creator": [_maker(one) for one in said.creators if one.role in MAKERS],
        "contributor": [_maker(one) for one in said.creators if one.role not in MAKERS],
        "publisher": [{"type": "Organization", "name": said.publisher}] if said.publisher else [],
        "inLanguage": sorted({code.partition("-")[0] for code in said.languages} & LANGUAGES),
        "about": _about(said),
        "keywords": sorted({one.label for one in said.subjects if one.scheme in {"topic", "sao", "lcsh"}}),
        "learningResourceType": [{"id": HCRT + RESOURCE_TYPES[media], "type": "Concept"}]
        if media in RESOURCE_TYPES
        else [],
        "educationalLevel": [{"id": LEVEL + name, "type": "Concept"} for name in _levels(said)],
        "duration": durations.iso(seconds)
        if (seconds := next((e.duration_s for e in said.editions if e.duration_s), None))
        else "",
        "license": {"id": said.licence_url} if LICENCE.match(said.licence_url) else None,
        "isAccessibleForFree": True if said.licence in OPEN else None,
    }
    ages = f"{said.age_from}-{'' if said.age_to is None else said.age_to}" if said.age_from is not None else ""
    found |= {
        "typicalAgeRange": ages,
        "accessibilityFeature": sorted(said.accessibility),
        "isbn": said.identifier("isbn"),
        "sameAs": sorted({value for scheme, value in said.identifiers if scheme == "uri"}),
        "url": next((edition.url for edition in said.editions if edition.url), ""),
    }
    return {name: value for name, value in found.items() if value not in ("", [], None)}


def _maker(one: CreatorDraft) -> Json:
    return {"type": "Organization" if one.role == "organisation" else "Person", "name": one.name}


def _about(said: ResourceDraft) -> list[Json]:
    groups = sorted({GROUPS[one.code] for one in said.subjects if one.scheme == "school" and one.code in GROUPS})
    found = [
        {
            "id": FIELDS + code,
            "type": "Concept",
            "prefLabel": dict(zip(("de", "en", "sv"), GROUP_NAMES[code], strict=True)),
        }
        for code in groups
    ]
    others = sorted(
        (one for one in said.subjects if one.scheme == "concept" and is_uri(one.code)), key=lambda one: one.code
    )
    if any(one.code.startswith((FIELDS, "http://w3id.org/kim/schulfaecher/")) for one in others) or found:
        found += [{"id": one.code, "type": "Concept", "prefLabel": {"sv": one.label}} for one in others]
    return found


def _levels(said: ResourceDraft) -> list[str]:
    found = {LEVELS_OUT[form] for form in said.school_forms if form in LEVELS_OUT}
    if {"GR", "GRAN", "SPEC", "SAM"} & set(said.school_forms):
        low, high = said.grade_from, said.grade_to
        if low is None or high is None:
            found |= {"level_1", "level_2"}
        else:
            found |= {"level_1"} if low <= 6 else set()
            found |= {"level_2"} if high >= 7 and low <= 9 else set()
    return sorted(found)


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def _creators(record: Json) -> tuple[CreatorDraft, ...]:
    found: dict[tuple[str, str], None] = {}
    for part, usual in (("creator", "author"), ("contributor", "contributor")):
        for one in record.get(part, []):
            role = "organisation" if one["type"] == "Organization" and part == "creator" else usual
            if name := clean(one["name"])[:300]:
                found[name, role] = None
    return tuple(CreatorDraft(name, role) for name, role in found)


def _edition(record: Json, languages: tuple[str, ...]) -> EditionDraft:
    kinds = [MEDIA[one] for one in record["type"] if one in MEDIA]
    kinds += [
        MEDIA_OF_TYPE[name]
        for one in record.get("learningResourceType", [])
        if (name := _last(one["id"])) in MEDIA_OF_TYPE
    ]
    captions = codes.languages([one.get("inLanguage", "") for one in record.get("caption", [])])
    url = read_url(str(record.get("url") or "")) or read_url(record["id"])
    return EditionDraft(
        kinds[0] if kinds else "web",
        url=url,
        languages=languages,
        subtitles=captions,
        duration_s=durations.read(record.get("duration", "")),
    )


def _subjects(record: Json) -> tuple[SubjectDraft, ...]:
    found: list[SubjectDraft | None] = []
    for one in record.get("about", []):
        labels = one.get("prefLabel") or {}
        label = clean(labels.get("sv") or labels.get("en") or next(iter(labels.values()), "")) or _last(one["id"])
        found.append(SubjectDraft("concept", one["id"][:400], label[:400]))
        if school := subjects.school_by_name(label):
            found.append(school)
    for word in record.get("keywords", []):
        if text := clean(word)[:400]:
            found.append(subjects.school_by_name(text) or SubjectDraft("topic", text.casefold(), text))
    return subjects.unique(found)


def _links(record: Json) -> tuple[LinkDraft, ...]:
    trailer = record.get("trailer", {})
    url = read_url(str(trailer.get("embedUrl") or trailer.get("contentUrl") or ""))
    return (LinkDraft(url, "trailer"),) if url else ()
