"""Finds resources by the numbers that a supplier's list has: own numbers, shelf numbers, ISBN, EAN and the like."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from resursnav.deliver.resources.models import Edition, Identifier, Resource
from resursnav.deliver.resources.rules import SEE
from resursnav.kernel.text import clean

MOST = 2_000
LONGEST = 60
_HEADS = frozenset({"nummer", "number", "isbn", "ean", "issn", "id", "titelnummer"})


@dataclass(frozen=True, slots=True)
class Line:
    """One number, on which line it stood, and what it is the number of."""

    line: int
    number: str
    resources: tuple[Resource, ...] = ()


@dataclass(slots=True)
class Looked:
    """The lines by how it went: one resource, none, or several."""

    found: list[Line] = field(default_factory=list)
    unknown: list[Line] = field(default_factory=list)
    several: list[Line] = field(default_factory=list)

    @property
    def resources(self) -> list[Resource]:
        """Each resource once, in the order of the lines."""
        return list({line.resources[0].pk: line.resources[0] for line in self.found}.values())


def numbers_in(text: str) -> list[tuple[int, str]]:
    """The first cell of each line with its line number: a pasted column, or a CSV file with a head or without."""
    found = []
    for line, row in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        cell = clean(re.split(r"[;\t,]", row, maxsplit=1)[0]).strip("\"' ")
        if cell and not (line == 1 and cell.casefold() in _HEADS):
            found.append((line, cell[:LONGEST]))
    return found


def too_many(numbers: list[tuple[int, str]]) -> str:
    """What is wrong with how many they are; empty when nothing is."""
    if not numbers:
        return _("Klistra in minst ett nummer, eller välj en fil.")
    if len(numbers) > MOST:
        return _("Högst %(most)s nummer åt gången. Dela upp listan.") % {"most": MOST}
    return ""


def look_up(numbers: list[tuple[int, str]], person: Any) -> Looked:
    """What the numbers are the numbers of, among what the person may see; in four statements."""
    written = {number for _line, number in numbers}
    bare = {_bare(number) for number in written}
    keys: defaultdict[str, set[int]] = defaultdict(set)
    for pk, number in Resource.objects.filter(own_number__in=written).values_list("pk", "own_number"):
        keys[number].add(pk)
    for pk, number in Edition.objects.filter(number__in=written).values_list("resource", "number"):
        keys[number].add(pk)
    for pk, value in Identifier.objects.filter(value__in=written | bare).values_list("resource", "value"):
        keys[value].add(pk)
    wanted = {pk for found in keys.values() for pk in found}
    seen = Resource.objects.visible_to(person, SEE).in_bulk(list(wanted))
    looked = Looked()
    for line, number in numbers:
        hits = sorted((keys.get(number, set()) | keys.get(_bare(number), set())) & seen.keys())
        told = Line(line, number, tuple(seen[pk] for pk in hits))
        (looked.found if len(hits) == 1 else looked.several if hits else looked.unknown).append(told)
    return looked


def _bare(number: str) -> str:
    """An ISBN as it is kept, without hyphens and spaces."""
    return re.sub(r"[\s-]", "", number).upper()
