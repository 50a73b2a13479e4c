"""What a register would do to the tree: new, changed, moved, the same, missing. Reads, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from resursnav.foundation.imports.reasons import Problem, noted, wrong

from .models import Branch, Counted, HeadCount, Kind, Organisation
from .registers import Entry


def label(field: str) -> str:
    """What people call the field."""
    return str(Organisation._meta.get_field(field).verbose_name)  # type: ignore[union-attr]  # none is a reverse one


@dataclass(slots=True)
class Difference:
    """One known organisation and what the register says differently about it."""

    organisation: Organisation
    entry: Entry
    name: str = ""
    parent: Organisation | None = None
    details: dict[str, Any] = field(default_factory=dict)
    counts: tuple[tuple[str, date, int], ...] = ()

    def fields(self) -> dict[str, list[Any]]:
        """Each field, in words, with what it is and what it would be, for people to look through."""
        shown: dict[str, list[Any]] = {}
        if self.name:
            shown[label("name")] = [self.organisation.name, self.name]
        if self.parent is not None:
            before = self.organisation.parent.name if self.organisation.parent else ""
            shown[label("parent")] = [before, self.parent.name]
        for what, value in self.details.items():
            shown[label(what)] = [str(getattr(self.organisation, what) or ""), str(value)]
        for what, day, number in self.counts:
            shown[f"{Counted(what).label} {day}"] = ["", str(number)]
        return shown


@dataclass(slots=True)
class Plan:
    """Everything that a register would do."""

    new: list[tuple[Entry, Organisation | None]] = field(default_factory=list)
    changed: list[Difference] = field(default_factory=list)
    moved: list[Difference] = field(default_factory=list)
    same: int = 0
    missing: list[Organisation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    closing: bool = False
    """Whether what is missing is closed, which is a change like any other, or left as it is."""

    def sizes(self) -> tuple[int, int, int]:
        """How many are new, changed and moved: what must still hold when it is done."""
        closed = len(self.missing) if self.closing else 0
        return len(self.new), len(self.changed) + closed, len(self.moved)


@dataclass(slots=True)
class _Ground:
    """What is known before: organisations by key, places by code, and what lies where."""

    known: dict[str, Organisation]
    places: dict[str, Organisation]
    above: dict[int, set[int]]
    within: set[int] | None
    counts: dict[tuple[int, str, date], int]


def _ground(kind: str, by_sigel: bool, within: Organisation | None) -> _Ground:
    rows = Organisation.objects.filter(kind=kind).select_related("parent")
    rows = rows.exclude(sigel="") if by_sigel else rows.exclude(code="")
    known = {(node.sigel if by_sigel else node.code): node for node in rows}
    coded = Organisation.objects.exclude(code="")
    wanted = coded if by_sigel else coded.exclude(kind=Kind.UNIT)
    places = {node.code: node for node in wanted}
    above: dict[int, set[int]] = {}
    for node, ancestor in Branch.objects.filter(descendant__kind=kind).values_list("descendant", "ancestor"):
        above.setdefault(node, set()).add(ancestor)
    inside = None
    if within is not None:
        inside = set(Organisation.objects.at_or_below([within.pk]).values_list("pk", flat=True))
    counts = {
        (pk, what, day): number
        for pk, what, day, number in HeadCount.objects.filter(organisation__kind=kind).values_list(
            "organisation", "what", "counted_date", "number"
        )
    }
    return _Ground(known, places, above, inside, counts)


def make_plan(entries: Iterable[Entry | Problem], *, kind: str, by_sigel: bool, within: Organisation | None) -> Plan:
    """Compare the register with the tree. With `within`, only what lies in that branch, or would, is touched."""
    plan, ground = Plan(), _ground(kind, by_sigel, within)
    seen: dict[str, Entry] = {}
    touched: set[int] = set()
    outside = 0
    for one in entries:
        if isinstance(one, Problem):
            plan.problems.append(one)
            continue
        if one.key in seen:
            plan.problems.append(_twice(one, seen[one.key]))
            continue
        seen[one.key] = one
        parent = ground.places.get(one.place)
        if one.place and parent is None:
            plan.problems.append(wrong("register.unknown_place", one.line, "place", one.place))
            continue
        node = ground.known.get(one.key)
        if _is_outside(ground, node, parent):
            outside += 1
            continue
        if parent is not None:
            touched.add(parent.pk)
        if node is None:
            _add(plan, one, parent)
        else:
            _compare(plan, ground, one, node, parent)
    if outside:
        plan.problems.append(noted("register.outside", None, count=outside))
    plan.missing = _missing(ground, seen, touched, kind)
    return plan


def _is_outside(ground: _Ground, node: Organisation | None, parent: Organisation | None) -> bool:
    if ground.within is None:
        return False
    if node is not None and node.pk not in ground.within:
        return True
    return parent is not None and parent.pk not in ground.within


def _twice(one: Entry, first: Entry) -> Problem:
    same = (one.name, one.place, dict(one.details)) == (first.name, first.place, dict(first.details))
    if same:
        return noted("record.twice_same", one.line, "key", one.key)
    return wrong("record.twice", one.line, "key", one.key, first=first.line)


def _add(plan: Plan, one: Entry, parent: Organisation | None) -> None:
    if not one.name:
        plan.problems.append(wrong("register.unknown_library", one.line, "sigel", one.key))
    elif parent is None and one.kind != Kind.REGION:
        plan.problems.append(wrong("register.no_place", one.line, "place", one.name))
    else:
        plan.new.append((one, parent))


def _compare(plan: Plan, ground: _Ground, one: Entry, node: Organisation, parent: Organisation | None) -> None:
    if node.valid_to is not None:
        plan.same += 1
        plan.problems.append(noted("register.closed_here", one.line, "key", one.key, name=node.name))
        return
    found = Difference(node, one)
    if one.name and one.name != node.name:
        found.name = one.name
    # A school in a department lies in its municipality all the same, and so does a library in a school there.
    if parent is not None and parent.pk != node.pk and parent.pk not in ground.above.get(node.pk, set()):
        found.parent = parent
    found.details = {what: value for what, value in one.details.items() if getattr(node, what) != value}
    found.counts = tuple(
        (what, day, number) for what, day, number in one.counts if ground.counts.get((node.pk, what, day)) != number
    )
    if found.parent is not None:
        plan.moved.append(found)
    elif found.name or found.details or found.counts:
        plan.changed.append(found)
    else:
        plan.same += 1


def _missing(ground: _Ground, seen: dict[str, Entry], touched: set[int], kind: str) -> list[Organisation]:
    """Open units in the places that the register speaks of, which it does not name."""
    if kind != Kind.UNIT:
        return []
    types = {entry.unit_type for entry in seen.values()}
    return [
        node
        for code, node in ground.known.items()
        if code not in seen
        and node.valid_to is None
        and node.unit_type in types
        and ground.above.get(node.pk, set()) & touched
        and (ground.within is None or node.pk in ground.within)
    ]
