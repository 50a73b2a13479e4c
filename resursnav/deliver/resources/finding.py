"""What the search index knows of resources and collections, and who may find them.

The tokens of `audience_of_...` and `audience` say the same as the rules "resources.see" and "collections.see" do in
SQL; a test compares the two for random trees and people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from resursnav.foundation.access.roles import CENTRE
from resursnav.foundation.organisations.models import Branch, Organisation
from resursnav.foundation.search.documents import Document

from .models import Collection, Creator, Edition, Identifier, Mapping, Resource
from .rules import CURATORS
from .vocabulary import CollectionStatus, Status, SubjectScheme, Visibility

RESOURCE, COLLECTION = "resource", "collection"
EVERYONE = "all"
FACETS = ("type", "subject", "form", "grade", "language", "year", "owner", "access", "licence", "point")
# Classification codes say nothing to somebody who looks for a film; words do.
SHOWN_SCHEMES = frozenset(SubjectScheme.values) - {SubjectScheme.LCC, SubjectScheme.DEWEY}
OLDEST_BUCKET = 1950
BUCKET = 5


def audience(person: Any) -> frozenset[str]:
    """The tokens of somebody who looks; in no statement beside the person's own places and what lies over them."""
    if not getattr(person, "is_authenticated", False):
        return frozenset({EVERYONE})
    posts, ways = person.standing(), person.ways_up()
    above = {node.pk for post in posts for node in ways[post.node_id]}
    return frozenset(
        {EVERYONE}
        | {f"below:{node}" for node in above}
        | {f"centre:{post.node_id}" for post in posts if post.role in CENTRE}
        | {f"curator:{post.node_id}" for post in posts if post.role in CURATORS}
    )


def tokens(*, shown: bool, visibility: str, owner: int, above: Iterable[int]) -> list[str]:
    """Who may find a thing of this owner; `above` are the owner and all that stand over it."""
    found = [f"centre:{node}" for node in above]
    if shown:
        found.append(EVERYONE if visibility == Visibility.PUBLIC else f"below:{owner}")
    return found


def year_bucket(year: int | None) -> str:
    """Five years at a time: 2026 is "2025"; what is older than 1950 is "0"."""
    if year is None:
        return ""
    return str(year - year % BUCKET) if year >= OLDEST_BUCKET else "0"


class Resources:
    """Resources for the index."""

    facets = FACETS

    def audience(self, person: Any) -> frozenset[str]:
        """The tokens of somebody who looks."""
        return audience(person)

    def ids(self) -> list[int]:
        """Every resource: what is not published can be found by its centre."""
        return list(Resource.objects.order_by("pk").values_list("pk", flat=True))

    def documents(self, ids: Sequence[int]) -> Iterable[Document]:
        """In seven statements, as plain tuples: a whole catalogue passes here when the index is built anew."""
        media = _grouped(
            Edition.objects.filter(resource__in=ids).values_list(
                "resource", "media_type", "label", "number", "audio_description", "subtitles"
            )
        )
        subjects = _grouped(
            Resource.subjects.through.objects.filter(resource__in=ids).values_list(
                "resource", "subjectterm__scheme", "subjectterm__code", "subjectterm__label"
            )
        )
        creators = _grouped(Creator.objects.filter(resource__in=ids).values_list("resource", "name"))
        numbers = _grouped(Identifier.objects.filter(resource__in=ids).values_list("resource", "value"))
        points = _grouped(Mapping.objects.filter(resource__in=ids).order_by().values_list("resource", "point__key"))
        rows = list(Resource.objects.filter(pk__in=ids).values(*_COLUMNS))
        above = _above({row["owner_id"] for row in rows})
        for row in rows:
            key = row["pk"]
            around = Around(
                media[key],
                subjects[key],
                [name for (name,) in creators[key]],
                [value for (value,) in numbers[key]],
                [point for (point,) in points[key]],
                above[row["owner_id"]],
            )
            yield _document(row, around)

    def plain(
        self, words: Sequence[str], audience: frozenset[str], start: int, stop: int, *within: Sequence[Any]
    ) -> tuple[list[int], int]:
        """The slow way, by LIKE, newest first; of each list in `within` one set must hold the key."""
        found = Resource.objects.filter(_within(audience, Q(status=Status.PUBLISHED)))
        for some in within:
            found = found.filter(reduce(or_, (Q(pk__in=keys) for keys in some), Q(pk__in=[])))
        for word in words:
            found = found.filter(
                _holds("title", word)
                | _holds("subtitle", word)
                | _holds("description", word)
                | Q(own_number__iexact=word)
            )
        keys = found.order_by("-published_at", "-pk").values_list("pk", flat=True)
        return list(keys[start:stop]), found.count()


class Collections:
    """Collections for the index."""

    facets: tuple[str, ...] = ()

    def audience(self, person: Any) -> frozenset[str]:
        """The same tokens: the two kinds are asked for together."""
        return audience(person)

    def ids(self) -> list[int]:
        """Every collection."""
        return list(Collection.objects.order_by("pk").values_list("pk", flat=True))

    def documents(self, ids: Sequence[int]) -> Iterable[Document]:
        """In two statements."""
        found = list(Collection.objects.filter(pk__in=ids))
        above = _above({collection.owner_id for collection in found})
        for collection in found:
            shown = collection.status == CollectionStatus.PUBLISHED
            who = tokens(
                shown=shown,
                visibility=collection.visibility,
                owner=collection.owner_id,
                above=above[collection.owner_id],
            )
            yield Document(
                id=collection.pk,
                title=collection.title,
                subtitle=collection.lead,
                text=collection.text,
                audience=[*who, f"curator:{collection.owner_id}"],
                newest=_seconds(collection.published_at or collection.updated_at),
            )

    def plain(self, words: Sequence[str], audience: frozenset[str], start: int, stop: int) -> tuple[list[int], int]:
        """The slow way, by LIKE, newest first."""
        own = {int(token.partition(":")[2]) for token in audience if token.startswith("curator:")}
        within = _within(audience, Q(status=CollectionStatus.PUBLISHED)) | Q(owner__in=own)
        found = Collection.objects.filter(within)
        for word in words:
            found = found.filter(_holds("title", word) | _holds("lead", word) | _holds("text", word))
        keys = found.order_by("-published_at", "-pk").values_list("pk", flat=True)
        return list(keys[start:stop]), found.count()


_COLUMNS = (
    "pk", "owner_id", "status", "visibility", "title", "subtitle", "other_titles", "description", "own_number",
    "publisher", "year", "languages", "school_forms", "grade_from", "grade_to", "licence", "accessibility",
    "published_at", "updated_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a resource, as plain values.

    `editions` are (type, label, number, audio description, subtitles), `subjects` (scheme, code, label).
    """

    editions: list[tuple[Any, ...]]
    subjects: list[tuple[Any, ...]]
    creators: list[str]
    numbers: list[str]
    points: list[str]
    above: list[int]


def _document(row: dict[str, Any], around: Around) -> Document:
    editions, subjects = around.editions, around.subjects
    shown = row["status"] == Status.PUBLISHED
    access = set(row["accessibility"])
    for _type, _label, _number, described, subtitles in editions:
        access |= {"audioDescription"} if described else set()
        access |= {"captions"} if subtitles else set()
    first, last = row["grade_from"], row["grade_to"]
    return Document(
        id=row["pk"],
        title=row["title"],
        subtitle=" ".join(filter(None, (row["subtitle"], *row["other_titles"], row["publisher"]))),
        subjects=[label for scheme, _code, label in subjects if scheme in SHOWN_SCHEMES],
        creators=around.creators,
        text=" ".join(filter(None, (row["description"], *(edition[1] for edition in editions)))),
        identifiers=[
            *around.numbers,
            *filter(None, (row["own_number"], *(edition[2] for edition in editions))),
        ],
        audience=tokens(shown=shown, visibility=row["visibility"], owner=row["owner_id"], above=around.above),
        facets={
            "type": [edition[0] for edition in editions],
            "subject": [f"{scheme}:{code}" for scheme, code, _label in subjects if scheme in SHOWN_SCHEMES],
            "form": row["school_forms"],
            "grade": [str(grade) for grade in range(first, last + 1)] if first is not None and last is not None else [],
            "language": row["languages"],
            "year": [bucket] if (bucket := year_bucket(row["year"])) else [],
            "owner": [str(row["owner_id"])],
            "access": sorted(access),
            "licence": [row["licence"]] if row["licence"] else [],
            "point": around.points,
        },
        newest=_seconds(row["published_at"] or row["updated_at"]),
    )


def _grouped(rows: Iterable[tuple[Any, ...]]) -> defaultdict[int, list[tuple[Any, ...]]]:
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *rest in rows:
        found[key].append(tuple(rest))
    return found


def _above(owners: Iterable[int]) -> defaultdict[int, list[int]]:
    """Each owner with all that stand over it, in one statement."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for owner, node in Branch.objects.filter(descendant__in=list(owners)).values_list("descendant", "ancestor"):
        found[owner].append(node)
    return found


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _within(audience: frozenset[str], shown: Q) -> Q:
    """The tokens as a filter in SQL, for when the index is out of use."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for token in audience:
        name, _, node = token.partition(":")
        if node:
            groups[name].append(int(node))
    wanted = shown & Q(owner__in=groups["below"])
    if EVERYONE in audience:
        wanted |= shown & Q(visibility=Visibility.PUBLIC)
    if groups["centre"]:
        wanted |= Q(owner__in=Organisation.objects.at_or_below(groups["centre"]).values("pk"))
    return wanted


def _holds(field: str, word: str) -> Q:
    # SQLite compares å, ä and ö by case, so the word is asked for as it stands at the beginning of a sentence too.
    return Q(**{f"{field}__icontains": word}) | Q(**{f"{field}__contains": word.capitalize()})
