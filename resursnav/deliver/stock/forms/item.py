"""One item: what is said of it, and what happens to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import codes
from ..facts import ItemFacts
from ..models import Condition, Item, PartLine
from . import fields


class ItemForm(forms.Form):
    """Barcode, place, condition and value."""

    barcode = forms.CharField(
        label=_("Streckkod"), max_length=60,
        help_text=_("Byt bara om den gamla etiketten är borta. Skriv ut en ny etikett efteråt."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Ett exemplar måste ha en streckkod.")},
    )  # fmt: skip
    place = fields.place()
    shelf = fields.shelf()
    condition = forms.ChoiceField(label=_("Skick"), choices=Condition.choices, widget=forms.RadioSelect)
    value = fields.Kronor(label=_("Ersättningsvärde i kronor"))
    note = fields.note(_("Anteckning"))
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        names = ("barcode", "place", "shelf", "condition", "value", "note")
        initial = {name: getattr(item, name) for name in names} | {"seen_at": item.updated_at.isoformat()}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.fields["place"].queryset = fields.places_of(item.owner_id)  # type: ignore[attr-defined]  # a choice field

    def clean_barcode(self) -> str:
        """As the scanner meant it."""
        return codes.meant(self.cleaned_data["barcode"])

    def facts(self) -> ItemFacts:
        """What was said."""
        given = self.cleaned_data
        return ItemFacts(**{name: given[name] for name in ItemFacts.__dataclass_fields__})


class FaultForm(forms.Form):
    """What is wrong."""

    text = fields.note(
        _("Vad är fel?"), _("Så att den som ska laga det vet vad det gäller."),
        required=True, missing=_("Skriv vad som är fel."),
    )  # fmt: skip
    blocking = forms.BooleanField(
        label=_("Det får inte lånas ut så"), required=False,
        help_text=_("Exemplaret tas ur utlåningen tills felet är åtgärdat."),
    )  # fmt: skip


class ServiceForm(forms.Form):
    """Where it is mended and until when."""

    where = forms.CharField(
        label=_("Hos vem?"), max_length=120, required=False, help_text=_("Tomt betyder på centret.")
    )
    back_date = forms.DateField(
        label=_("Första dag det kan lånas ut igen"), required=False,
        help_text=_("Bokningar tas emot från den dagen. Lämna tomt om ingen vet."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Skriv en dag som finns, till exempel 2027-06-30.")},
    )  # fmt: skip
    note = fields.note(_("Vad ska göras?"))


class NoteForm(forms.Form):
    """Something for the log."""

    note = fields.note(_("Anteckning"), _("Står i exemplarets historia."))


class ReasonForm(forms.Form):
    """Why it goes."""

    reason = fields.note(
        _("Varför gallras det?"), _("Till exempel utslitet, försvunnet eller inaktuellt."),
        required=True, missing=_("Skriv varför exemplaret gallras."),
    )  # fmt: skip


class MissingPartsForm(forms.Form):
    """How many of each counted part are missing."""

    def __init__(self, *args: Any, parts: Sequence[PartLine], missing: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            self.fields[f"part_{part.pk}"] = forms.IntegerField(
                label=part.name,
                help_text=_("Ska vara %(count)s. Hur många saknas?") % {"count": part.quantity},
                min_value=0,
                max_value=part.quantity,
                initial=missing.get(part.pk, 0),
                required=False,
            )

    def missing(self) -> dict[int, int]:
        """Part -> how many."""
        return {part.pk: self.cleaned_data[f"part_{part.pk}"] or 0 for part in self.parts}
