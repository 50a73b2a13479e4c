"""What a person may choose about notices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.people.models import Person

from .kinds import NoticeKind, kinds
from .models import Preference, Way


class PreferencesForm(forms.Form):
    """One choice for each kind that can be chosen; the names of the fields are the kinds' codes."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choosable: list[NoticeKind] = [kind for kind in kinds() if not kind.fixed]
        self.fixed: list[NoticeKind] = [kind for kind in kinds() if kind.fixed]
        chosen = dict(Preference.objects.filter(person=person).values_list("kind", "way"))
        for kind in self.choosable:
            self.fields[kind.code] = forms.ChoiceField(
                label=kind.label,
                choices=[(way.value, capfirst(way.label)) for way in Way],
                widget=forms.RadioSelect,
                initial=chosen.get(kind.code, kind.way),
                error_messages={
                    "required": _("Välj hur du vill ha aviseringen."),
                    "invalid_choice": _("Välj ett av alternativen."),
                },
            )

    def changes(self) -> list[tuple[str, Way]]:
        """The kinds whose way the person changed."""
        return [(name, Way(self.cleaned_data[name])) for name in self.changed_data]
