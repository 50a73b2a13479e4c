"""The agreement itself: its facts, its end, its next period and who pays."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import Organisation

from ..facts import AgreementFacts
from ..models import Agreement, CostShare, Counterpart, PriceRule, Renewal, ShareKey
from ..rules import KEEPERS, LOCAL
from .fields import Kronor, after, day, last_of, reason

HOLDERS = [(role.value, role.label) for role in Role if role in KEEPERS | LOCAL | {Role.EXPERT}]
PLAIN = (
    "number", "title", "about", "valid_from", "renewal", "renewal_months", "notice_months", "notice_date", "answers",
    "price", "price_rule", "price_percent", "price_index", "price_date", "note",
)  # fmt: skip


def _months(label: Any, *, required: bool = False, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=help_text, required=required, min_value=0, max_value=240,
        error_messages={"invalid": _("Skriv antalet månader med siffror.")},
    )  # fmt: skip


class AgreementForm(forms.Form):
    """What stands in the agreement."""

    owner = forms.ModelChoiceField(
        label=_("Vem har tecknat avtalet?"), queryset=Organisation.objects.none(), empty_label=None, required=False
    )
    title = forms.CharField(
        label=_("Namn på avtalet"), max_length=200,
        help_text=_("Så att ni känner igen det, till exempel Skolfilm 2026–2029."),
        error_messages={"required": _("Ge avtalet ett namn.")},
    )  # fmt: skip
    number = forms.CharField(label=_("Avtalsnummer"), max_length=60, required=False)
    counterpart = forms.ModelChoiceField(
        label=_("Motpart"), queryset=Counterpart.objects.none(), required=False, empty_label=_("Ny motpart")
    )
    new_counterpart = forms.CharField(
        label=_("Den nya motpartens namn"), max_length=200, required=False,
        help_text=_("Bara om motparten inte finns i listan."),
    )  # fmt: skip
    about = forms.CharField(
        label=_("Vad avtalet gäller"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    valid_from = day(_("Första dag"), required=True, missing=_("Skriv vilken dag avtalet börjar gälla."))
    last_day = day(_("Sista dag"), help_text=_("Lämna tomt om avtalet gäller tills vidare."))
    renewal = forms.ChoiceField(
        label=_("Om ingen gör något"), choices=[(code, label) for code, label in Renewal.choices],
        widget=forms.RadioSelect,
    )  # fmt: skip
    renewal_months = _months(_("Förlängs med antal månader"))
    notice_months = _months(_("Uppsägningstid i månader"), required=True)
    notice_date = day(
        _("Sista uppsägningsdag enligt avtalet"),
        help_text=_("Bara om avtalet nämner en viss dag. Annars räknas den ut från uppsägningstiden."),
    )
    answers = forms.ChoiceField(
        label=_("Vem svarar för avtalet?"), choices=HOLDERS,
        help_text=_("Den som har rollen hos avtalsparten får påminnelserna."),
    )  # fmt: skip
    price = Kronor(label=_("Pris per år i kronor"), required=False, min_value=Decimal(0))
    price_rule = forms.ChoiceField(label=_("Hur priset ändras"), choices=PriceRule.choices)
    price_percent = Kronor(label=_("Höjning i procent per år"), required=False)
    price_index = forms.CharField(label=_("Vilket index"), max_length=100, required=False)
    price_date = day(_("Priset gäller från"), help_text=_("Varje år på den dagen ändras priset."))
    note = forms.CharField(
        label=_("Anteckning"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, owners: Sequence[Organisation], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        keys = [owner.pk for owner in owners]
        chosen: Any = self.fields["counterpart"]
        chosen.queryset = Counterpart.objects.filter(owner__in=keys)
        if len(owners) == 1:
            del self.fields["owner"]
        else:
            owner: Any = self.fields["owner"]
            owner.queryset, owner.required = Organisation.objects.filter(pk__in=keys), True
        # One of the two is needed, so neither may be said to be optional.
        for name in ("counterpart", "new_counterpart"):
            self.fields[name].one_of = True  # type: ignore[attr-defined]  # read by the field's component
        self.owners = owners

    @property
    def owner_chosen(self) -> Organisation:
        """Whose agreement it is."""
        return self.cleaned_data.get("owner") or self.owners[0]

    def clean(self) -> dict[str, Any]:
        """A counterpart from the list or a new name, and not both."""
        cleaned = super().clean() or {}
        known, new = cleaned.get("counterpart"), cleaned.get("new_counterpart", "").strip()
        if not known and not new:
            self.add_error("counterpart", _now("Välj en motpart, eller skriv namnet på en ny."))
        if known and new:
            self.add_error("new_counterpart", _now("Välj i listan eller skriv ett nytt namn, inte båda."))
        first, last = cleaned.get("valid_from"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _now("Sista dagen kan inte komma före den första."))
        return cleaned

    def facts(self) -> AgreementFacts:
        """What was typed, as the action wants it."""
        said = {name: self.cleaned_data[name] for name in PLAIN}
        counterpart = self.cleaned_data["counterpart"] or self.cleaned_data["new_counterpart"]
        return AgreementFacts(counterpart=counterpart, valid_to=after(self.cleaned_data["last_day"]), **said)


def said_of(agreement: Agreement) -> dict[str, Any]:
    """What the form shows of an agreement."""
    said = {name: getattr(agreement, name) for name in PLAIN}
    return {
        **said,
        "counterpart": agreement.counterpart_id,
        "last_day": last_of(agreement.valid_to),
        "seen_at": agreement.updated_at.isoformat(),
    }


class ExtendForm(forms.Form):
    """The next period."""

    last_day = day(_("Ny sista dag"), help_text=_("Lämna tomt om avtalet ska gälla tills vidare."))
    price = Kronor(
        label=_("Nytt pris per år i kronor"), required=False, min_value=Decimal(0),
        help_text=_("Lämna tomt om priset är som förut."),
    )  # fmt: skip
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)


class TerminateForm(forms.Form):
    """Notice, with its reason."""

    given = day(_("När skickades uppsägningen?"), required=True)
    last_day = day(
        _("Sista dag som avtalet gäller"), help_text=_("Lämna tomt, så räknas den ut från avtalet och dagen ovan.")
    )
    reason = reason(
        _("Varför sägs avtalet upp?"),
        _("Står på avtalets sida och i loggen."),
        _("Skriv varför avtalet sägs upp."),
    )


class ResumeForm(forms.Form):
    """A notice taken back."""

    last_day = day(_("Ny sista dag"), help_text=_("Lämna tomt om avtalet ska gälla tills vidare."))
    reason = reason(
        _("Vad har ni kommit överens om?"),
        _("Står i loggen."),
        _("Skriv vad ni har kommit överens om."),
    )


class SharesForm(forms.Form):
    """Who pays: a box for each that may, with its weight or amount."""

    share_key = forms.ChoiceField(
        label=_("Hur delas priset?"), choices=ShareKey.choices,
        help_text=_("Skriv invånare, elever, användningar eller kronor i rutorna. Delas det lika räcker en etta."),
    )  # fmt: skip
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, places: Sequence[Organisation], data: Any = None, *, initial: Any = None, rows: Sequence[CostShare] = ()
    ) -> None:
        super().__init__(data, initial=initial)
        self.places = list(places)
        weights = {row.organisation_id: row.weight for row in rows}
        for place in self.places:
            self.fields[f"weight_{place.pk}"] = Kronor(
                label=place.name, required=False, min_value=Decimal(0), initial=weights.get(place.pk)
            )

    def boxes(self) -> list[Any]:
        """The boxes, bound, in the order of the places."""
        return [self[f"weight_{place.pk}"] for place in self.places]

    def weights(self) -> dict[Organisation, Decimal]:
        """Those who pay, with their weights; an empty box or a zero pays nothing."""
        held = {place: self.cleaned_data.get(f"weight_{place.pk}") for place in self.places}
        return {place: weight for place, weight in held.items() if weight}
