"""School breaks as a kind of import: a table with a row for each municipality and break."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.imports import words
from resursnav.foundation.imports.cells import read_date
from resursnav.foundation.imports.kinds import ImportKind, Log, register
from resursnav.foundation.imports.models import ImportBatch
from resursnav.foundation.imports.reasons import Problem, wrong
from resursnav.foundation.imports.tabular import Row, Table, open_table
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.organisations.names import name_key

from .actions import add_breaks
from .breaks import school_year
from .facts import BreakFacts
from .models import BreakKind, SchoolBreak
from .rules import EDIT_BREAK

CODE = "school_breaks"
COLUMNS = ("kommun", "lov", "från", "till")
WORDS: dict[str, Any] = {
    "break.unknown_place": _("Det finns ingen kommun eller skola med det namnet eller den koden hos er."),
    "break.several_places": _("Flera platser heter så. Skriv koden i stället."),
    "break.backwards": _("Lovet slutar innan det börjar."),
    "break.there": _("Platsen har redan det lovet samma läsår. Ändra det på sidan Lov om det är fel."),
}
NAMES: dict[str, Any] = {"days": _("dagar")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row that can be taken in."""

    place: Organisation
    facts: BreakFacts
    line: int


def _kind(text: str) -> tuple[str, str]:
    """The kind and the own name that a word means: "Sportlov" is a kind, "Studiedag" other free time called so."""
    key = name_key(text)
    for kind in BreakKind:
        if kind != BreakKind.OTHER and name_key(str(kind.label)) == key:
            return kind, ""
    return BreakKind.OTHER, text


class _Reading:
    """Reads one batch against what is there."""

    def __init__(self, batch: ImportBatch) -> None:
        below = Organisation.objects.not_closed_on(localdate(batch.received_at))
        if batch.organisation_id:
            below = below.at_or_below([batch.organisation_id])
        self.by_name: dict[str, list[Organisation]] = {}
        self.by_code: dict[str, Organisation] = {}
        for node in below.filter(kind__in=[Kind.REGION, Kind.MUNICIPALITY, Kind.UNIT]):
            self.by_name.setdefault(node.name_key, []).append(node)
            if node.code:
                self.by_code[node.code] = node
        taken = SchoolBreak.objects.filter(organisation__in=below).exclude(kind=BreakKind.OTHER)
        self.there = {
            (place, kind, school_year(start))
            for place, kind, start in taken.values_list("organisation", "kind", "valid_from")
        }
        self.table: Table = open_table(batch.path, expects=COLUMNS, requires=COLUMNS)
        self.names = {_plain(name): name for name in self.table.columns}

    def rows(self) -> list[Wanted | Problem]:
        """Every row as something to take in, or what is wrong with it."""
        read = [row if isinstance(row, Problem) else self.row(row) for row in self.table.rows()]
        return [*self.table.problems, *read]

    def row(self, row: Row) -> Wanted | Problem:
        """One row."""
        where, what, first, last = (row[self.names[column]].strip() for column in COLUMNS)
        place = self.place(where)
        if isinstance(place, str):
            return wrong(place, row.line, COLUMNS[0], where)
        if not what:
            return wrong("cell.required", row.line, COLUMNS[1])
        start, end = read_date(first), read_date(last)
        for column, text, cell in ((COLUMNS[2], first, start), (COLUMNS[3], last, end)):
            if cell.value is None:
                return wrong(cell.reason or "cell.required", row.line, column, text)
        facts = self.facts(what, start.value, end.value)  # type: ignore[arg-type]  # both were read above
        if facts is None:
            return wrong("break.backwards", row.line, COLUMNS[3], last)
        key = (place.pk, facts.kind, school_year(facts.valid_from))
        if facts.kind != BreakKind.OTHER and key in self.there:
            return wrong("break.there", row.line, COLUMNS[1], what)
        self.there.add(key)
        return Wanted(place, facts, row.line)

    def facts(self, what: str, start: date, end: date) -> BreakFacts | None:
        """What the row says; None when it ends before it begins."""
        kind, name = _kind(what)
        return BreakFacts(kind, start, end + timedelta(days=1), name[:80]) if start <= end < date.max else None

    def place(self, text: str) -> Organisation | str:
        """The place with the code or the name, or why there is none."""
        if text in self.by_code:
            return self.by_code[text]
        found = self.by_name.get(name_key(text), [])
        found = [node for node in found if node.kind != Kind.UNIT] or found
        if len(found) == 1:
            return found[0]
        return "break.several_places" if found else "break.unknown_place"


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def check(batch: ImportBatch, log: Log) -> None:
    """Say what the file would do."""
    _told(batch, log)


def apply(batch: ImportBatch, log: Log) -> None:
    """Do it: all rows that can be taken in."""
    found = _told(batch, log)
    by: Any = batch.confirmed_by
    add_breaks(wanted=[(one.place, one.facts) for one in found], by=by, at=batch.heard_at or batch.received_at)


def _told(batch: ImportBatch, log: Log) -> list[Wanted]:
    taken = []
    for one in _Reading(batch).rows():
        if isinstance(one, Problem):
            log.problem(one)
            continue
        days = f"{one.facts.valid_from} – {one.facts.valid_to - timedelta(days=1)}"
        title = f"{one.facts.name or BreakKind(one.facts.kind).label}, {one.place.name}"
        log.change("new", title, line=one.line, fields={str(NAMES["days"]): ["", days]})
        taken.append(one)
    return taken


def declare() -> None:
    """Make breaks known as a kind of import."""
    words.add(WORDS)
    register(
        ImportKind(
            CODE, _("Lov"), check, apply, done_url="transport:breaks", done_label=_("Till loven"), noun=_("lov"),
            noun_one=_("lov"), new_url="transport:import_breaks", new_label=_("Läs in lov"), new_rule=EDIT_BREAK,
            fields=NAMES,
        )
    )  # fmt: skip
