"""Fields that read days and hours as people write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DAY = timedelta(days=1)


def day(label: Any, *, required: bool = False, help_text: Any = "", **options: Any) -> forms.DateField:
    """A day, chosen or written."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Skriv vilken dag."),
            "invalid": _("Skriv en dag som finns, till exempel 2027-06-30."),
        },
        **options,
    )


def hour(label: Any, *, required: bool = False, **options: Any) -> forms.TimeField:
    """A time of day, chosen or written."""
    return forms.TimeField(
        label=label,
        required=required,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Skriv ett klockslag, till exempel 12:00."),
            "invalid": _("Skriv ett klockslag, till exempel 12:00."),
        },
        **options,
    )


def few(label: Any, help_text: Any = "") -> forms.IntegerField:
    """A small number of days."""
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=0, max_value=20,
        error_messages={"invalid": _("Skriv antalet dagar med siffror."), "required": _("Skriv antalet dagar.")},
    )  # fmt: skip


def after(last: date | None) -> date | None:
    """The last day as the half-open end that is kept."""
    return last + DAY if last is not None and last < date.max else None


def last_of(end: date | None) -> date | None:
    """The half-open end as the last day that people speak of."""
    return end - DAY if end is not None else None


def moment(text: str) -> datetime | None:
    """When the form was opened, from its hidden field; None when somebody has meddled with it."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
