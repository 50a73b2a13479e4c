"""Which older point a new one continues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from .models import CentralContent


class ContinueForm(forms.Form):
    """One choice among the points that the version before had and this one lacks; none takes the tie away."""

    older = forms.ChoiceField(
        label=_("Fortsätter"), required=False, error_messages={"invalid_choice": _("Välj en punkt ur listan.")}
    )

    def __init__(self, *args: Any, older: Iterable[CentralContent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["older"]
        self.points = {point.key: point for point in older}
        named = [(key, f"{one.years}: {Truncator(one.text).chars(90)}") for key, one in self.points.items()]
        choice.choices = [("", _("Ingen, den är helt ny")), *named]

    def chosen(self) -> CentralContent | None:
        """The older point, or None."""
        return self.points.get(self.cleaned_data["older"])
