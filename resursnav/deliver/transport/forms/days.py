"""Opening hours, closed days and school breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.organisations.models import Organisation

from .. import breaks
from ..facts import BreakFacts, ClosedFacts
from ..models import BreakKind, ClosedDays, OpeningHours, SchoolBreak, Weekday
from .fields import after, day, few, hour, last_of


class HoursForm(forms.Form):
    """A row for each weekday, and how long the centre needs."""

    processing_days = few(_("Öppna dagar som ni behöver för att packa"), _("0 om det går samma dag."))

    def __init__(self, data: Any = None, *, hours: Iterable[OpeningHours] = (), processing_days: int = 0) -> None:
        known = {one.weekday: one for one in hours}
        super().__init__(data, initial={"processing_days": processing_days})
        for weekday in Weekday:
            one = known.get(weekday)
            opens, closes = hour(_("Öppnar")), hour(_("Stänger"))
            opens.initial, closes.initial = (one.opens, one.closes) if one else (None, None)
            self.fields[f"opens_{weekday}"], self.fields[f"closes_{weekday}"] = opens, closes

    def rows(self) -> list[tuple[str, Any, Any]]:
        """Each weekday with its two boxes."""
        return [(str(day.label), self[f"opens_{day}"], self[f"closes_{day}"]) for day in Weekday]

    def clean(self) -> dict[str, Any]:
        """Both boxes or none."""
        cleaned = super().clean() or {}
        for weekday in Weekday:
            opens, closes = cleaned.get(f"opens_{weekday}"), cleaned.get(f"closes_{weekday}")
            name = f"closes_{weekday}" if opens and not closes else f"opens_{weekday}"
            if bool(opens) is not bool(closes) and name not in self.errors:
                self.add_error(name, _now("Skriv både när ni öppnar och när ni stänger, eller lämna båda tomma."))
        return cleaned

    def hours(self) -> dict[int, tuple[time, time]]:
        """The weekdays that have hours."""
        boxes = {int(day): (self.cleaned_data[f"opens_{day}"], self.cleaned_data[f"closes_{day}"]) for day in Weekday}
        return {weekday: (opens, closes) for weekday, (opens, closes) in boxes.items() if opens and closes}


class _Days(forms.Form):
    """From a day to a day, both counted."""

    valid_from = day(_("Första dag"), required=True)
    last_day = day(_("Sista dag"), help_text=_("Lämna tomt om det är en enda dag."))

    def clean(self) -> dict[str, Any]:
        """The days must come in their order."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _now("Sista dagen kan inte komma före den första."))
        return cleaned

    def end(self) -> Any:
        """The day after the last one."""
        return after(self.cleaned_data["last_day"] or self.cleaned_data["valid_from"]) or date.max


class ClosedForm(_Days):
    """When the centre is closed, and why."""

    reason = forms.CharField(
        label=_("Varför?"), max_length=120, help_text=_("Syns för skolorna, till exempel Inventering."),
        error_messages={"required": _("Skriv varför ni har stängt.")},
    )  # fmt: skip

    def facts(self) -> ClosedFacts:
        """What was typed, as the action wants it."""
        return ClosedFacts(self.cleaned_data["valid_from"], self.end(), self.cleaned_data["reason"])


def closed_of(closed: ClosedDays) -> dict[str, Any]:
    """What the form shows of closed days."""
    return {"valid_from": closed.valid_from, "last_day": last_of(closed.valid_to), "reason": closed.reason}


class BreakForm(_Days):
    """Which break, where and when."""

    organisation = forms.ModelChoiceField(
        label=_("Gäller i"), queryset=Organisation.objects.none(), empty_label=None,
        error_messages={"required": _("Välj var det gäller."), "invalid_choice": _("Välj var det gäller.")},
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Vilket lov?"), choices=BreakKind.choices)
    name = forms.CharField(
        label=_("Vad det kallas"), max_length=80, required=False, help_text=_("Behövs för annan ledig tid.")
    )
    field_order = ("organisation", "kind", "name", "valid_from", "last_day")

    def __init__(self, places: QuerySet[Organisation] | None, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        chosen: Any = self.fields["organisation"]
        if places is None:
            del self.fields["organisation"]
        else:
            chosen.queryset = places

    def facts(self) -> BreakFacts:
        """What was typed, as the action wants it."""
        said = self.cleaned_data
        return BreakFacts(said["kind"], said["valid_from"], self.end(), said["name"])


def break_of(free: SchoolBreak) -> dict[str, Any]:
    """What the form shows of a break."""
    return {
        "kind": free.kind, "name": free.name, "valid_from": free.valid_from, "last_day": last_of(free.valid_to),
    }  # fmt: skip


class CopyForm(forms.Form):
    """Last year's breaks as next year's, each with its days to put right and a box to leave it out."""

    def __init__(self, rows: Sequence[SchoolBreak], data: Any = None) -> None:
        super().__init__(data)
        self.rows = list(rows)
        for row in self.rows:
            start, end = breaks.next_year(breaks.Kind(row.kind), row.valid_from, row.valid_to)
            first = day(_("Första dag"), required=True, initial=start)
            last = day(_("Sista dag"), required=True, initial=last_of(end))
            take = forms.BooleanField(label=_("Ta med"), required=False, initial=True)
            self.fields.update({f"take_{row.pk}": take, f"first_{row.pk}": first, f"last_{row.pk}": last})

    def lines(self) -> list[tuple[SchoolBreak, Any, Any, Any]]:
        """Each break with its three boxes."""
        return [(row, self[f"take_{row.pk}"], self[f"first_{row.pk}"], self[f"last_{row.pk}"]) for row in self.rows]

    def wanted(self) -> list[tuple[Organisation, BreakFacts]]:
        """What is to be added."""
        said = self.cleaned_data
        return [
            (row.organisation, BreakFacts(row.kind, said[f"first_{row.pk}"], after(said[f"last_{row.pk}"]) or date.max,
                                          row.name))
            for row in self.rows
            if said[f"take_{row.pk}"]
        ]  # fmt: skip


class ImportForm(forms.Form):
    """A file with breaks."""

    file = forms.FileField(
        label=_("Fil"), help_text=_("CSV eller Excel med kolumnerna kommun, lov, från och till."),
        error_messages={"required": _("Välj en fil."), "empty": _("Filen är tom. Välj filen igen.")},
    )  # fmt: skip
