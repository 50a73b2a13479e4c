"""What a coordinator types about synonyms."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions import LONGEST_WORD, MOST_SYNONYMS


class SynonymForm(forms.Form):
    """A group of words that mean the same."""

    words = forms.CharField(
        label=_("Ord som betyder samma sak"),
        help_text=_("Ett ord eller uttryck på varje rad. Den som söker på ett av dem hittar också de andra."),
        max_length=(LONGEST_WORD + 2) * MOST_SYNONYMS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Skriv minst två ord, ett på varje rad.")},
    )
    language = forms.ChoiceField(label=_("Språk"), choices=[("sv", _("Svenska")), ("en", _("Engelska"))], initial="sv")

    def clean_words(self) -> list[str]:
        """The rows, without empty ones."""
        text: str = self.cleaned_data["words"]
        return [line for line in (line.strip() for line in text.splitlines()) if line]
