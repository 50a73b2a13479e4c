"""Fields that several forms share: a day, a number, and somebody's address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import MOST

FIRST_YEAR, LAST_YEAR = 2000, 2100


class DayField(forms.DateField):
    """A day; a year that no calendar reckons with is a slip of the finger."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("Skriv ett år mellan 2000 och 2100."))
        return day


def day(label: Any, *, required: bool = True, help_text: Any = "") -> DayField:
    """A day from the browser's own calendar, or typed."""
    return DayField(
        label=label, required=required, help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Välj en dag."), "invalid": _("Skriv dagen som år-månad-dag, till exempel 2026-11-24."),
        },
    )  # fmt: skip


def number(label: Any, *, required: bool = True, help_text: Any = "", least: int = 1, most: int = MOST) -> Any:
    """A whole number."""
    return forms.IntegerField(
        label=label, required=required, help_text=help_text, min_value=least, max_value=most,
        error_messages={
            "required": _("Skriv ett antal."), "invalid": _("Skriv antalet med siffror."),
            "min_value": _("Skriv minst %(limit_value)s."), "max_value": _("Skriv högst %(limit_value)s."),
        },
    )  # fmt: skip


def colleague(label: Any, *, required: bool, help_text: Any = "") -> forms.EmailField:
    """A colleague's address."""
    return forms.EmailField(
        label=label, required=required, help_text=help_text,
        error_messages={
            "required": _("Skriv kollegans e-postadress."),
            "invalid": _("Skriv en e-postadress: namn@example.org."),
        },
    )  # fmt: skip


def text(label: Any, longest: int, *, required: bool = False, help_text: Any = "", rows: int = 0) -> forms.CharField:
    """A line or some lines of text."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, max_length=longest, required=required, help_text=help_text, widget=widget,
        error_messages={"required": _("Skriv varför.")},
    )  # fmt: skip
