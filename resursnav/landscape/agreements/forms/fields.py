"""Fields that read days and kronor as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..notice import DAY


def day(label: Any, *, required: bool = False, help_text: Any = "", **options: Any) -> forms.DateField:
    """A day, chosen or written."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": options.pop("missing", _("Skriv vilken dag.")),
            "invalid": _("Skriv en dag som finns, till exempel 2027-06-30."),
        },
        **options,
    )


def after(last: date | None) -> date | None:
    """The last day as the half-open end that is kept."""
    return last + DAY if last is not None and last < date.max else None


def last_of(end: date | None) -> date | None:
    """The half-open end as the last day that people speak of."""
    return end - DAY if end is not None else None


def reason(label: Any, help_text: Any, missing: Any) -> forms.CharField:
    """Why, in one's own words; it stands in the log."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing},
    )


class Kronor(forms.DecimalField):
    """An amount with spaces between the thousands and a decimal comma, as it stands on the invoice."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        options.setdefault(
            "error_messages", {"invalid": _("Skriv ett belopp med siffror, till exempel 12 500 eller 12500,50.")}
        )
        super().__init__(max_digits=12, decimal_places=2, **options)

    def to_python(self, value: Any) -> Any:
        return super().to_python(re.sub(r"[\s\u00a0]|kr$", "", value).replace(",", ".") if value else value)

    def prepare_value(self, value: Any) -> Any:
        """As it is written in Swedish; what somebody typed stays as it was."""
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


def moment(text: str) -> datetime | None:
    """When the form was opened, from its hidden field; None when somebody has meddled with it."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
