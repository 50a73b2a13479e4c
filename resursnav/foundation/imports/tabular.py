"""Tables as people send them: CSV in any encoding and form, or Excel; read row by row.

`open_table(path)` finds the encoding, the separator and the header line (lines before it and notes after the data are
skipped), and gives rows as dictionaries with their line numbers. What is wrong with a row comes out as a Problem in the
same stream, so that no row is lost in silence.
"""

import csv
import io
import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import archives, encodings, spreadsheets
from .cells import clean
from .limits import DEFAULT, Limits
from .reasons import Problem, Unreadable, noted, wrong

DELIMITERS = ";,\t|"
HEADER_WITHIN = 60
NOTES_KEPT = 500
SAMPLE_CHARS = 64 * 1024

csv.field_size_limit(16 * 1024 * 1024)

Raw = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: where it begins in the file, and its cells by column name."""

    line: int
    values: dict[str, str]
    more: list[str] = field(default_factory=list)
    """Cells beyond the last column, only when the table was opened with `keep_more`."""

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


@dataclass(slots=True)
class Table:
    """An opened table: its columns, how it is written, and its rows (to be read once)."""

    columns: list[str]
    header_line: int
    encoding: str
    delimiter: str
    """One of ; , tab |, or empty for Excel."""
    sheet: str = ""
    problems: list[Problem] = field(default_factory=list)
    """What was noted about the file as a whole, before any row."""
    notes_skipped: int = 0
    """Lines after the data that were notes, known when the rows have been read."""
    _raw: Iterator[Raw] = field(default_factory=lambda: iter(()))
    _limits: Limits = DEFAULT
    _keep_more: bool = False

    def rows(self) -> Iterator[Row | Problem]:
        """Every row and every problem, in the file's order. Sparse lines after an empty one at the end are notes."""
        width = len(self.columns)
        sparse = max(1, width // 4) if width >= 3 else 0
        held: list[Raw] = []
        after_gap = False  # whether an empty line came before the first held one
        gap = False
        for line, cells in self._raw:
            filled = sum(1 for cell in cells if cell and not cell.isspace())
            if not filled:
                gap = True
                continue
            if filled <= sparse and len(held) < NOTES_KEPT:
                after_gap = gap if not held else after_gap
                held.append((line, cells))
                continue
            for waiting in held:
                yield from self._row(*waiting)
            held.clear()
            gap = False
            yield from self._row(line, cells)
        yield from self._end(held, after_gap)

    def _end(self, held: list[Raw], after_gap: bool) -> Iterator[Row | Problem]:
        if not held:
            return
        if after_gap:
            self.notes_skipped = len(held)
            first = next(cell for cell in held[0][1] if cell.strip())
            yield noted("table.notes_skipped", held[0][0], "", first, count=len(held))
            return
        for waiting in held:
            yield from self._row(*waiting)

    def _row(self, line: int, cells: list[str]) -> Iterator[Row | Problem]:
        width = len(self.columns)
        more = cells[width:]
        if not self._keep_more and any(cell.strip() for cell in more):
            yield wrong("row.too_many_cells", line, "", " | ".join(cells), found=len(cells), wanted=width)
            return
        if max(len(cell) for cell in cells) > self._limits.cell_chars:
            yield wrong("cell.too_long", line, "", cells[0], limit=self._limits.cell_chars)
            return
        if any(not cell.isascii() for cell in cells):
            repaired = [encodings.repair(cell) for cell in cells]
            cells = [text for text, _ in repaired]
            if any(was for _, was in repaired):
                yield noted("row.foreign_bytes", line, "", " | ".join(cells))
        cells += [""] * (width - len(cells))
        yield Row(line, dict(zip(self.columns, cells, strict=False)), more)


def open_table(
    path: Path,
    *,
    expects: Collection[str] = (),
    requires: Collection[str] = (),
    sheet: str = "",
    keep_more: bool = False,
    limits: Limits = DEFAULT,
) -> Table:
    """The table in a CSV or Excel file, packed or not.

    `expects` are column names (any spelling) that show which line is the header; `requires` must be there, otherwise
    Unreadable says which are missing and which were found. Without `expects` the header is guessed. A row with cells
    beyond the header is a problem, unless `keep_more`.
    """
    archives.check_size(path, limits)
    match archives.kind(path):
        case "xls":
            raise Unreadable("file.old_excel")
        case "xlsx":
            archives.check_zip(path, limits)
            book = spreadsheets.open_book(path, sheet, limits)
            table = _table(book.rows, expects, "", "", limits)
            table.sheet = book.sheet
            if len(book.sheets) > 1 and not sheet:
                others = ", ".join(name for name in book.sheets if name != book.sheet)
                table.problems.append(noted("table.other_sheets", None, "", others, sheet=book.sheet))
        case _:
            table = _open_text(path, expects, limits)
    table._keep_more = keep_more
    _require(table, requires)
    return table


def key(name: str) -> str:
    """A column name as it is compared: no case, no signs, no doubled spaces."""
    return "".join(char for char in clean(name).casefold() if char.isalnum())


def _open_text(path: Path, expects: Collection[str], limits: Limits) -> Table:
    encoding = encodings.detect(lambda: archives.open_bytes(path, limits))
    errors = "surrogateescape" if encoding in {"utf-8", "utf-8-sig"} else "replace"
    text = io.TextIOWrapper(archives.open_bytes(path, limits), encoding, errors, newline="")
    try:
        sample = text.read(SAMPLE_CHARS)
    except UnicodeError as error:
        raise Unreadable("file.not_text", encoding=encoding) from error
    _refuse_binary(sample)
    delimiter = _delimiter(sample, expects)
    lines = itertools.chain(io.StringIO(sample.replace("\0", ""), newline=""), _rest(sample, text))
    return _table(_parse(_joined(lines), delimiter), expects, encoding, delimiter, limits)


def _rest(sample: str, text: io.TextIOWrapper) -> Iterator[str]:
    """Lines after the sample; the sample's last, perhaps broken, line is joined by `_joined`."""
    return (line.replace("\0", "") for line in text)


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """Lines where the one that was cut at the end of the sample is whole again."""
    waiting = ""
    for line in lines:
        if waiting:
            line, waiting = waiting + line, ""
        if line.endswith(("\n", "\r")):
            yield line
        else:
            waiting = line
    if waiting:
        yield waiting


def _refuse_binary(sample: str) -> None:
    controls = sum(1 for char in sample[:8192] if char < " " and char not in "\t\r\n\f\0\x1f")
    if controls > 8 + len(sample[:8192]) // 50:
        raise Unreadable("file.not_text", encoding="")


def _parse(lines: Iterator[str], delimiter: str) -> Iterator[Raw]:
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != "\t")
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable("table.quote", line=start, error=str(error)) from error
        yield start, cells


def _delimiter(sample: str, expects: Collection[str]) -> str:
    """The separator that makes most lines equally wide, or that shows an expected column name."""
    wanted = {key(name) for name in expects}
    best, best_score = ";", 0.0
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        seen = 0
        reader = csv.reader(io.StringIO(sample.replace("\0", ""), newline=""), delimiter=delimiter)
        try:
            for cells in itertools.islice(reader, 200):
                if len(cells) > 1:
                    widths[len(cells)] += 1
                    seen = max(seen, len(wanted & {key(cell) for cell in cells}))
        except csv.Error:
            continue
        if not widths:
            continue
        width, lines = widths.most_common(1)[0]
        score = seen * 1000 + lines * (1 + width / 100)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _table(raw: Iterator[Raw], expects: Collection[str], encoding: str, delimiter: str, limits: Limits) -> Table:
    head = [(line, cells) for line, cells in itertools.islice(raw, HEADER_WITHIN)]
    if not any(any(cell.strip() for cell in cells) for _, cells in head):
        raise Unreadable("file.empty")
    at = _header(head, expects)
    line, cells = head[at]
    if len(cells) > limits.columns:
        raise Unreadable("table.too_many_columns", line=line, found=len(cells), limit=limits.columns)
    table = Table([], line, encoding, delimiter, _raw=itertools.chain(head[at + 1 :], raw), _limits=limits)
    table.columns = _names(line, cells, table.problems)
    if encoding == "utf-8" and any(encodings.looks_twice_encoded(cell) for _, some in head for cell in some):
        table.problems.append(noted("table.twice_encoded", line))
    return table


def _header(head: list[Raw], expects: Collection[str]) -> int:
    wanted = {key(name) for name in expects}
    if wanted:
        hits = [len(wanted & {key(cell) for cell in cells}) for _, cells in head]
        if max(hits):
            return hits.index(max(hits))
    widths = Counter(len(cells) for _, cells in head if len(cells) > 1)
    usual = max(widths, key=lambda width: (widths[width], width)) if widths else 1
    for at, (_, cells) in enumerate(head):
        filled = [cell for cell in cells if cell.strip()]
        wordy = all(not cell.strip().replace(",", "").replace(".", "").isdigit() for cell in filled)
        if len(cells) >= usual and len(filled) >= max(1, usual // 2) and wordy:
            return at
    return 0


def _names(line: int, cells: list[str], problems: list[Problem]) -> list[str]:
    """Column names, each once: a doubled one gets a number, an unnamed one its letter as in Excel."""
    names: list[str] = []
    seen: set[str] = set()
    trimmed = list(cells)
    while trimmed and not trimmed[-1].strip():
        trimmed.pop()
    for at, cell in enumerate(trimmed):
        name = clean(encodings.repair(cell)[0]) or letter(at)
        if key(name) in seen:
            problems.append(noted("table.double_column", line, name))
            name = next(new for n in itertools.count(2) if key(new := f"{name} ({n})") not in seen)
        seen.add(key(name))
        names.append(name)
    return names


def letter(at: int) -> str:
    """The column's letter in a spreadsheet: 0 is A, 26 is AA."""
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _require(table: Table, requires: Collection[str]) -> None:
    have = {key(name) for name in table.columns}
    missing = [name for name in requires if key(name) not in have]
    if missing:
        raise Unreadable(
            "table.missing_columns",
            line=table.header_line,
            missing=", ".join(missing),
            found=", ".join(table.columns)[:400],
        )
