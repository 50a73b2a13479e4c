"""What a context contributes to the whole, said in its AppConfig and read by those above it.

A manifest is data and plain callables given as dotted paths ("package.module:function"), so that the
kernel, and whoever reads the manifest, imports nothing from the context before it is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from importlib import import_module
from typing import Any


class Stage(StrEnum):
    """The four stages of the loop, and what carries them."""

    LISTEN = "listen"
    STEER = "steer"
    DELIVER = "deliver"
    FOLLOW_UP = "followup"
    HOUSE = "house"


def load(path: str) -> Callable[..., Any]:
    """The callable behind "package.module:name"."""
    module, _, name = path.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


@dataclass(frozen=True)
class MenuEntry:
    """A way in: shown to those who may, in the task navigation or in the coordinator's rail.

    `rule` is the name of an access rule ("resources.see"); None shows it to everyone.
    `tasks` puts it in the task navigation for visitors and staff; `rail` in the coordinator's side rail.
    `count` is a dotted path to a function (person) -> QuerySet: what waits there. The frame counts all in one question.
    `about` is one line about what one can do there; with it, the entry is a door on the start page.
    """

    label: Any
    url_name: str
    stage: Stage
    icon: str = ""
    rule: str | None = None
    tasks: bool = True
    rail: bool = True
    count: str | None = None
    order: int = 100
    about: Any = ""


@dataclass(frozen=True)
class ThreadKind:
    """A kind of thing with a story: its code, its name in Swedish, where its page is.

    `sees` is a dotted path to a function (person, ids) -> the ids of those nodes that the person may see; without
    it only those see them who may read the stories of the node's place (the rule "threads.see").
    """

    code: str
    label: Any
    url_name: str
    icon: str = ""
    stage: Stage = Stage.HOUSE
    sees: str = ""


@dataclass(frozen=True)
class Job:
    """Something the worker does over and over.

    `run` is a dotted path to a function () -> int that returns how many things it did; it is called every
    `every` seconds, at once again while it did something and `greedy` is set, and by one worker at a time
    (a lease row per job name), except when `everywhere` is set: then every node's worker runs it.
    """

    name: str
    run: str
    every: float
    greedy: bool = False
    everywhere: bool = False


@dataclass(frozen=True)
class Finding:
    """One answer of a health check: how it stands, in plain words, and what to do about it."""

    ok: bool
    title: Any
    advice: Any = ""
    critical: bool = True


@dataclass(frozen=True)
class Check:
    """A health check for `resursnav doctor` and /readyz: `run` is a dotted path to () -> list[Finding]."""

    name: str
    run: str
    ready: bool = False


@dataclass(frozen=True)
class SearchKind:
    """A kind of thing that can be found by the search; see foundation/search for what `source` offers.

    `source` is the dotted path of a search.documents.Source; `url_name` is the page of one such thing, by its id.
    """

    code: str
    label: Any
    source: str
    url_name: str = ""


class StartPart(StrEnum):
    """Where on the start page a line stands."""

    WAITING = "waiting"  # what waits for the person to do something
    MINE = "mine"  # what belongs to the person or the person's place
    NEW = "new"  # what is new, also for strangers


@dataclass(frozen=True)
class StartLine:
    """One line on the start page: what it is, where it leads, and when it happened."""

    title: Any
    url: str
    about: Any = ""
    at: datetime | None = None
    icon: str = ""


@dataclass(frozen=True)
class StartItem:
    """Lines for the start page: `run` is a dotted path to a function (person) -> list of StartLine.

    The person is a stranger (not signed in) when `part` is NEW and nobody has signed in. Return at most six lines,
    with one statement to the database, and nothing that the person may not see.
    Where a line only says how many wait, `count` is a dotted path to a function (person) -> QuerySet of them: the page
    counts all of them in one statement, and calls `run` with (person, number) when there are any.
    """

    code: str
    run: str
    order: int = 100
    part: StartPart = StartPart.MINE
    count: str = ""


@dataclass(frozen=True)
class Panel:
    """A part that a context adds to a page further down: who works here, what is borrowed here.

    `page` is the URL name of the page ("organisations:show"); `run` is a dotted path to a function
    (thing, person) -> the template's context, or None when there is nothing to show; `template` draws it.
    """

    page: str
    run: str
    template: str
    order: int = 100


@dataclass(frozen=True)
class Note:
    """What a row says of a thing besides its own facts: a short sentence, a tone as badges have, an icon."""

    text: str
    tone: str = "plain"
    icon: str = ""


@dataclass(frozen=True)
class RowNote:
    """A line that a context adds to each row of a list further down: may we use it, is there one free?

    `page` is the URL name of the list ("resources:list"); `run` is a dotted path to a function (things, person) ->
    the Note of each thing that has one, by its key, in a few statements however many the things are.
    A note that costs more than the list itself says in `later` what it tells ("Se när de är lediga"): it is fetched by
    itself when the list is there, and without JavaScript those words are the link to it. Only who has the `rule` is
    offered it.
    """

    page: str
    run: str
    order: int = 100
    later: Any = ""
    rule: str = ""


@dataclass(frozen=True)
class RowFilter:
    """A way to narrow a list further down by what a context above knows: what may be used here.

    `page` is the URL name of the list; `run` is a dotted path to a function (person) -> search.documents.Offer, or
    None when there is nothing to choose.
    """

    page: str
    run: str
    order: int = 100


@dataclass(frozen=True)
class SearchFacet:
    """Codes that a context adds to the documents of a search kind further down: the lists that a title stands in.

    `run` is a dotted path to a function (ids) -> the codes of each id, in a few statements however many the ids are.
    Who changes what it reads tells the index of it (search.actions.touch), as for one's own things.
    """

    kind: str
    name: str
    run: str


@dataclass(frozen=True)
class UseCount:
    """How much things have been used, told by a context that counts: streams, loans.

    `run` is a dotted path to a function (resource ids, since: date) -> uses since that day, by resource, in one
    statement.
    """

    run: str


@dataclass(frozen=True)
class Act:
    """What one can do with a thing, as a button that leads there."""

    label: Any
    url: str
    icon: str = ""


@dataclass(frozen=True)
class PageAct:
    """The main thing to do on a page further down: `run` is a dotted path to (thing, person) -> Act or None."""

    page: str
    run: str
    order: int = 100


@dataclass(frozen=True)
class AboutMe:
    """What a context keeps about a person, for the file in which one takes out everything about oneself.

    `key` is its name in the file ("loans"); `run` is a dotted path to a function (person) -> lists and dicts of texts,
    numbers, dates and times, in a few statements, with nothing secret and nothing about anybody else. `covers` names
    the foreign keys to the person whose rows it tells of ("lending.Order.person"); a test sees to it that none is
    forgotten.
    """

    key: str
    run: str
    covers: tuple[str, ...] = ()
    order: int = 100


@dataclass(frozen=True)
class Manifest:
    """All that one context contributes."""

    menu: tuple[MenuEntry, ...] = ()
    thread_kinds: tuple[ThreadKind, ...] = ()
    search_kinds: tuple[SearchKind, ...] = ()
    jobs: tuple[Job, ...] = ()
    checks: tuple[Check, ...] = ()
    start: tuple[StartItem, ...] = field(default=())
    panels: tuple[Panel, ...] = ()
    row_notes: tuple[RowNote, ...] = ()
    row_filters: tuple[RowFilter, ...] = ()
    search_facets: tuple[SearchFacet, ...] = ()
    use_counts: tuple[UseCount, ...] = ()
    acts: tuple[PageAct, ...] = ()
    about_me: tuple[AboutMe, ...] = ()
