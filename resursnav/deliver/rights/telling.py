"""What disappears, row by row in words: for the pages and for spreadsheets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.rules import SEE
from resursnav.landscape.agreements.models import Agreement
from resursnav.landscape.agreements.rules import SEE as SEE_AGREEMENT
from resursnav.landscape.agreements.terms import Way
from resursnav.landscape.agreements.wording import joined, ways

from .forecasting import Forecast, Gone, Without

NAMED = 3  # places that a sentence names before it counts


@dataclass(frozen=True, slots=True)
class Row:
    """An agreement in the forecast, with its ways of use and places in words."""

    gone: Gone
    ways: str
    where: str
    titles: int


@dataclass(frozen=True, slots=True)
class Line:
    """What one title loses, and which agreements still give a right to it."""

    resource: Resource
    lost: tuple[tuple[str, str], ...]  # (way of use, where)
    kept: str


def where(places: Collection[int], names: Mapping[int, str]) -> str:
    """The places by name: all of them when they are everything there is, else the first and how many more."""
    if len(places) == len(names) > 1:
        return _("alla %(n)s kommuner och enheter") % {"n": len(names)}
    known = [name for key, name in names.items() if key in places]
    if len(known) <= NAMED + 1:
        return joined(known)
    left = len(known) - NAMED
    said = {"first": ", ".join(known[:NAMED]), "n": left}
    return ngettext("%(first)s och %(n)s till", "%(first)s och %(n)s till", left) % said


def forecast_rows(found: Forecast) -> list[Row]:
    """The forecast in words."""
    return [
        Row(gone, ways(way for way in Way if way in gone.ways), where(gone.places, found.names), len(gone.titles))
        for gone in found.rows
    ]


def forecast_heads() -> tuple[str, ...]:
    """The heads of the forecast as a sheet."""
    return (
        _("Sista dag"), pgettext("one", "Avtal"), _("Motpart"), _("Titlar som försvinner"), _("Hur de används"),
        _("För vem"), _("Användningar senaste året"), _("Kronor per användning"), _("Pris per år"),
    )  # fmt: skip


def cells(row: Row) -> list[str]:
    """One row of the sheet."""
    gone = row.gone
    return [
        gone.last_day.isoformat(), gone.agreement.title, gone.agreement.counterpart.name, str(row.titles), row.ways,
        row.where, str(gone.uses), _kronor(gone.cost_per_use), _kronor(gone.price),
    ]  # fmt: skip


def losses_told(told: Without, person: Any) -> list[Line]:
    """Title by title what is lost, first those that lose most; in two statements."""
    titles = Resource.objects.visible_to(person, SEE).filter(pk__in=told.lost).order_by("title", "pk")
    giving = {key for kept in told.kept.values() for key in kept}
    agreements = dict(
        Agreement.objects.visible_to(person, SEE_AGREEMENT).filter(pk__in=giving).values_list("pk", "title")
    )
    lines = [
        Line(
            title,
            tuple(
                (ways([way]), where(told.lost[title.pk][way], told.names)) for way in Way if way in told.lost[title.pk]
            ),
            joined(sorted(agreements[key] for key in told.kept.get(title.pk, ()) if key in agreements)),
        )
        for title in titles
    ]
    return sorted(lines, key=lambda line: bool(line.kept))


def losses_heads() -> tuple[str, ...]:
    """The heads of the losses as a sheet."""
    return (_("Titel"), _("Nummer"), _("Försvinner"), _("Finns kvar genom"))


def losses_cells(line: Line) -> list[str]:
    """One title as a row of the sheet."""
    lost = "; ".join(f"{way}: {places}" for way, places in line.lost)
    return [line.resource.title, line.resource.own_number, lost, line.kept]


def _kronor(amount: Any) -> str:
    return f"{amount:.2f}".replace(".", ",") if amount is not None else ""
