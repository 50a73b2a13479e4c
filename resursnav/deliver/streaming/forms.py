"""Typing a code, making one, giving it more time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.organisations.models import Organisation

from .actions.codes import MOST_PUPILS
from .models import CodeWay

LESSON = timedelta(hours=2)
WEEK = timedelta(days=7)


class EnterForm(forms.Form):
    """Eight digits."""

    code = forms.CharField(
        label=_("Koden från din lärare"),
        max_length=40,
        help_text=_("Åtta siffror, till exempel 4821 7730. Mellanslag spelar ingen roll."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "st-digits"}),
        error_messages={
            "required": _("Skriv koden."),
            "max_length": _("En kod har åtta siffror, till exempel 4821 7730."),
        },
    )


class Length:
    """For how long a code holds: the choices, and what each means."""

    CHOICES = (
        ("lesson", _("en lektion (två timmar)")),
        ("today", _("resten av dagen")),
        ("week", _("en vecka")),
        ("until", _("till och med en dag som jag väljer")),
    )


class TimeForm(forms.Form):
    """For how long."""

    length = forms.ChoiceField(
        label=_("Hur länge ska koden gälla?"), choices=Length.CHOICES, widget=forms.RadioSelect, initial="lesson",
        help_text=_("En kod för klassrummet som gäller flera dagar öppnar bara i skoltid."),
        error_messages={"required": _("Välj hur länge koden ska gälla.")},
    )  # fmt: skip
    last_day = forms.DateField(
        label=_("Sista dag"), required=False, help_text=_("Om du har valt en egen dag."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Skriv en dag som finns, till exempel 2027-06-30.")},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The own day is needed when it was chosen."""
        said = super().clean() or {}
        if said.get("length") == "until" and not said.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("Skriv vilken dag koden ska sluta gälla."))
        if (last := said.get("last_day")) and last.year > timezone.localdate().year + 100:
            self.add_error("last_day", _("Välj en närmare dag."))
        return said

    def ends_at(self, at: datetime) -> datetime:
        """The moment at which the code ends."""
        today = timezone.localdate(at)
        match self.cleaned_data["length"]:
            case "lesson":
                return at + LESSON
            case "today":
                return _after(today)
            case "week":
                return _after(today + WEEK)
            case _:
                return _after(self.cleaned_data["last_day"])


class CodeForm(TimeForm):
    """For whom, where and how long."""

    place = forms.ModelChoiceField(
        label=_("För vilken enhet?"), queryset=Organisation.objects.none(), empty_label=None,
        error_messages={"required": _("Välj enhet."), "invalid_choice": _("Välj en enhet där du arbetar.")},
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("Var ska eleverna använda den?"), choices=CodeWay.choices, widget=forms.RadioSelect,
        initial=CodeWay.STREAM_CLASS, error_messages={"required": _("Välj var koden ska användas.")},
    )  # fmt: skip
    most_pupils = forms.IntegerField(
        label=_("Hur många elever, som mest?"), min_value=1, max_value=MOST_PUPILS, initial=30,
        help_text=_("När så många har kommit in släpper koden inte in fler."),
        error_messages={"required": _("Skriv hur många elever."), "invalid": _("Skriv ett antal med siffror.")},
    )  # fmt: skip
    name = forms.CharField(
        label=_("Till vilken grupp?"), max_length=80, required=False,
        help_text=_("Så att du känner igen koden, till exempel 5B eller NO torsdag. Skriv inga namn på elever."),
    )  # fmt: skip

    field_order = ("place", "way", "length", "last_day", "most_pupils", "name")

    def __init__(self, places: Sequence[Organisation], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.places = places
        if len(places) == 1:
            del self.fields["place"]
        else:
            choice: Any = self.fields["place"]
            choice.queryset = Organisation.objects.filter(pk__in=[one.pk for one in places])

    @property
    def place_chosen(self) -> Organisation:
        """The unit whose pupils it is for."""
        found: Organisation = self.cleaned_data.get("place") or self.places[0]
        return found


def _after(day: date) -> datetime:
    """The midnight that ends the day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
