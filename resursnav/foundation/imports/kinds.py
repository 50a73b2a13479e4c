"""Kinds of import: what a context that owns the things says about how they come in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .reasons import Detail, Problem, shorten

if TYPE_CHECKING:
    from resursnav.foundation.access import Rule

    from .models import ImportBatch

KEPT_PROBLEMS = 5_000
KEPT_CHANGES = 200
"""How many of each the log keeps; the counts are always of all."""

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing and what the import does with it."""

    verdict: str
    title: str
    key: str = ""
    line: int | None = None
    fields: Values = field(default_factory=dict)


@dataclass(slots=True)
class Log:
    """What an import says while it works: verdicts, problems and how far it has come."""

    tick: Callable[[int, int], None] = lambda done, total: None
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    _kept: Counter[str] = field(default_factory=Counter)

    def problem(self, problem: Problem) -> None:
        """Something wrong (a row left out) or noted; counted always, kept up to a limit."""
        kind = "noted" if problem.note else "wrong"
        self.counts[kind] += 1
        if self._kept[kind] < KEPT_PROBLEMS:
            self._kept[kind] += 1
            self.problems.append(problem)

    def change(
        self, verdict: str, title: str, *, key: str = "", line: int | None = None, fields: Values | None = None
    ) -> None:
        """What happens to one thing; counted always, kept as an example up to a limit."""
        self.counts[verdict] += 1
        if verdict != "same" and self._kept[verdict] < KEPT_CHANGES:
            self._kept[verdict] += 1
            self.changes.append(Change(verdict, shorten(title, 300), shorten(key), line, fields or {}))

    def count(self, verdict: str, number: int = 1) -> None:
        """Count without an example."""
        self.counts[verdict] += number

    def tell(self, reason: str, **details: Detail) -> None:
        """Something about the whole file that whoever decides should know: a sentence among the consequences."""
        self.told.append(Problem(reason, details=details, note=True))

    def progress(self, done: int, total: int = 0) -> None:
        """How far it has come."""
        self.tick(done, total)


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A kind of import: its code and name, and the two functions that do it.

    `check(batch, log)` reads the file and tells the log what would happen; it writes nothing but `batch.work_path`.
    `apply(batch, log)` does it, inside a transaction that is undone when it raises, and counts what it did.
    Both raise `Unreadable` when the whole file must be refused.
    """

    code: str
    label: Any
    check: Callable[[ImportBatch, Log], None]
    apply: Callable[[ImportBatch, Log], None]
    prepare: Callable[[ImportBatch, Log], None] | None = None
    """Done before the transaction of the taking in, so that others wait for as short a time as can be: it reads the
    file into `batch.work_path`, for `apply` to write from."""
    done_url: str = ""
    """URL name of the page to go to when the batch has been taken in."""
    done_label: Any = ""
    """What leads there says: "Till katalogen"."""
    withdraws: bool = False
    """Whether things that are missing in the file are taken away, and not only told of."""
    match_url: str = ""
    """URL name (with the batch's key) of the page where one says how the file is read, for kinds that have one."""
    noun: Any = ""
    """What the things are called, in the plural: "läromedel", "enheter"."""
    noun_one: Any = ""
    """And one of them: "läromedel", "enhet"; the plural where it is not said."""
    fields: Values = field(default_factory=dict)
    """Field name -> what it is called where it is told what changes."""
    new_url: str = ""
    """URL name of the page where one sends in a new file, what leads there says, and the rule of who may."""
    new_label: Any = ""
    new_rule: Rule | None = None


_kinds: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> ImportKind:
    """Make a kind known; called from the AppConfig.ready() of the context that owns the things."""
    if kind.code in _kinds and _kinds[kind.code] != kind:
        raise ValueError(f"The import kind {kind.code} is registered twice.")
    _kinds[kind.code] = kind
    return kind


def kind_of(code: str) -> ImportKind:
    """The kind with this code; KeyError when there is none."""
    return _kinds[code]


def kinds() -> list[ImportKind]:
    """Every kind, in the order of their codes."""
    return [_kinds[code] for code in sorted(_kinds)]
