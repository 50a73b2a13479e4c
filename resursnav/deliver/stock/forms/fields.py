"""Fields that several forms share."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import StockPlace


class Kronor(forms.DecimalField):
    """An amount with spaces between the thousands and a decimal comma, as it stands on the receipt."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        messages = {"invalid": _("Skriv ett belopp med siffror, till exempel 349 eller 349,50.")}
        super().__init__(
            max_digits=10, decimal_places=2, min_value=Decimal(0), required=False, error_messages=messages, **options
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(re.sub(r"[\s\u00a0]|kr$", "", value).replace(",", ".") if value else value)


def place(label: Any = "", help_text: Any = "") -> forms.ModelChoiceField[StockPlace]:
    """Where it stands; the form fills in the owner's places."""
    return forms.ModelChoiceField(
        label=label or _("Hemplats"),
        help_text=help_text,
        queryset=StockPlace.objects.none(),
        required=False,
        empty_label=_("Ingen plats"),
    )


def shelf() -> forms.CharField:
    """The shelf, chosen among the place's or written."""
    return forms.CharField(label=_("Hylla"), max_length=60, required=False)


def note(label: Any, help_text: Any = "", *, required: bool = False, missing: Any = "") -> forms.CharField:
    """A few words that stand in the log."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing} if missing else None,
    )


def places_of(owner_id: int) -> Any:
    """The owner's places, in order of name."""
    return StockPlace.objects.filter(owner=owner_id)
