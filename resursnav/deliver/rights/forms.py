"""Naming a list, numbers to look up, and a supplier."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from . import lookup

LARGEST = 1_000_000


class ListForm(forms.Form):
    """The name of a new title list."""

    name = forms.CharField(
        label=_("Listans namn"), max_length=120, help_text=_("Till exempel Svenska klassiker, eller Allt i avtalet."),
        error_messages={"required": _("Ge listan ett namn.")},
    )  # fmt: skip


class NumbersForm(forms.Form):
    """Numbers, pasted or in a file."""

    numbers = forms.CharField(
        label=_("Nummer, ett på varje rad"), required=False, max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("Era egna nummer, nummer på hyllan, ISBN eller EAN. Står det mer på raden läses det första."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Eller en CSV-fil"), required=False, max_length=200,
        help_text=_("Numret ska stå i den första kolumnen."),
        error_messages={"empty": _("Filen är tom. Välj filen igen.")},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The numbers from either place, with their lines."""
        cleaned = super().clean() or {}
        text = cleaned.get("numbers", "")
        if sent := cleaned.get("file"):
            text = self._text(sent) if sent.size <= LARGEST else ""
            if not text:
                self.add_error("file", _now("Filen går inte att läsa som text. Spara den som CSV och välj den igen."))
                return cleaned
        cleaned["lines"] = lookup.numbers_in(text)
        if wrong := lookup.too_many(cleaned["lines"]):
            self.add_error("numbers", wrong)
        return cleaned

    def _text(self, sent: Any) -> str:
        data = sent.read()
        if b"\0" in data:
            return ""
        try:
            return str(data, "utf-8-sig")
        except UnicodeDecodeError:
            return str(data, "cp1252", "replace")


class SupplierForm(forms.Form):
    """A publisher as it stands in the catalogue."""

    name = forms.CharField(
        label=_("Leverantörens namn"), max_length=300,
        help_text=_("Så som det står som utgivare i katalogen. Stora och små bokstäver spelar ingen roll."),
        error_messages={"required": _("Skriv leverantörens namn, som det står som utgivare i katalogen.")},
    )  # fmt: skip


class AskForm(forms.Form):
    """Where and when."""

    day = forms.DateField(
        label=_("Vilken dag?"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Skriv en dag som finns, till exempel 2027-06-30.")},
    )  # fmt: skip
