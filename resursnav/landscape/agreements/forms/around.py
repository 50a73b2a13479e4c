"""Counterparts, rights, papers, and the question whether one may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.organisations.school_forms import SchoolForm

from ..facts import CounterpartFacts, RightFacts
from ..models import Counterpart, UsageRight, WayOfUse, WhoUses
from .fields import after, day, last_of, reason

CONTACT = ("name", "number", "email", "phone", "website", "note")


class CounterpartForm(forms.Form):
    """Who it is and how one reaches them."""

    owner = forms.ModelChoiceField(
        label=_("Hör till"), queryset=Organisation.objects.none(), empty_label=None, required=False
    )
    name = forms.CharField(label=_("Namn"), max_length=200, error_messages={"required": _("Skriv motpartens namn.")})
    number = forms.CharField(
        label=_("Organisationsnummer"), max_length=20, required=False, help_text=_("Tio siffror: 555555-5555.")
    )
    email = forms.EmailField(
        label=_("E-post"), required=False, error_messages={"invalid": _("Skriv en e-postadress: namn@example.org.")}
    )
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    website = forms.URLField(
        label=_("Webbplats"), required=False, assume_scheme="https",
        error_messages={"invalid": _("Skriv hela adressen, som börjar med https://.")},
    )  # fmt: skip
    note = forms.CharField(
        label=_("Anteckning"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Till exempel vem ni brukar tala med."),
    )  # fmt: skip

    def __init__(self, owners: Sequence[Organisation], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.owners = owners
        if len(owners) == 1:
            del self.fields["owner"]
        else:
            owner: Any = self.fields["owner"]
            owner.queryset = Organisation.objects.filter(pk__in=[one.pk for one in owners])
            owner.required = True

    @property
    def owner_chosen(self) -> Organisation:
        """Whose counterpart it is."""
        return self.cleaned_data.get("owner") or self.owners[0]

    def facts(self) -> CounterpartFacts:
        """What was typed, as the action wants it."""
        return CounterpartFacts(**{name: self.cleaned_data[name] for name in CONTACT})


def contact_of(counterpart: Counterpart) -> dict[str, Any]:
    """What the form shows of a counterpart."""
    return {name: getattr(counterpart, name) for name in CONTACT}


class RightForm(forms.Form):
    """What one may do, for whom and how long."""

    way = forms.ChoiceField(
        label=_("Vad får man göra?"), choices=WayOfUse.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad man får göra.")},
    )  # fmt: skip
    titles = forms.CharField(
        label=_("Titellista"), max_length=120, required=False,
        help_text=_("Lämna tomt om det gäller allt i avtalet. Annars listans namn, till exempel Svenska klassiker."),
    )  # fmt: skip
    audience = forms.MultipleChoiceField(
        label=_("För vem?"), choices=WhoUses.choices, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Välj ingen om det gäller alla."),
    )  # fmt: skip
    school_forms = forms.MultipleChoiceField(
        label=_("I vilka skolformer?"), choices=SchoolForm.choices, widget=forms.CheckboxSelectMultiple,
        required=False, help_text=_("Välj ingen om det gäller alla."),
    )  # fmt: skip
    valid_from = day(_("Från och med"), help_text=_("Lämna tomt om rättigheten följer avtalet."))
    last_day = day(_("Till och med"), help_text=_("Lämna tomt om rättigheten följer avtalet."))
    most_users = forms.IntegerField(
        label=_("Samtidiga användare, högst"), required=False, min_value=1, max_value=10_000_000
    )
    most_uses = forms.IntegerField(
        label=_("Användningar under perioden, högst"), required=False, min_value=1, max_value=1_000_000_000
    )
    note = forms.CharField(
        label=_("Anteckning"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def facts(self) -> RightFacts:
        """What was typed, as the action wants it."""
        said = dict(self.cleaned_data)
        said.pop("seen_at")
        said["valid_to"] = after(said.pop("last_day"))
        return RightFacts(**said)


def said_of(right: UsageRight) -> dict[str, Any]:
    """What the form shows of a right."""
    said = {name: getattr(right, name) for name in RightForm.base_fields if hasattr(right, name)}
    return {
        **said,
        "titles": right.titles.name if right.titles else "",
        "last_day": last_of(right.valid_to),
        "seen_at": right.updated_at.isoformat(),
    }


class EndRightForm(forms.Form):
    """A right that ends before its agreement."""

    last_day = day(_("Sista dag som rättigheten gäller"), required=True)
    reason = reason(
        _("Varför avslutas den?"), _("Står på avtalets sida och i loggen."), _("Skriv varför rättigheten avslutas.")
    )


class DocumentForm(forms.Form):
    """A paper."""

    title = forms.CharField(
        label=_("Rubrik"), max_length=200, help_text=_("Till exempel Undertecknat avtal eller Bilaga 2, prislista."),
        error_messages={"required": _("Ge handlingen en rubrik.")},
    )  # fmt: skip
    file = forms.FileField(
        label=_("Fil"), help_text=_("PDF, ODT eller DOCX, högst 20 MB."), max_length=200,
        error_messages={
            "required": _("Välj en fil."), "empty": _("Filen är tom. Välj filen igen."),
            "max_length": _("Filens namn är för långt. Ge den ett kortare namn och välj den igen."),
        },
    )  # fmt: skip


class AskForm(forms.Form):
    """May we?"""

    way = forms.ChoiceField(label=_("Vad vill du göra?"), choices=WayOfUse.choices)
    day = day(_("Vilken dag?"))
    school_form = forms.ChoiceField(
        label=_("I vilken skolform?"), choices=[("", _("Spelar ingen roll")), *SchoolForm.choices], required=False
    )
    audience = forms.ChoiceField(
        label=_("För vem?"), choices=[("", _("Spelar ingen roll")), *WhoUses.choices], required=False
    )
