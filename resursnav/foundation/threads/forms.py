"""What the log may be filtered by."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.people.models import Person, SecurityMarking

from .models import RecordQuerySet
from .verbs import verbs


class AuditForm(forms.Form):
    """Filters by what was done, by whom and when; people with protected identity are not among the choices."""

    verb = forms.ChoiceField(label=_("Vad"), required=False, error_messages={"invalid_choice": _("Välj ur listan.")})
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Vem"),
        required=False,
        empty_label=_("Alla"),
        error_messages={"invalid_choice": _("Välj ur listan.")},
    )
    start = forms.DateField(
        label=_("Från och med"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Skriv dagen som 2026-11-24.")},
    )
    end = forms.DateField(
        label=_("Till och med"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Skriv dagen som 2026-11-24.")},
    )

    def __init__(self, *args: Any, records: RecordQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records = records
        verb: Any = self.fields["verb"]
        verb.choices = [("", _("Allt")), *((one.code, one.told(who="…", what="…")) for one in verbs())]
        person: Any = self.fields["person"]
        person.queryset = Person.objects.filter(
            pk__in=records.order_by().values("by"), security_marking=SecurityMarking.NONE
        )

    def clean(self) -> dict[str, Any]:
        """A period that ends before it begins is told at its end."""
        given: dict[str, Any] = super().clean() or {}
        start, end = given.get("start"), given.get("end")
        if start and end and end < start:
            self.add_error("end", _("Slutdagen måste komma efter startdagen."))
        return given

    def found(self) -> RecordQuerySet:
        """The records that fit; all of them while something in the form is wrong."""
        if not self.is_valid():
            return self.records
        given, found = self.cleaned_data, self.records
        if given["verb"]:
            found = found.filter(verb=given["verb"])
        if given["person"]:
            found = found.filter(by=given["person"])
        start, end = given["start"], given["end"]
        return found.during(
            timezone.make_aware(datetime.combine(start, time.min)) if start else None,
            timezone.make_aware(datetime.combine(end + timedelta(days=1), time.min)) if end else None,
        )
