"""Carriers and routes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.organisations.models import Organisation

from ..facts import CarrierFacts, RouteFacts
from ..models import Carrier, Route, RouteWay, RouteWeeks, Weekday
from .fields import after, day, few, hour, last_of

CONTACT = ("name", "way", "phone", "email", "note")
PLAIN = ("carrier", "name", "weeks", "cut_off_days", "cut_off_time", "transit_days", "collects", "valid_from", "note")


class CarrierForm(forms.Form):
    """Who carries, and how one reaches them."""

    name = forms.CharField(
        label=_("Namn"), max_length=120, help_text=_("Till exempel Centrets bil eller Posten."),
        error_messages={"required": _("Ge transportören ett namn.")},
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("Hur går det?"), choices=RouteWay.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur det går.")},
    )  # fmt: skip
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("E-post"), required=False, error_messages={"invalid": _("Skriv en e-postadress: namn@example.org.")}
    )
    note = forms.CharField(
        label=_("Anteckning"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def facts(self) -> CarrierFacts:
        """What was typed, as the action wants it."""
        return CarrierFacts(**{name: self.cleaned_data[name] for name in CONTACT})


def contact_of(carrier: Carrier) -> dict[str, Any]:
    """What the form shows of a carrier."""
    return {name: getattr(carrier, name) for name in CONTACT}


class RouteForm(forms.Form):
    """When it goes and how late one may order."""

    carrier = forms.ModelChoiceField(
        label=_("Transportör"), queryset=Carrier.objects.none(), empty_label=None,
        error_messages={"required": _("Välj vem som kör."), "invalid_choice": _("Välj vem som kör.")},
    )  # fmt: skip
    name = forms.CharField(
        label=_("Namn på turen"), max_length=120, help_text=_("Till exempel Norra turen."),
        error_messages={"required": _("Ge turen ett namn.")},
    )  # fmt: skip
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Går på"), choices=Weekday.choices, coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Vid avhämtning behövs inga dagar: då gäller centrets öppettider."),
    )  # fmt: skip
    weeks = forms.ChoiceField(
        label=_("Veckor"), choices=RouteWeeks.choices, widget=forms.RadioSelect,
        help_text=_("Efter ett år med 53 veckor kommer två udda veckor efter varandra."),
    )  # fmt: skip
    cut_off_days = few(_("Beställ senast så många öppna dagar före"), _("0 är samma dag som turen går."))
    cut_off_time = hour(_("Senast klockan"), required=True)
    transit_days = few(_("Arbetsdagar på väg"), _("0 om det är framme samma dag."))
    collects = forms.BooleanField(label=_("Tar också med sig det som ska tillbaka"), required=False)
    valid_from = day(_("Första dag"), help_text=_("Lämna tomt om turen redan går."))
    last_day = day(_("Sista dag"), help_text=_("Lämna tomt om turen går tills vidare."))
    note = forms.CharField(
        label=_("Anteckning"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Står överst på körlistan."),
    )  # fmt: skip
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, owners: Sequence[Organisation], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        chosen: Any = self.fields["carrier"]
        chosen.queryset = Carrier.objects.filter(owner__in=[owner.pk for owner in owners])

    def clean(self) -> dict[str, Any]:
        """The days must come in their order."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _now("Sista dagen kan inte komma före den första."))
        return cleaned

    def facts(self) -> RouteFacts:
        """What was typed, as the action wants it."""
        said = {name: self.cleaned_data[name] for name in PLAIN}
        return RouteFacts(weekdays=self.cleaned_data["weekdays"], valid_to=after(self.cleaned_data["last_day"]), **said)


NEW: dict[str, Any] = {"weeks": RouteWeeks.EVERY, "cut_off_days": 1, "cut_off_time": "12:00", "transit_days": 0,
                       "collects": True}  # fmt: skip


def said_of(route: Route) -> dict[str, Any]:
    """What the form shows of a route."""
    return {
        **{name: getattr(route, name) for name in PLAIN},
        "carrier": route.carrier_id,
        "weekdays": route.weekdays,
        "last_day": last_of(route.valid_to),
        "seen_at": route.updated_at.isoformat(),
    }


class EndForm(forms.Form):
    """A route that goes for the last time."""

    last_day = day(_("Sista dag som turen går"), required=True)
    reason = forms.CharField(
        label=_("Varför avslutas den?"), help_text=_("Står i loggen."), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": _("Skriv varför turen avslutas.")},
    )  # fmt: skip
