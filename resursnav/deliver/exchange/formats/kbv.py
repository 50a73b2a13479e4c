"""Libris' own JSON-LD: today's (KBV: a graph of record, instance and work) and the older, flat with quoted things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from resursnav.deliver.resources.drafts import CreatorDraft, EditionDraft, LinkDraft, ResourceDraft, SubjectDraft
from resursnav.foundation.imports.cells import clean, read_year
from resursnav.foundation.imports.limits import DEFAULT, Limits
from resursnav.foundation.imports.reasons import Problem, noted, wrong

from . import codes, marc, marcfiles, subjects
from .codes import Level
from .identifiers import read_isbn, read_issn, read_url
from .jsonfiles import documents

Json = Mapping[str, Any]
MEDIA = {
    "Text": "book", "Print": "book", "Cartography": "book", "NotatedMusic": "book", "ManuscriptText": "book",
    "ProjectedImage": "film", "MovingImage": "film", "VideoRecording": "film", "Audio": "podcast", "Music": "podcast",
    "SoundRecording": "podcast", "Multimedia": "app", "Kit": "kit", "StillImage": "kit", "Object": "kit",
    "Electronic": "web", "Instance": "book",
}  # fmt: skip
ROLES = {
    "author": "author", "attributedTo": "author", "translator": "translator", "editor": "editor",
    "narrator": "narrator",
    "illustrator": "illustrator", "director": "director", "producer": "producer", "publisher": "organisation",
    "publishingDirector": "editor", "unspecifiedContributor": "contributor", "influencedBy": "contributor",
    "responsibleParty": "contributor", "filmmaker": "director", "filmDirector": "director",
}  # fmt: skip
AUDIENCES = {
    "Preschool": marc.AUDIENCES["a"], "Primary": marc.AUDIENCES["b"], "PreAdolescent": marc.AUDIENCES["c"],
    "Adolescent": marc.AUDIENCES["d"], "Juvenile": marc.AUDIENCES["j"],
}  # fmt: skip
NAME_FIELDS = ("name", "prefLabel", "label", "title", "notation", "titleValue", "mainTitle")


def read(path: Path, *, limits: Limits = DEFAULT) -> Iterator[ResourceDraft | Problem]:
    """One draft for each bibliographic description; authorities and holdings are noted and passed over."""
    for line, found in documents(path, limits):
        if isinstance(found, Problem):
            yield found
            continue
        record = found.get("record", found)
        try:
            yield from _one(record, line)
        except (AttributeError, TypeError, KeyError, IndexError, ValueError):
            yield wrong("kbv.unknown_form", line, "", str(record)[:200])


def _one(record: Json, line: int) -> Iterator[ResourceDraft | Problem]:
    if "@graph" in record:
        yield from _graph(record, line)
    elif "descriptions" in record:
        yield from _flat(record["descriptions"], line)
    elif "leader" in record:
        yield from marc.draft(marcfiles.from_json(record, line))
    else:
        yield wrong("kbv.unknown_form", line, "", str(record)[:200])


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    """The first text in a text, a list, or a thing with a name."""
    for one in _list(value):
        if isinstance(one, str):
            return clean(one)
        if isinstance(one, Mapping):
            return _name(one)
    return ""


def _name(thing: Json) -> str:
    given, family = thing.get("givenName"), thing.get("familyName")
    if given or family:
        return clean(", ".join(str(part).strip(" ,") for part in (family, given) if part))
    by_lang = thing.get("prefLabelByLang") or thing.get("labelByLang")
    if isinstance(by_lang, Mapping):
        return clean(str(by_lang.get("sv") or next(iter(by_lang.values()), "")))
    return next((text for field in NAME_FIELDS if (text := _text(thing.get(field)))), "")


def _id(thing: Any) -> str:
    return str(thing.get("@id", "")) if isinstance(thing, Mapping) else ""


# --- today's form -----------------------------------------------------------------------------------------------------


def _graph(record: Json, line: int) -> Iterator[ResourceDraft | Problem]:
    things = {_id(thing): thing for thing in record["@graph"]}
    about = next((thing for thing in record["@graph"] if thing.get("@type") == "Record"), record["@graph"][0])
    instance = things.get(_id(about.get("mainEntity")), {})
    number = next((_id(same).rpartition("/")[2] for same in _list(about.get("sameAs"))), "") or str(
        about.get("controlNumber", "")
    )
    if "itemOf" in instance or instance.get("@type") == "Item":
        yield noted("marc.holding", line, "@type", number)
        return
    if not instance.get("hasTitle"):
        yield (
            noted("marc.authority", line, "@type", number)
            if "prefLabel" in instance
            else wrong("cell.required", line, "hasTitle", number)
        )
        return
    linked = instance.get("instanceOf") or {}
    work = things.get(_id(linked), linked)
    yield from _from_graph(number, instance, work, line)


def _from_graph(number: str, instance: Json, work: Json, line: int) -> Iterator[ResourceDraft | Problem]:
    titles = _list(instance["hasTitle"])
    title: Json = next((one for one in titles if one.get("@type") == "Title"), titles[0])
    main = clean(" ".join(_text(title.get(part)) for part in ("mainTitle", "partNumber", "partName")))
    if not main or not number:
        yield wrong("cell.required", line, "mainTitle" if number else "controlNumber", number)
        return
    identifiers, said = _graph_identifiers(instance, number, line)
    yield from said
    published: Json = next(iter(_list(instance.get("publication"))), {})
    year = read_year(str(published.get("year") or _text(published.get("date")))).value
    languages = codes.languages([_id(one) or _text(one.get("code")) for one in _list(work.get("language"))])
    others = [_text(one.get("mainTitle")) for one in [*_list(work.get("hasTitle")), *titles[1:]]]
    notes = [_text(one.get("label")) for one in [*_list(instance.get("summary")), *_list(work.get("summary"))]]
    audiences = [_id(one).rpartition("/")[2] for one in _list(work.get("intendedAudience"))]
    level = codes.together([AUDIENCES[name] for name in audiences if name in AUDIENCES])
    media = [_text(one.get("uri")) or _id(one) for one in _list(instance.get("associatedMedia"))]
    yield ResourceDraft(
        source="libris",
        source_id=number,
        title=main,
        subtitle=_text(title.get("subtitle")),
        other_titles=tuple(dict.fromkeys(one for one in others if one and one != main)),
        description="\n\n".join(note for note in notes if note),
        creators=_contributions(work),
        publisher=_text(published.get("agent")).rstrip(" .,")[:300],
        year=year,
        languages=languages,
        editions=(_graph_edition(instance, work, languages, year),),
        identifiers=identifiers,
        subjects=_graph_subjects(work),
        school_forms=level.school_forms,
        grade_from=level.grade_from,
        grade_to=level.grade_to,
        age_from=level.age_from,
        age_to=level.age_to,
        links=tuple(LinkDraft(url) for written in media if (url := read_url(written))),
        line=line,
    )


def _graph_identifiers(instance: Json, number: str, line: int) -> tuple[tuple[tuple[str, str], ...], list[Problem]]:
    found: dict[tuple[str, str], None] = {("libris", number): None}
    said = []
    for one in [*_list(instance.get("identifiedBy")), *_list(instance.get("indirectlyIdentifiedBy"))]:
        kind, written = str(one.get("@type")), _text(one.get("value"))
        if kind not in {"ISBN", "ISSN"}:
            continue
        cell = read_isbn(written) if kind == "ISBN" else read_issn(written)
        if cell.value:
            found[kind.lower(), cell.value] = None
        if reason := cell.reason or cell.note:
            said.append(noted(reason, line, kind, written))
    return tuple(found), said


def _graph_edition(instance: Json, work: Json, languages: tuple[str, ...], year: int | None) -> EditionDraft:
    carriers = " ".join(_id(one) for one in _list(instance.get("carrierType")))
    kind, what = str(instance.get("@type", "Instance")), str(work.get("@type"))
    online = "Online" in carriers or kind == "Electronic"
    media = MEDIA.get(what, MEDIA.get(kind, "book"))
    extent: Json = next(iter(_list(instance.get("extent"))), {})
    return EditionDraft(
        ("stream" if media == "film" else "web") if online else media,
        languages=languages,
        extent=_text(extent.get("label"))[:200],
        year=year,
    )


def _contributions(work: Json) -> tuple[CreatorDraft, ...]:
    found: dict[tuple[str, str], None] = {}
    for one in _list(work.get("contribution")):
        name = _name(one.get("agent") or {})
        stated = [ROLES[role] for part in _list(one.get("role")) if (role := _id(part).rpartition("/")[2]) in ROLES]
        usual = "author" if one.get("@type") == "PrimaryContribution" else "contributor"
        for role in stated or [usual]:
            if name:
                found[name[:300], role] = None
    return tuple(CreatorDraft(name, role) for name, role in found)


def _graph_subjects(work: Json) -> tuple[SubjectDraft, ...]:
    found: list[SubjectDraft | None] = []
    for one in _list(work.get("classification")):
        code, scheme = _text(one.get("code")), _text(one.get("inScheme")) + _id(one.get("inScheme"))
        if "kssb" in scheme:
            found += [subjects.from_sab(code), SubjectDraft("sab", code, code)]
        elif "Dewey" in str(one.get("@type")):
            found += [subjects.from_dewey(code), SubjectDraft("dewey", code, code)]
    for one in [*_list(work.get("subject")), *_list(work.get("genreForm"))]:
        address = _id(one)
        label = _name(one) or clean(unquote(address.rpartition("/")[2]))
        if label and "/marc/" not in address:
            found.append(SubjectDraft("sao" if "/sao" in address else "topic", label[:400], label[:400]))
    return subjects.unique(found)


# --- the older form ---------------------------------------------------------------------------------------------------


def _flat(record: Json, line: int) -> Iterator[ResourceDraft | Problem]:
    entry = record["entry"]
    number = str(entry.get("controlNumber", "")) or _id(entry).rpartition("/")[2]
    address = _id(entry)
    if "/bib/" not in address:
        yield noted("marc.holding" if "/hold/" in address else "marc.authority", line, "@id", number)
        return
    item = record["items"][0]
    quoted = {_id(thing): thing for one in record.get("quoted", []) for thing in _list(one.get("@graph", one))}
    title = item.get("instanceTitle") or {}
    main = _text(title.get("titleValue")).rstrip(" =/:;")
    if not main:
        yield wrong("cell.required", line, "titleValue", number)
        return
    identifiers, said = _flat_identifiers(item, number, line)
    yield from said
    level = _flat_level(item)
    languages = codes.languages([_id(one) for one in _list(item.get("language"))])
    published: Json = next(iter(_list(item.get("publication"))), {})
    year = read_year(_text(published.get("providerDate"))).value or read_year(_text(item.get("_providerYear"))).value
    notes = [text for part in ("summary", "listOfContents") for text in map(_text, _list(item.get(part))) if text]
    yield ResourceDraft(
        source="libris",
        source_id=number,
        title=main,
        subtitle=_text(title.get("subtitle")),
        other_titles=tuple(
            dict.fromkeys(
                text
                for one in _list(item.get("titleVariation"))
                if (text := _text(one.get("titleValue"))) and text != main
            )
        ),
        description="\n\n".join(notes),
        creators=_flat_creators(item, quoted),
        publisher=_text(published.get("providerName")).rstrip(" .,)")[:300],
        year=year,
        languages=languages,
        editions=(_flat_edition(item, languages, year),),
        identifiers=identifiers,
        subjects=_flat_subjects(item, quoted),
        school_forms=level.school_forms,
        grade_from=level.grade_from,
        grade_to=level.grade_to,
        age_from=level.age_from,
        age_to=level.age_to,
        links=_flat_links(item),
        deleted=_id(entry.get("status")).endswith("Deleted"),
        line=line,
    )


def _flat_identifiers(item: Json, number: str, line: int) -> tuple[tuple[tuple[str, str], ...], list[Problem]]:
    found: dict[tuple[str, str], None] = {("libris", number): None}
    said = []
    for one in _list(item.get("identifier")):
        kind, written = _id(one.get("identifierScheme")).rpartition("/")[2], _text(one.get("identifierValue"))
        if kind == "ean" and written.isdigit():
            found["ean", written] = None
        if kind not in {"isbn", "issn"}:
            continue
        cell = read_isbn(written) if kind == "isbn" else read_issn(written)
        if cell.value:
            found[kind, cell.value] = None
        if reason := cell.reason or cell.note:
            said.append(noted(reason, line, kind, written))
    return tuple(found), said


def _flat_creators(item: Json, quoted: Mapping[str, Json]) -> tuple[CreatorDraft, ...]:
    found: dict[tuple[str, str], None] = {}
    for part, role in ROLES.items():
        for one in _list(item.get(part)):
            thing = {**quoted.get(_id(one), {}), **one} if isinstance(one, Mapping) else {}
            name = _name(thing) or _from_query(_id(one))
            organisation = thing.get("@type") == "Organization" or "type=Organization" in _id(one)
            if name:
                found[name.rstrip(" ,")[:300], "organisation" if organisation else role] = None
    named = {name for name, role in found if role not in {"contributor"}}
    return tuple(CreatorDraft(name, role) for name, role in found if role != "contributor" or name not in named)


def _from_query(address: str) -> str:
    """`/some?type=Person&familyName=Norberg&givenName=Johan` names somebody in its own address."""
    asked = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
    return _name(asked)


def _flat_subjects(item: Json, quoted: Mapping[str, Json]) -> tuple[SubjectDraft, ...]:
    found: list[SubjectDraft | None] = []
    for one in _list(item.get("classification")):
        address = unquote(_id(one))
        if match := re.match(r"/topic/kssb/\w+/(.+)", address):
            found += [subjects.from_sab(match[1]), SubjectDraft("sab", match[1][:400], match[1][:400])]
        elif match := re.search(r"dewey\.info/class/([\d.]+)", address):
            found += [subjects.from_dewey(match[1]), SubjectDraft("dewey", match[1], match[1])]
    if match := re.match(r"[A-Z]{1,3}", _text(item.get("classificationLcc"))):
        found += [subjects.from_lcc(match[0]), subjects.lcc(match[0])]
    for one in [*_list(item.get("subject")), *_list(item.get("genre"))]:
        match = re.match(r"/topic/(\w+)/(.+)", _id(one))
        if match:
            text = " -- ".join(unquote(part).strip(" .") for part in match[2].split("/"))[:400]
            scheme = {"sao": "sao", "saogf": "sao", "barn": "sao", "lcsh": "lcsh"}.get(match[1], "topic")
        else:
            text = (_name(quoted.get(_id(one), {})) or _from_query(_id(one)) or _text(one)).strip(" .,")[:400]
            scheme = "topic"
        if text:
            found.append(SubjectDraft(scheme, text, text))
    return subjects.unique(found)


def _flat_level(item: Json) -> Level:
    for one in _list(item.get("audience")):
        name = _id(one).rpartition("/")[2]
        if name in AUDIENCES:
            return AUDIENCES[name]
        if span := codes.ages(_text(one)):
            return Level((), None, None, span[0], span[1])
    return Level()


def _flat_edition(item: Json, languages: tuple[str, ...], year: int | None) -> EditionDraft:
    kinds = [MEDIA[kind] for kind in _list(item.get("@type")) if kind in MEDIA]
    media = kinds[0] if kinds else "book"
    online = "Electronic" in str(item.get("additionalCarrierType")) or "Electronic" in str(item.get("carrierType"))
    form: Json = next(iter(_list(item.get("hasFormat"))), {})
    extent = clean(" ".join(_text(form.get(part)) for part in ("extent", "otherPhysicalDetails", "dimensions")))
    links = _flat_links(item)
    minutes = marc._MINUTES.search(extent)
    return EditionDraft(
        "web" if online and media == "book" else "stream" if online and media == "film" else media,
        url=links[0].url if online and links else "",
        languages=languages,
        duration_s=(int(minutes[1] or 0) * 3600 + int(minutes[2]) * 60 or None) if minutes else None,
        extent=extent[:200],
        year=year,
    )


def _flat_links(item: Json) -> tuple[LinkDraft, ...]:
    found: dict[str, LinkDraft] = {}
    for part, kind in (("associatedMedia", "more"), ("isPrimaryTopicOf", "more"), ("relation", "related")):
        for one in _list(item.get(part)):
            if url := read_url(_id(one)):
                found.setdefault(url, LinkDraft(url, kind, _text(one.get("copyNote"))[:200]))
    return tuple(found.values())
