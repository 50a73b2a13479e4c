"""A batch as a person reads it: its numbers, its consequences, and what the button says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.kernel.text import number as number_text

from .kinds import ImportKind, kind_of
from .models import ImportBatch, ImportChange, ImportProblem, Status, Verdict

OF_A_REASON = 5
"""So many rows of each reason are shown: two hundred of one must not hide the only one of another."""
SHOWN_CHANGES = 25
TONES = {Status.APPLIED: "good", Status.FAILED: "danger", Status.REFUSED: "danger", Status.CHECKED: "warning"}


@dataclass(frozen=True, slots=True)
class Group:
    """What happens to some things: a heading, how many they are, and the first of them."""

    heading: str
    number: int
    rows: list[tuple[ImportChange, list[tuple[str, Any]]]]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(0, self.number - len(self.rows))


def kind(batch: ImportBatch) -> ImportKind | None:
    """The batch's kind, or None when no context knows it any longer."""
    try:
        return kind_of(batch.kind)
    except KeyError:
        return None


def label(batch: ImportBatch) -> str:
    """What the kind is called."""
    known = kind(batch)
    return str(known.label) if known else batch.kind


def tone(batch: ImportBatch) -> str:
    """How loud its status is."""
    return TONES.get(Status(batch.status), "info")


def facts(batch: ImportBatch, known: ImportKind | None) -> list[tuple[str, int]]:
    """What it does, or has done, in numbers; nothings are left out except the first."""
    withdraws = known is not None and known.withdraws
    if batch.status == Status.APPLIED:
        said = [
            (_("Nya"), batch.new), (_("Ändrade"), batch.changed), (_("Flyttade"), batch.moved),
            (_("Drogs tillbaka, saknades i filen") if withdraws else _("Saknades i filen, lämnades"), batch.missing),
            (_("Oförändrade"), batch.same), (_("Felaktiga, togs inte in"), batch.wrong),
        ]  # fmt: skip
    else:
        said = [
            (_("Nya"), batch.new), (_("Ändras"), batch.changed), (_("Flyttas"), batch.moved),
            (_("Dras tillbaka, saknas i filen") if withdraws else _("Saknas i filen, lämnas"), batch.missing),
            (_("Oförändrade"), batch.same), (_("Felaktiga, tas inte in"), batch.wrong),
        ]  # fmt: skip
    return [(name, number) for at, (name, number) in enumerate(said) if number or at == 0]


def groups(batch: ImportBatch, known: ImportKind | None) -> list[Group]:
    """The first things of each kind of consequence, with their fields before and after; in one statement."""
    headings = {
        Verdict.NEW: _("Nya"), Verdict.CHANGED: _("Ändras"), Verdict.MOVED: _("Flyttas"),
        Verdict.MISSING: _("Saknas i filen"),
    }  # fmt: skip
    if batch.status == Status.APPLIED:
        headings |= {Verdict.CHANGED: _("Ändrade"), Verdict.MOVED: _("Flyttade")}
    place = Window(RowNumber(), partition_by=F("verdict"), order_by=F("pk").asc())
    rows: dict[str, list[tuple[ImportChange, list[tuple[str, Any]]]]] = {}
    for one in batch.changes.annotate(place=place).filter(place__lte=SHOWN_CHANGES).order_by("pk"):
        rows.setdefault(one.verdict, []).append((one, _fields(one, known)))
    return [
        Group(heading, getattr(batch, verdict), rows[verdict])
        for verdict, heading in headings.items()
        if verdict in rows
    ]


def _fields(change: ImportChange, known: ImportKind | None) -> list[tuple[str, Any]]:
    return [(field_name(known, name), values) for name, values in change.fields.items()]


def field_name(known: ImportKind | None, field: str) -> str:
    """What people call a field; the source's own word for it where the kind has none."""
    return capfirst(str((known.fields if known else {}).get(field, field)))


@dataclass(frozen=True, slots=True)
class Reason:
    """Rows that were left out, or remarked on, for the same reason: the first of them, and how many more."""

    rows: list[ImportProblem]
    number: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.number - len(self.rows)


def problems(batch: ImportBatch, known: ImportKind | None) -> tuple[list[Reason], ...]:
    """What was left out and what was remarked on, by reason in the file's order; in one statement."""
    same = [F("is_note"), F("reason")]
    rows = batch.problems.annotate(
        place=Window(RowNumber(), partition_by=same, order_by=F("pk").asc()),
        number=Window(Count("pk"), partition_by=same),
    )
    found: dict[tuple[bool, str], Reason] = {}
    row: Any  # with how many there are of its reason, and what people call the field
    for row in rows.filter(place__lte=OF_A_REASON).order_by("pk"):
        row.column = field_name(known, row.field)
        found.setdefault((row.is_note, row.reason), Reason([], row.number)).rows.append(row)
    return tuple([one for (noted, _reason), one in found.items() if noted is note] for note in (False, True))


def confirm_label(batch: ImportBatch, known: ImportKind | None) -> str:
    """What the button says; nothing when there is nothing to do, for then there is no button."""
    number = batch.new + batch.changed + batch.moved
    gone = batch.missing if known and known.withdraws else 0
    if not number and not gone:
        return ""
    if not number:
        said = _("Dra tillbaka %(gone)s %(noun)s som saknas")
    elif gone:
        said = _("Ta in %(number)s %(noun)s och dra tillbaka %(gone)s")
    else:
        said = _("Ta in %(number)s %(noun)s")
    noun = _noun(known, number or gone)
    return said % {"number": number_text(number), "gone": number_text(gone), "noun": noun}


def _noun(known: ImportKind | None, number: int) -> str:
    """What the things are called when there are so many."""
    if known is None or not known.noun:
        return ngettext("post", "poster", number)
    return str(known.noun_one if number == 1 and known.noun_one else known.noun)
