"""Public registers as people get them: counties, municipalities, schools and libraries, read row by row.

Nothing here knows the database. A row becomes an `Entry` (what the register says about one organisation) or a
`Problem` (why it was left out, or what was put right).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from resursnav.foundation.imports import archives, cells
from resursnav.foundation.imports.reasons import Problem, Unreadable, noted, wrong
from resursnav.foundation.imports.tabular import Row, Table, key, open_table

from . import codes, sweden

NAME_CHARS = 200
_YEAR = re.compile(r"(20\d\d)/(\d\d)")

# What registers call their columns, in any spelling of case and signs.
COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("Skol-enhetskod", "Skolenhetskod", "school_unit_code", "code", "kod", "länskod", "kommunkod"),
    "name": ("Skola", "Skolenhetsnamn", "Skolenhet", "Bibliotek", "name", "namn", "län", "kommun"),
    "place": ("Kommun-kod", "Kommunkod", "municipality_code"),
    "organiser_kind": ("Typ av huvudman", "organizer_type"),
    "organiser": ("Huvudman", "organizer"),
    "organiser_number": ("Huvudman orgnr", "org_no", "organisationsnummer"),
    "pupils": ("Antal elever", "pupils_year9"),
    "inhabitants": ("population", "invånare", "folkmängd"),
    "latitude": ("lat", "latitud"),
    "longitude": ("lng", "lon", "longitud"),
    "street": ("Adress", "street", "gatuadress"),
    "postcode": ("Postnr", "zip", "postnummer"),
    "town": ("Ort", "city", "postort", "residencetown"),
    "sigel": ("Sigel",),
    "type": ("Bibliotekstyp",),
    "school": ("school_unit_code", "Skolenhetskod", "Skol-enhetskod"),
}
ORGANISERS = {
    "kommunal": "municipal", "kommun": "municipal", "enskild": "independent", "fristående": "independent",
    "region": "regional", "landsting": "regional", "statlig": "state", "stat": "state",
}  # fmt: skip
AT_SCHOOLS = frozenset({"skolbib", "gymbib", "friskol", "frisgym", "statskol", "vuxbib"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a register says about one organisation.

    `key` finds it again: the code, or a library's sigel. `place` is the code of what it lies below: a county's
    two digits, a municipality's four or a school's eight; empty when the register does not say.
    """

    line: int
    key: str
    name: str
    kind: str
    place: str = ""
    unit_type: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    counts: tuple[tuple[str, date, int], ...] = ()


Read = Iterator[Entry | Problem]


@dataclass(slots=True)
class Sheet:
    """An opened register with its columns found, whatever the file calls them."""

    table: Table
    names: dict[str, str]
    counted: date | None

    def get(self, row: Row, what: str) -> str:
        """The cell as one clean line; empty when the register has no such column."""
        return cells.clean(cells.from_spreadsheet(row[self.names[what]])) if what in self.names else ""

    def rows(self) -> Iterator[Row | Problem]:
        """What was noted about the file, then its rows."""
        yield from self.table.problems
        yield from self.table.rows()


def _open(path: Path, options: Mapping[str, Any], needed: tuple[str, ...], wanted: tuple[str, ...] = ()) -> Sheet:
    every = [name for what in (*needed, *wanted) for name in COLUMNS[what]]
    table = open_table(path, expects=every)
    have = {key(name): name for name in table.columns}
    names: dict[str, str] = {}
    for what in (*needed, *wanted):
        found = next((have[key(name)] for name in COLUMNS[what] if key(name) in have), None)
        if found is not None:
            names[what] = found
    missing = [COLUMNS[what][0] for what in needed if what not in names]
    if missing:
        raise Unreadable(
            "table.missing_columns", line=table.header_line, missing=", ".join(missing),
            found=", ".join(table.columns)[:400],
        )  # fmt: skip
    return Sheet(table, names, counted_on(path, options))


def counted_on(path: Path, options: Mapping[str, Any]) -> date | None:
    """The day that the register's figures are from: as chosen, else the end of the school year that the file names."""
    chosen = str(options.get("counted") or "")
    if chosen:
        read = cells.read_date(chosen)
        if read.value is None:
            raise Unreadable("register.bad_day", value=chosen)
        return read.value
    with archives.open_bytes(path) as file:
        head = file.read(2000).decode("utf-8", "replace")
    year = _YEAR.search(head) if "läsår" in head else None
    return date(int(year[1]) + 1, 6, 30) if year else None


def _name(row: Row, text: str) -> str | Problem:
    if not text:
        return wrong("cell.required", row.line, "name")
    if cells.is_active(text):
        return wrong("cell.formula", row.line, "name", text)
    if len(text) > NAME_CHARS:
        return wrong("cell.too_long", row.line, "name", text, limit=NAME_CHARS)
    return text


def _code(row: Row, what: str, text: str, read: Callable[[str], codes.Code], problems: list[Problem]) -> str | Problem:
    """The code, with a note where a zero had been lost, or the problem that it cannot be one."""
    if not text:
        return wrong("cell.required", row.line, what)
    try:
        code = read(text)
    except codes.BadCode as error:
        return wrong("register.bad_code", row.line, what, text, digits=error.digits)
    if code.repaired:
        problems.append(noted("code.lost_zero", row.line, what, text))
    return code.text


def _count(
    sheet: Sheet, row: Row, column: str, what: str, problems: list[Problem]
) -> tuple[tuple[str, date, int], ...]:
    """The figure with its day. Withheld and missing ones are no figure, which is not the same as none at all."""
    number = cells.read_integer(sheet.get(row, column))
    if number.reason:
        problems.append(noted(number.reason, row.line, column, sheet.get(row, column)))
    if number.value is None or number.value < 0 or sheet.counted is None:
        return ()
    return ((what, sheet.counted, number.value),)


def _degrees(sheet: Sheet, row: Row, what: str, most: int, problems: list[Problem]) -> Decimal | None:
    read = cells.read_decimal(sheet.get(row, what))
    if read.reason or (read.value is not None and abs(read.value) > most):
        problems.append(noted("register.bad_place", row.line, what, sheet.get(row, what)))
        return None
    return None if read.value is None else read.value.quantize(Decimal("0.00001"))


def counties(path: Path, options: Mapping[str, Any]) -> Read:
    """The counties: code, name, seat and inhabitants. Rows of municipalities in the same file are passed over."""
    sheet = _open(path, options, ("code", "name"), ("inhabitants", "town"))
    for row in sheet.rows():
        if isinstance(row, Problem):
            yield row
            continue
        written, problems = sheet.get(row, "code"), list[Problem]()
        if len(written) == codes.MUNICIPALITY_DIGITS and not codes.is_county_in_municipal_form(written):
            continue
        if written == "0000":
            continue
        code = _code(row, "code", written, codes.county, problems)
        name = _name(row, sheet.get(row, "name"))
        bad = [one for one in (code, name) if isinstance(one, Problem)]
        if bad or isinstance(code, Problem) or isinstance(name, Problem):
            yield from bad
            continue
        counts = _count(sheet, row, "inhabitants", "inhabitants", problems)
        yield from problems
        town = sheet.get(row, "town")
        yield Entry(row.line, code, name, "region", details={"town": town} if town else {}, counts=counts)


def municipalities(path: Path, options: Mapping[str, Any]) -> Read:
    """The municipalities: code, name and inhabitants; the county is the code's first two digits."""
    sheet = _open(path, options, ("code", "name"), ("inhabitants",))
    for row in sheet.rows():
        if isinstance(row, Problem):
            yield row
            continue
        written, problems = sheet.get(row, "code"), list[Problem]()
        if codes.is_county_in_municipal_form(written):
            continue
        code = _code(row, "code", written, codes.municipality, problems)
        name = _name(row, sheet.get(row, "name"))
        bad = [one for one in (code, name) if isinstance(one, Problem)]
        if bad or isinstance(code, Problem) or isinstance(name, Problem):
            yield from bad
            continue
        counts = _count(sheet, row, "inhabitants", "inhabitants", problems)
        yield from problems
        name = sweden.short_name(code, name)
        yield Entry(row.line, code, name, "municipality", place=sweden.county_of(code), counts=counts)


def schools(path: Path, options: Mapping[str, Any]) -> Read:
    """School units. One without a municipality can be known again and put right, but not be placed."""
    sheet = _open(
        path, options, ("code", "name"),
        ("place", "organiser_kind", "organiser", "organiser_number", "pupils", "latitude", "longitude", "street",
         "postcode", "town"),
    )  # fmt: skip
    for row in sheet.rows():
        if isinstance(row, Problem):
            yield row
            continue
        problems: list[Problem] = []
        code = _code(row, "code", sheet.get(row, "code"), codes.school_unit, problems)
        name = _name(row, sheet.get(row, "name"))
        place = sheet.get(row, "place")
        where = _code(row, "place", place, codes.municipality, problems) if place else ""
        if isinstance(code, Problem) or isinstance(name, Problem) or isinstance(where, Problem):
            yield from (one for one in (code, name, where) if isinstance(one, Problem))
            continue
        details = _address(sheet, row, problems) | {
            "organiser_kind": ORGANISERS.get(sheet.get(row, "organiser_kind").casefold(), ""),
            "organiser": sheet.get(row, "organiser")[:NAME_CHARS],
            "organiser_number": codes.organisation_number(sheet.get(row, "organiser_number")),
            "latitude": _degrees(sheet, row, "latitude", 90, problems),
            "longitude": _degrees(sheet, row, "longitude", 180, problems),
        }
        counts = _count(sheet, row, "pupils", "pupils_year_9", problems)
        yield from problems
        said = {field: value for field, value in details.items() if value not in ("", None)}
        yield Entry(row.line, code, name, "unit", where, "school", said, counts)


def _address(sheet: Sheet, row: Row, problems: list[Problem]) -> dict[str, Any]:
    written = sheet.get(row, "postcode")
    postcode = codes.postcode(written)
    if written and not postcode:
        problems.append(noted("register.bad_postcode", row.line, "postcode", written))
    return {
        "street": sheet.get(row, "street")[:NAME_CHARS], "postcode": postcode, "town": sheet.get(row, "town")[:100],
    }  # fmt: skip


def libraries(path: Path, options: Mapping[str, Any]) -> Read:
    """Libraries by sigel, in a municipality, or in a county where the code ends in 00."""
    sheet = _open(path, options, ("sigel", "name", "place"), ("type", "street", "postcode", "town"))
    for row in sheet.rows():
        if isinstance(row, Problem):
            yield row
            continue
        problems: list[Problem] = []
        name = _name(row, sheet.get(row, "name"))
        place = sheet.get(row, "place")
        read = codes.county if codes.is_county_in_municipal_form(place) else codes.municipality
        where = _code(row, "place", place, read, problems)
        sigel = _sigel(row, sheet.get(row, "sigel"))
        if isinstance(sigel, Problem) or isinstance(name, Problem) or isinstance(where, Problem):
            yield from (one for one in (sigel, name, where) if isinstance(one, Problem))
            continue
        said = {field: value for field, value in _address(sheet, row, problems).items() if value}
        yield from problems
        at_school = sheet.get(row, "type").casefold() in AT_SCHOOLS
        yield Entry(row.line, sigel, name, "unit", where, "school_library" if at_school else "library", said)


def _sigel(row: Row, written: str) -> str | Problem:
    if not written:
        return wrong("cell.required", row.line, "sigel")
    try:
        return codes.sigel(written)
    except ValueError:
        return wrong("register.bad_sigel", row.line, "sigel", written)


def school_libraries(path: Path, options: Mapping[str, Any]) -> Read:
    """Which school a school library belongs to, by sigel and school unit code; without a code it stays where it is."""
    sheet = _open(path, options, ("sigel", "school"))
    for row in sheet.rows():
        if isinstance(row, Problem):
            yield row
            continue
        problems: list[Problem] = []
        sigel = _sigel(row, sheet.get(row, "sigel"))
        written = sheet.get(row, "school")
        school = _code(row, "school", written, codes.school_unit, problems) if written else ""
        if isinstance(sigel, Problem) or isinstance(school, Problem):
            yield from (one for one in (sigel, school) if isinstance(one, Problem))
            continue
        yield from problems
        if not school:
            yield noted("register.no_school", row.line, "school", sigel)
            continue
        yield Entry(row.line, sigel, "", "unit", school, "school_library")
