"""The holding: what it is called, its items and its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .. import codes
from ..actions.adding import MOST
from ..facts import HoldingFacts, ItemFacts, PartFacts
from ..models import PHYSICAL, Condition, Holding, LoanKind
from . import fields

_LINE = re.compile(r"^(?:(\d{1,6})\s*(?:st|x|×)?\s+)?(.+)$", re.IGNORECASE)


class HoldingForm(forms.Form):
    """In which form, and how it is lent."""

    media_type = forms.ChoiceField(
        label=_("I vilken form?"),
        choices=[(str(one.value), one.label) for one in PHYSICAL],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj en form som kan stå på en hylla.")},
    )
    number = forms.CharField(
        label=_("Nummer på hyllan"), max_length=40, required=False,
        help_text=_("Till exempel D 1234. De första bokstäverna kan bestämma lånetiden."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Lånas som"), choices=LoanKind.choices, required=False,
        help_text=_("Bestämmer vilka låneregler som gäller."),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Eget namn"), max_length=200, required=False,
        help_text=_("Lämna tomt för att kalla det som resursen heter."),
    )  # fmt: skip
    bookable = forms.BooleanField(label=_("Går att boka"), required=False, initial=True)
    note = forms.CharField(
        label=_("Anteckning för centret"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, forms_of: Sequence[str] = (), holding: Holding | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["media_type"]
        wanted = [holding.media_type] if holding else list(forms_of)
        chosen.choices = [(str(one.value), one.label) for one in PHYSICAL if one in wanted]
        if len(wanted) == 1:
            chosen.initial, chosen.widget = wanted[0], forms.HiddenInput()
        if holding is None:
            self.fields["kind"].choices = [("", _("Som det brukar")), *LoanKind.choices]  # type: ignore[attr-defined]  # a choice field

    def facts(self) -> HoldingFacts:
        """What was said."""
        given = self.cleaned_data
        return HoldingFacts(**{name: given[name] for name in HoldingFacts.__dataclass_fields__})


class AddItemsForm(forms.Form):
    """New items, one or many."""

    count = forms.IntegerField(
        label=_("Hur många?"), min_value=1, max_value=MOST, initial=1,
        error_messages={
            "required": _("Skriv hur många exemplar du lägger till."),
            "invalid": _("Skriv antalet med siffror."),
            "min_value": _("Skriv minst 1."),
            "max_value": _("Högst 500 åt gången. Lägg till resten i nästa omgång."),
        },
    )  # fmt: skip
    first_barcode = forms.CharField(
        label=_("Första streckkoden"), max_length=60, required=False,
        help_text=_("Skanna eller skriv den. De andra räknas upp från den. Tomt ger nästa lediga nummer."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    place = fields.place()
    shelf = fields.shelf()
    condition = forms.ChoiceField(label=_("Skick"), choices=Condition.choices, initial=Condition.NEW)
    value = fields.Kronor(
        label=_("Ersättningsvärde i kronor"), help_text=_("Vad ett nytt kostar, om ett lån aldrig kommer tillbaka.")
    )
    note = fields.note(_("Anteckning"))

    def __init__(self, *args: Any, owner_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = fields.places_of(owner_id)  # type: ignore[attr-defined]  # a choice field

    def facts(self) -> ItemFacts:
        """What was said of each."""
        given = self.cleaned_data
        return ItemFacts(**{name: given[name] for name in ItemFacts.__dataclass_fields__})

    def clean_first_barcode(self) -> str:
        """As the scanner meant it."""
        return codes.meant(self.cleaned_data["first_barcode"])


class PartsForm(forms.Form):
    """A parts list as people write one: a line for each part, with its number first."""

    parts = forms.CharField(
        label=_("Vad ska ligga i varje?"), required=False, max_length=20_000,
        help_text=_("En del per rad, med antalet först: 6 robotar. Utan antal är det ett tillbehör som inte räknas."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )  # fmt: skip
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_parts(self) -> list[PartFacts]:
        """Each line as a part; which line is wrong is said by its number."""
        found = []
        for number, line in enumerate(self.cleaned_data["parts"].splitlines(), 1):
            text = " ".join(line.split())
            if not text:
                continue
            match = _LINE.match(text)
            count, name = match.groups() if match else (None, text)
            if count is not None and not 1 <= int(count) <= 999:
                raise ValidationError(_now("Rad %(number)d: skriv ett antal från 1 till 999.") % {"number": number})
            if len(name) > 120:
                raise ValidationError(_now("Rad %(number)d: högst 120 tecken.") % {"number": number})
            found.append(PartFacts(name, int(count or 1), counted=count is not None))
        return found


def as_text(parts: Sequence[Any]) -> str:
    """The list as it is written in the form."""
    return "\n".join(f"{part.quantity} {part.name}" if part.counted else part.name for part in parts)
