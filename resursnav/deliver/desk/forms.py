"""What is typed at the desk: a loan to somebody who stands there, and how a copy was when it came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resursnav.deliver.stock.models import Condition, PartLine

from .counter import MOST, Loan, codes_in


class LoanForm(forms.Form):
    """What is lent, to whom, and until when."""

    codes = forms.CharField(
        label=_("Streckkoder"), strip=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "off", "autocomplete": "off"}),
        help_text=_("Skanna eller skriv, en på varje rad."),
        error_messages={"required": _("Skanna eller skriv det som ska lånas.")},
    )  # fmt: skip
    unit = forms.CharField(
        label=_("Till vilken enhet?"), required=False, max_length=200,
        help_text=_("En del av namnet, koden eller sigel."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    borrower = forms.CharField(
        label=_("Vem lånar?"), required=False, max_length=200,
        help_text=_("Namn eller e-postadress. Lämna tomt om enheten själv svarar för lånet."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    for_class = forms.CharField(label=_("Klass eller grupp"), required=False, max_length=60)
    use_to = forms.DateField(
        label=_("Sista dag"), required=False, help_text=_("Lämna tomt för den vanliga lånetiden."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Skriv dagen som år-månad-dag, till exempel 2026-11-24.")},
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        unit: Any = self.fields["unit"]
        unit.one_of = True  # the borrower's place says it too

    def to_lend(self, loan: Loan, today: date) -> date | None:
        """The last day of a loan in which nothing is wrong; None when something is, said at its field."""
        self.full_clean()
        if len(codes_in(self.cleaned_data.get("codes", ""))) > MOST:
            self.add_error("codes", gettext("Låna ut högst %(most)d åt gången.") % {"most": MOST})
        for why in loan.wrong:
            self.add_error("codes", why)
        if loan.unit.wrong or loan.unit.several or not loan.post.several:  # who borrows says for which unit
            self._who("unit", loan.unit, gettext("Skriv för vilken enhet."))
        if self.cleaned_data.get("borrower"):
            self._who("borrower", loan.post, "")
        last = self.cleaned_data.get("use_to") or loan.usual
        if last is not None and last < today:
            self.add_error("use_to", gettext("Sista dagen har redan varit."))
        elif last is not None:
            for why in loan.too_long(last):
                self.add_error("use_to", why)
        return None if self.errors else last

    def _who(self, name: str, found: Any, missing: str) -> None:
        if found.one is None:
            several = gettext("Flera passar. Välj en av dem nedanför fältet.") if found.several else missing
            self.add_error(name, found.wrong or several)


class CheckForm(forms.Form):
    """How it is, what lacks, and what is wrong with it."""

    condition = forms.ChoiceField(label=_("Skick"), choices=Condition.choices)
    fault = forms.CharField(
        label=_("Vad är fel?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lämna tomt om den är hel."),
    )  # fmt: skip
    blocking = forms.BooleanField(label=_("Får inte lånas ut så"), required=False)

    def __init__(self, parts: Sequence[PartLine], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.parts = list(parts)
        for part in self.parts:
            self.fields[f"part_{part.pk}"] = forms.IntegerField(
                label=part.name, required=False, min_value=0, max_value=part.quantity,
                help_text=_("Av %(n)s stycken.") % {"n": part.quantity},
                error_messages={"invalid": _("Skriv antalet med siffror.")},
            )  # fmt: skip

    def boxes(self) -> list[Any]:
        """A box for each counted part: how many lack."""
        return [self[f"part_{part.pk}"] for part in self.parts]

    def missing(self) -> dict[int, int]:
        """How many lack of each counted part, by the part's key; only those that do."""
        said = {part.pk: self.cleaned_data.get(f"part_{part.pk}") or 0 for part in self.parts}
        return {key: number for key, number in said.items() if number}
