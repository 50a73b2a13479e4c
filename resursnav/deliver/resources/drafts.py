"""A resource as another catalogue describes it: the one shape that every import reads to and every export writes from.

No Django here. Codes are those of `vocabulary.py`, written as text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class CreatorDraft:
    """Somebody who made it, and what the person or body did (a code of CreatorRole)."""

    name: str
    role: str = "author"


@dataclass(frozen=True, slots=True)
class SubjectDraft:
    """What it is about: a code in a scheme (SubjectScheme), with its words."""

    scheme: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """A way to something on the web (LinkKind)."""

    url: str
    kind: str = "more"
    label: str = ""


@dataclass(frozen=True, slots=True)
class EditionDraft:
    """One form in which it exists (MediaType)."""

    media_type: str
    label: str = ""
    number: str = ""
    url: str = ""
    languages: tuple[str, ...] = ()
    subtitles: tuple[str, ...] = ()
    audio_description: bool = False
    duration_s: int | None = None
    extent: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ResourceDraft:
    """One record of a source, read into our words."""

    source: str
    source_id: str
    title: str
    subtitle: str = ""
    other_titles: tuple[str, ...] = ()
    description: str = ""
    own_number: str = ""
    creators: tuple[CreatorDraft, ...] = ()
    publisher: str = ""
    year: int | None = None
    languages: tuple[str, ...] = ()
    editions: tuple[EditionDraft, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    """(Scheme, value); an ISBN as thirteen digits."""
    subjects: tuple[SubjectDraft, ...] = ()
    school_forms: tuple[str, ...] = ()
    grade_from: int | None = None
    grade_to: int | None = None
    age_from: int | None = None
    age_to: int | None = None
    licence: str = ""
    licence_url: str = ""
    links: tuple[LinkDraft, ...] = ()
    accessibility: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    """Curriculum points that it teaches, as the source names them."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What the source says that we have no field for, to be given back on export."""
    deleted: bool = False
    """The source says that the record is gone."""
    line: int | None = None
    """Where it begins in the file; no part of what it says."""
    changed_at: datetime | None = None
    """When the source last changed it; no part of what it says either."""

    def identifier(self, scheme: str) -> str:
        """The first identifier of this scheme, or nothing."""
        return next((value for kind, value in self.identifiers if kind == scheme), "")

    def fingerprint(self) -> str:
        """What tells two readings of the same record apart when, and only when, they say different things."""
        said = (
            [getattr(self, name) for name in _PLAIN],
            [(one.name, one.role) for one in self.creators],
            [(one.scheme, one.code, one.label) for one in self.subjects],
            [(one.url, one.kind, one.label) for one in self.links],
            [[getattr(one, name) for name in _EDITION] for one in self.editions],
        )
        # The text of plain values is the same each time and made quickly.
        return hashlib.blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


_APART = {"line", "changed_at", "creators", "subjects", "links", "editions"}
_PLAIN = tuple(one.name for one in fields(ResourceDraft) if one.name not in _APART)
_EDITION = tuple(one.name for one in fields(EditionDraft))


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A field that had to be cut or dropped because no row can hold it."""

    field: str
    value: str
    limit: int


YEARS = (1000, 2100)
TEXT_LIMITS = {"title": 1000, "subtitle": 1000, "publisher": 300, "own_number": 40, "licence_url": 500}


def fitted(draft: ResourceDraft) -> tuple[ResourceDraft, list[Trimmed]]:
    """The draft as rows can hold it, and what had to be cut or dropped for that."""
    cut: list[Trimmed] = []
    new: dict[str, Any] = {}
    for name, limit in TEXT_LIMITS.items():
        value = getattr(draft, name)
        if len(value) > limit:
            cut.append(Trimmed(name, value, limit))
            new[name] = "" if name == "licence_url" else value[: limit - 1] + "…"
    if draft.year is not None and not YEARS[0] <= draft.year <= YEARS[1]:
        cut.append(Trimmed("year", str(draft.year), YEARS[1]))
        new["year"] = None
    new |= _spans(draft, cut)
    long = [link for link in draft.links if len(link.url) > 1000]
    if long:
        cut += [Trimmed("links", link.url, 1000) for link in long]
        new["links"] = tuple(link for link in draft.links if link not in long)
    return (replace(draft, **new) if new else draft), cut


def _spans(draft: ResourceDraft, cut: list[Trimmed]) -> dict[str, Any]:
    """Grades need both ends, and a span goes upwards."""
    new: dict[str, Any] = {}
    low, high = draft.grade_from, draft.grade_to
    if (low is None) is not (high is None):
        new["grade_from"] = new["grade_to"] = low if high is None else high
    elif low is not None and high is not None and (low > high or low < -1 or high > 12):
        cut.append(Trimmed("grade_from", f"{low}-{high}", 12))
        new["grade_from"] = new["grade_to"] = None
    first, last = draft.age_from, draft.age_to
    outside = any(age is not None and not 0 <= age <= 99 for age in (first, last))
    if outside or (first is not None and last is not None and first > last):
        cut.append(Trimmed("age_from", f"{first}-{last}", 99))
        new["age_from"] = new["age_to"] = None
    return new
