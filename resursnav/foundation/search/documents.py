"""What a context says about a thing that can be found, and what a search asks and answers: data, no Django."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Document:
    """A thing as the index needs it.

    `audience` says who may find it, as tokens that the context chooses ("public", "signed", "o12"); a thing
    without a token is found by nobody.  `facets` are codes by facet name.  `newest` is seconds since 1970.
    """

    id: int
    title: str
    audience: Sequence[str]
    subtitle: str = ""
    subjects: Sequence[str] = ()
    creators: Sequence[str] = ()
    text: str = ""
    identifiers: Sequence[str] = ()
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    newest: int = 0


class Source(Protocol):
    """What stands behind a search kind: the object that SearchKind.source names."""

    facets: tuple[str, ...]

    def audience(self, person: object) -> frozenset[str]:
        """The tokens of somebody who looks; a stranger has some too, when the kind is public."""
        ...

    def ids(self) -> Iterable[int]:
        """Every id that may be found by anybody, read in chunks."""
        ...

    def documents(self, ids: Sequence[int]) -> Iterable[Document]:
        """The documents of these ids; one that is missing has left the index.  At most a few SQL statements."""
        ...

    def plain(
        self, words: Sequence[str], audience: frozenset[str], start: int, stop: int, *within: Sequence[Any]
    ) -> tuple[list[int], int]:
        """Ids that hold every word, and how many there are: the slow way, in SQL, for when the index is broken.

        `within` are lists of sets of ids (or querysets of them): of each list one set must hold the thing. Only a kind
        with gates gets any.
        """
        ...


class Sort(StrEnum):
    """The order of the results."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Gate:
    """What a choice lets through that no code of its own tells: things with any of the `values` of a facet.

    Things with the value `besides` are let through too, unless they have one of the values `unless`. `ids` gives
    the same set in SQL.
    """

    facet: str
    values: tuple[str, ...]
    besides: str = ""
    unless: tuple[str, ...] = ()
    ids: Callable[[], Any] = field(default=tuple, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Offer:
    """A group of choices that a context above adds to a search: its name in the address, and a gate for each choice."""

    name: str
    label: Any
    labels: Mapping[str, Any]
    gates: Mapping[str, Gate]


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for, and who that is.

    Filters join by "or" inside a facet and by "and" between facets.  `counts` names the facets to count.  `gates`
    are choices that are no facet, by their name and value: they are chosen and counted as those of a facet are.
    """

    text: str = ""
    audience: frozenset[str] = frozenset()
    kinds: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counts: tuple[str, ...] = ()
    gates: Mapping[str, Mapping[str, Gate]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = 20
    language: str = "sv"
    similar_words: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    kind: str
    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found.

    `instead` is another spelling that finds more.  `broader` holds, only when nothing was found, the best things
    with some of the words or parts of them, whatever the filters.  `plain` says that the index was out of use.
    """

    hits: Sequence[Hit]
    total: int
    page: int
    pages: int
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    instead: str = ""
    broader: Sequence[Hit] = ()
    plain: bool = False

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def ids(self, kind: str) -> list[int]:
        """The ids of one kind, in order of the results."""
        return [hit.id for hit in self.hits if hit.kind == kind]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to choose while typing: a word to search for, or (with an id) a thing to go to."""

    text: str
    kind: str = ""
    id: int = 0
