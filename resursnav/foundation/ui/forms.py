"""What people type about flaws."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .models import FlawStatus


class FlawForm(forms.Form):
    """A report of a flaw; nothing in it says who you are."""

    text = forms.CharField(
        label=_("Vad är det som inte fungerar?"),
        help_text=_("Beskriv vad du ville göra och vad som hände. Skriv inget om vem du är om du vill vara anonym."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Beskriv vad som inte fungerar.")},
    )
    page = forms.CharField(
        label=_("På vilken sida?"),
        help_text=_("Adressen eller namnet på sidan, till exempel /resources/."),
        max_length=300,
        required=False,
    )
    aid = forms.CharField(
        label=_("Vad använde du?"),
        help_text=_("Till exempel skärmläsare, förstoring, bara tangentbord, en viss telefon eller webbläsare."),
        max_length=200,
        required=False,
    )
    # Hidden from people; programs that fill in everything give themselves away, and nobody has a puzzle to solve.
    website = forms.CharField(required=False, label=_("Lämna det här fältet tomt"))

    @property
    def trapped(self) -> bool:
        """Whether a program filled in the field that no person sees."""
        return bool(self.cleaned_data.get("website"))


class AnswerForm(forms.Form):
    """The centre's answer to a report."""

    status = forms.ChoiceField(
        label=_("Vad är det?"),
        widget=forms.RadioSelect,
        choices=[
            (FlawStatus.MENDED, _("Åtgärdad: det fungerar nu")),
            (FlawStatus.KNOWN, _("Känd brist: den är bekräftad men inte åtgärdad")),
            (FlawStatus.DISMISSED, _("Ingen brist, eller går inte att förstå")),
        ],
        error_messages={"required": _("Välj om bristen är känd, åtgärdad eller ingen brist.")},
    )
    summary = forms.CharField(
        label=_("Bristen i redogörelsen"),
        help_text=_("En mening som alla kan läsa, utan uppgifter om den som rapporterade. Behövs för en känd brist."),
        max_length=300,
        required=False,
    )
    answer = forms.CharField(
        label=_("Svar till den som rapporterade"),
        help_text=_("Vad ni har gjort eller ska göra, och när. Syns på rapportens hemliga adress."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv ett svar till den som rapporterade.")},
    )

    def clean(self) -> dict[str, Any]:
        """A known flaw must be described."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("status") == FlawStatus.KNOWN and not given.get("summary"):
            self.add_error("summary", ValidationError(_("Beskriv bristen så som den ska stå i redogörelsen.")))
        return given
