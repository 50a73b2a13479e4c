"""A table of items (CSV or Excel) as a plan: which are new, which say something else, which rows are wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from resursnav.deliver.resources.models import Edition, Resource
from resursnav.foundation.imports.cells import clean, read_decimal
from resursnav.foundation.imports.reasons import Problem, Unreadable, wrong
from resursnav.foundation.imports.tabular import Row, key, open_table

from . import codes
from .facts import ItemFacts
from .models import PHYSICAL, Condition, Holding, Item, StockPlace
from .models.item import HIGHEST_VALUE

KIND = "stock-items"
MOST = 50_000
CHUNK = 500

# What a column may be called, in any spelling.
COLUMNS: dict[str, tuple[str, ...]] = {
    "barcode": ("streckkod", "barcode", "exemplarnummer"),
    "number": ("nummer", "number", "signum"),
    "media_type": ("form", "medietyp", "media type"),
    "place": ("plats", "platskod", "place"),
    "shelf": ("hylla", "shelf"),
    "condition": ("skick", "condition"),
    "value": ("värde", "ersättningsvärde", "value"),
    "note": ("anteckning", "note"),
}
WORDS: dict[str, Any] = {
    "stock.bad_barcode": _("En streckkod har 3-24 tecken: A-Z, siffror, och mellan dem . / och -."),
    "stock.retired": _("Exemplaret är gallrat. Ta först tillbaka gallringen på dess sida."),
    "stock.no_number": _("Ett nytt exemplar behöver sitt bestånds eller sin resurs nummer."),
    "stock.unknown_number": _("Centret har varken ett bestånd eller en resurs med det numret."),
    "stock.which_form": _("Resursen finns i flera former, eller i ingen som står på en hylla. Skriv vilken."),
    "stock.other_holding": _("Streckkoden sitter på ett exemplar av något annat."),
    "stock.unknown_place": _("Det finns ingen plats med den koden. Lägg till den under Platser och nummer."),
    "stock.unknown_condition": _("Skriv skicket som ny, bra, sliten eller dålig."),
    "stock.bad_value": _("Värdet ska vara ett belopp från 0 till 10 miljoner kronor."),
    "stock.too_many": _("Filen har fler än %(most)s rader. Dela den."),
}

Form = tuple[int, str]
"""A resource and the form that it is held in."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row that can be taken in."""

    line: int
    barcode: str
    form: Form | None
    facts: ItemFacts


@dataclass(slots=True)
class Plan:
    """What the file does: items to add, and items to change with what is said of them now."""

    new: list[Line] = field(default_factory=list)
    changed: list[tuple[Item, Line]] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)

    def sizes(self) -> tuple[int, int]:
        """New, changed."""
        return len(self.new), len(self.changed)


def plan(path: Path, owner_id: int) -> Plan:
    """Read the whole file. A column that it lacks changes nothing; an empty cell empties."""
    found = Plan()
    names = [name for spellings in COLUMNS.values() for name in spellings]
    table = open_table(path, expects=names)
    columns = dict(_columns(table.columns))
    if "barcode" not in columns:
        raise Unreadable("table.missing_columns", missing=COLUMNS["barcode"][0], found=", ".join(table.columns))
    found.problems += table.problems
    reader, chunk = _Reader(owner_id, columns, found), []
    for number, row in enumerate(table.rows()):
        if number >= MOST:
            raise Unreadable("stock.too_many", most=MOST)
        if isinstance(row, Problem):
            found.problems.append(row)
            continue
        chunk.append(row)
        if len(chunk) == CHUNK:
            reader.read(chunk)
            chunk = []
    reader.read(chunk)
    return found


def _columns(given: Iterable[str]) -> Iterable[tuple[str, str]]:
    known = {key(name): field for field, names in COLUMNS.items() for name in names}
    return ((known[key(column)], column) for column in given if key(column) in known)


class _Reader:
    """Reads rows, some hundred at a time, with what the database knows of them."""

    def __init__(self, owner_id: int, columns: dict[str, str], plan: Plan) -> None:
        self.owner_id, self.columns, self.plan = owner_id, columns, plan
        self.seen: dict[str, int] = {}
        self.places = {place.code: place for place in StockPlace.objects.filter(owner=owner_id)}
        self.conditions = {_word(str(word)): code for code, word in Condition.choices} | {"ny": Condition.NEW}

    def read(self, rows: list[Row]) -> None:
        """Sort the rows into the plan."""
        barcodes = [codes.tidy(self.text(row, "barcode")) for row in rows]
        kept = Item.objects.filter(owner=self.owner_id, barcode__in=barcodes).select_related("holding", "place")
        items = {item.barcode: item for item in kept}
        forms = self.forms({self.text(row, "number") for row in rows} - {""})
        for row, barcode in zip(rows, barcodes, strict=True):
            read = self.line(row, barcode, items.get(barcode), forms)
            if isinstance(read, Problem):
                self.plan.problems.append(read)
                continue
            item = items.get(barcode)
            if item is None:
                self.plan.new.append(read)
            elif said(item) != read.facts:
                self.plan.changed.append((item, read))
            else:
                self.plan.same += 1

    def text(self, row: Row, name: str) -> str:
        """The cell, or nothing where the file has no such column."""
        column = self.columns.get(name)
        return " ".join(clean(row[column]).split()) if column else ""

    def line(self, row: Row, barcode: str, item: Item | None, forms: dict[str, list[Form]]) -> Line | Problem:
        """The row as it can be taken in, or why it cannot."""
        if not codes.is_code(barcode):
            return wrong("stock.bad_barcode", row.line, self.columns["barcode"], barcode)
        if barcode in self.seen:
            return wrong("record.twice", row.line, self.columns["barcode"], barcode, first=self.seen[barcode])
        self.seen[barcode] = row.line
        if item is not None and item.is_retired:
            return wrong("stock.retired", row.line, self.columns["barcode"], barcode)
        form = self.form(row, item, forms)
        if isinstance(form, Problem):
            return form
        facts = self.facts(row, said(item) if item else ItemFacts())
        return facts if isinstance(facts, Problem) else Line(row.line, barcode, form, facts)

    def form(self, row: Row, item: Item | None, forms: dict[str, list[Form]]) -> Form | Problem | None:
        """What it is an item of."""
        number, media_type = self.text(row, "number"), _word(self.text(row, "media_type"))
        column = self.columns.get("number", "")
        if not number:
            return None if item is not None else wrong("stock.no_number", row.line, column)
        known = forms.get(number)
        if known is None:
            return wrong("stock.unknown_number", row.line, column, number)
        if media_type:
            known = [form for form in known if media_type in (form[1], _MEDIA[form[1]])]
        if item is not None:
            own = (item.holding.resource_id, item.holding.media_type)
            return own if own in known else wrong("stock.other_holding", row.line, column, number)
        return known[0] if len(known) == 1 else wrong("stock.which_form", row.line, column, number)

    def facts(self, row: Row, now: ItemFacts) -> ItemFacts | Problem:
        """What the row says, over what is said now."""
        given: dict[str, Any] = {name: getattr(now, name) for name in ItemFacts.__dataclass_fields__}
        for name, (reads, reason) in self.readers().items():
            if name in self.columns:
                text = self.text(row, name)
                value = reads(text)
                if value is _WRONG:
                    return wrong(reason, row.line, self.columns[name], text)
                given[name] = value
        return ItemFacts(**given)

    def readers(self) -> dict[str, tuple[Callable[[str], Any], str]]:
        """How each cell is read, and what is said when it cannot be."""
        return {
            "place": (self.place, "stock.unknown_place"),
            "shelf": (lambda text: text[:60], ""),
            "condition": (self.condition, "stock.unknown_condition"),
            "value": (_kronor, "stock.bad_value"),
            "note": (lambda text: text[:500], ""),
        }

    def place(self, text: str) -> Any:
        """The place with the code."""
        return self.places.get(codes.tidy(text), _WRONG) if text else None

    def condition(self, text: str) -> Any:
        """The condition in words."""
        return self.conditions.get(_word(text), _WRONG) if text else Condition.GOOD

    def forms(self, numbers: set[str]) -> dict[str, list[Form]]:
        """Number -> what it is the number of: a holding by its own number, else a resource by its or an edition's."""
        found: dict[str, list[Form]] = {}
        held = Holding.objects.filter(owner=self.owner_id, number__in=numbers)
        for number, resource, media_type in held.values_list("number", "resource", "media_type"):
            found.setdefault(number, []).append((resource, media_type))
        left = numbers - found.keys()
        physical = Edition.objects.filter(resource__owner=self.owner_id, media_type__in=PHYSICAL)
        for path in ("resource__own_number", "number"):
            rows = physical.filter(**{f"{path}__in": left}).values_list(path, "resource", "media_type")
            for number, resource, media_type in rows:
                forms = found.setdefault(number, [])
                if (resource, media_type) not in forms:
                    forms.append((resource, media_type))
        known = Resource.objects.filter(owner=self.owner_id, own_number__in=left - found.keys())
        return {number: [] for number in known.values_list("own_number", flat=True)} | found


def said(item: Item) -> ItemFacts:
    """What is said of the item now; reads its place."""
    return ItemFacts(item.place, item.shelf, item.condition, item.note, item.value)


_WRONG = object()
_MEDIA = {str(one.value): str(one.label).casefold() for one in PHYSICAL}


def _word(text: str) -> str:
    """A word as it is compared: "som ny" and "ny" are both written."""
    return text.casefold().removeprefix("som ")


def _kronor(text: str) -> Any:
    if not text:
        return None
    value = read_decimal(text.casefold().removesuffix("kr")).value
    if value is None or not Decimal(0) <= value <= HIGHEST_VALUE:
        return _WRONG
    return value.quantize(Decimal("0.01"))
