"""The registers as kinds of import: what is said before, and what is done after somebody has said yes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.imports import words
from resursnav.foundation.imports.kinds import ImportKind, Log, register
from resursnav.foundation.imports.models import ImportBatch
from resursnav.foundation.imports.reasons import Unreadable

from . import registers
from .actions import take_in
from .actions._tree import lock_tree
from .models import Kind, Organisation
from .plans import Plan, label, make_plan
from .rules import IMPORT

YES = frozenset({"1", "true", "True", "on", "ja", "yes"})
WORDS: dict[str, Any] = {
    "register.bad_code": _("Koden ska ha %(digits)s siffror."),
    "register.bad_sigel": _("En sigel är bokstäver och siffror, högst tolv tecken."),
    "register.bad_postcode": _("Postnumret har inte fem siffror. Fältet lämnas tomt."),
    "register.bad_place": _("Läget på kartan går inte att läsa. Fältet lämnas tomt."),
    "register.bad_day": _("Dagen som siffrorna gäller går inte att läsa: %(value)s. Skriv den som 2025-06-30."),
    "register.unknown_place": _("Det finns ingen kommun, inget län och ingen skola med den koden. Läs in dem först."),
    "register.no_place": _("Registret säger inte i vilken kommun enheten ligger, så den kan inte läggas till."),
    "register.no_school": _("Biblioteket har ingen skolenhetskod i filen. Det ligger kvar där det ligger."),
    "register.unknown_library": _("Det finns inget bibliotek med den sigeln. Läs in biblioteken först."),
    "register.closed_here": _(
        "%(name)s är stängd här men finns i filen. Den ändras inte. Öppna den igen om den finns."
    ),
    "register.outside": _("%(count)s rader gäller platser som du inte ansvarar för. De rörs inte."),
}


@dataclass(frozen=True)
class Register:
    """A public register: how it is read, and how its organisations are known again."""

    code: str
    label: Any
    noun: Any
    noun_one: Any
    read: Callable[[Path, Mapping[str, Any]], registers.Read]
    kind: str
    by_sigel: bool = False

    def plan(self, batch: ImportBatch) -> Plan:
        """What the batch would do now."""
        entries = self.read(batch.path, batch.options)
        plan = make_plan(entries, kind=self.kind, by_sigel=self.by_sigel, within=batch.organisation)
        if self.read is registers.school_libraries:
            plan.missing = []  # the list says where libraries belong, not which there are
        plan.closing = str(batch.options.get("close_missing") or "") in YES
        return plan

    def check(self, batch: ImportBatch, log: Log) -> None:
        """Say what the file would do."""
        plan = self.plan(batch)
        for problem in plan.problems:
            log.problem(problem)
        for entry, parent in plan.new:
            where = {label("parent"): ["", parent.name]} if parent else {}
            log.change("new", entry.name, key=entry.key, line=entry.line, fields=where)
        for verdict, found in (("changed", plan.changed), ("moved", plan.moved)):
            for one in found:
                key, line = one.entry.key, one.entry.line
                log.change(verdict, one.organisation.name, key=key, line=line, fields=one.fields())
        verdict, closed = ("changed", {label("valid_to"): ["", gettext("stängs")]}) if plan.closing else ("missing", {})
        for node in plan.missing:
            log.change(verdict, node.name, key=node.sigel if self.by_sigel else node.code, fields=closed)
        log.count("same", plan.same)

    @transaction.atomic
    def apply(self, batch: ImportBatch, log: Log) -> None:
        """Do it, if it is still what was shown."""
        lock_tree()
        plan = self.plan(batch)
        if plan.sizes() != (batch.new, batch.changed, batch.moved):
            raise Unreadable("import.moved_on")
        by: Any = batch.confirmed_by
        at = batch.heard_at or batch.received_at
        take_in(plan=plan, register=str(self.label), by=by, at=at)
        for verdict, number in zip(("new", "changed", "moved"), plan.sizes(), strict=True):
            log.count(verdict, number)
        log.count("same", plan.same)
        log.count("missing", 0 if plan.closing else len(plan.missing))


REGISTERS = {
    one.code: one
    for one in (
        Register("counties", _("Län"), _("län"), _("län"), registers.counties, Kind.REGION),
        Register(
            "municipalities", _("Kommuner"), _("kommuner"), _("kommun"), registers.municipalities, Kind.MUNICIPALITY
        ),
        Register("schools", _("Skolenheter"), _("skolor"), _("skola"), registers.schools, Kind.UNIT),
        Register(
            "libraries", _("Bibliotek"), _("bibliotek"), _("bibliotek"), registers.libraries, Kind.UNIT, by_sigel=True
        ),
        Register(
            "school-libraries", _("Skolbibliotekens skolor"), _("skolbibliotek"), _("skolbibliotek"),
            registers.school_libraries, Kind.UNIT, by_sigel=True,
        ),
    )
}  # fmt: skip


# What people call the columns of a register; the rest are called as on the organisation's page.
_CALLED: dict[str, Any] = {
    "place": _("kommun- eller länskod"),
    "school": _("skolenhetskod"),
    "type": _("bibliotekstyp"),
    "pupils": _("antal elever"),
    "inhabitants": _("invånare"),
}
NAMES: dict[str, Any] = {
    name: _CALLED.get(name) or Organisation._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # none is a reverse one
    for name in registers.COLUMNS
}


def declare() -> None:
    """Make the registers known as kinds of import."""
    words.add(WORDS)
    for one in REGISTERS.values():
        register(
            ImportKind(
                one.code, one.label, one.check, one.apply,
                done_url="organisations:list", done_label=_("Till organisationerna"), noun=one.noun,
                noun_one=one.noun_one, new_url="organisations:imports", new_label=_("Läs in register"),
                new_rule=IMPORT, fields=NAMES,
            )
        )  # fmt: skip
