"""What can be said about a resource, as plain values: what the form hands to the actions, and what they compare."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class EditionFacts:
    """One edition; `key` is the edition's own number when it is there already."""

    media_type: str
    key: int | None = None
    label: str = ""
    number: str = ""
    url: str = ""
    languages: tuple[str, ...] = ()
    subtitles: tuple[str, ...] = ()
    audio_description: bool = False
    duration_s: int | None = None
    extent: str = ""
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A whole resource, without its status, its owner and its cover.

    `creators` are (name, role), `identifiers` (scheme, value), `links` (kind, url, label), each in the order shown;
    `subjects` are the keys of subject terms, in no order; `topics` are themes by their words, made when they are new.
    """

    title: str
    subtitle: str = ""
    other_titles: tuple[str, ...] = ()
    description: str = ""
    visibility: str = "public"
    own_number: str = ""
    publisher: str = ""
    year: int | None = None
    languages: tuple[str, ...] = ()
    school_forms: tuple[str, ...] = ()
    grade_from: int | None = None
    grade_to: int | None = None
    age_from: int | None = None
    age_to: int | None = None
    licence: str = ""
    licence_url: str = ""
    accessibility: tuple[str, ...] = ()
    creators: tuple[tuple[str, str], ...] = ()
    subjects: frozenset[int] = frozenset()
    topics: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()
    editions: tuple[EditionFacts, ...] = field(default=())


# The parts of Facts that stand in the resource's own row, as they are named there.
COLUMNS = (
    "title", "subtitle", "other_titles", "description", "visibility", "own_number", "publisher", "year", "languages",
    "school_forms", "grade_from", "grade_to", "age_from", "age_to", "licence", "licence_url", "accessibility",
)  # fmt: skip
EDITION_COLUMNS = (
    "media_type", "label", "number", "url", "languages", "subtitles", "audio_description", "duration_s", "extent",
    "year",
)  # fmt: skip


def columns(said: Facts | EditionFacts, names: tuple[str, ...]) -> dict[str, Any]:
    """The named values as a row keeps them: tuples become lists."""
    found = {name: getattr(said, name) for name in names}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def missing(
    *,
    description: str,
    languages: list[str],
    school_forms: list[str],
    grade_from: int | None,
    age_from: int | None,
    subjects: int,
    media_types: list[str],
    addresses: int,
) -> list[str]:
    """What a resource still needs before anybody can judge whether it suits: names of what is not there.

    Something that only exists on the web needs its address; for whom it is may be said by school form, grade or age.
    """
    lacks = []
    if not description.strip():
        lacks.append("description")
    if not media_types:
        lacks.append("editions")
    elif set(media_types) <= {"stream", "web", "podcast", "app"} and not addresses:
        lacks.append("address")
    if not languages:
        lacks.append("languages")
    if not subjects:
        lacks.append("subjects")
    if not school_forms and grade_from is None and age_from is None:
        lacks.append("audience")
    return lacks
