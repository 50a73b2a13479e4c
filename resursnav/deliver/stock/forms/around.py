"""Places, numbers, labels, the shelf that is counted, and what is done with many items at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.organisations.models import Organisation

from ..labels import SHEETS
from ..models import StockPlace
from ..wording import SHEET_WORDS
from . import fields

MOST_SCANNED = 2000


class FindForm(forms.Form):
    """One scanned code."""

    code = forms.CharField(
        label=_("Skanna eller skriv en streckkod"), max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Skanna en streckkod, eller skriv den.")},
    )  # fmt: skip


class PlaceForm(forms.Form):
    """A room or a store."""

    owner = forms.ModelChoiceField(
        label=_("Hör till"), queryset=Organisation.objects.none(), empty_label=None, required=False
    )
    code = forms.CharField(
        label=_("Kod"), max_length=12, help_text=_("Kort, för listor och filer. Till exempel M1."),
        error_messages={"required": _("Ge platsen en kod.")},
    )  # fmt: skip
    name = forms.CharField(
        label=_("Namn"), max_length=120, help_text=_("Till exempel Magasinet i källaren."),
        error_messages={"required": _("Ge platsen ett namn.")},
    )  # fmt: skip
    shelves = forms.CharField(
        label=_("Hyllor"), required=False, max_length=4000,
        help_text=_("En hylla per rad, i den ordning man går förbi dem."), widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip

    def __init__(self, owners: list[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_owner(self, owners)


class SeriesForm(forms.Form):
    """The barcodes that new items get."""

    letters = forms.CharField(label=_("Tecken före numret"), max_length=10, required=False)
    digits = forms.IntegerField(label=_("Antal siffror"), min_value=3, max_value=12)
    next_number = forms.IntegerField(label=_("Nästa nummer"), min_value=1, max_value=10**12)


class LabelsForm(forms.Form):
    """Which labels, and where on the sheet one begins."""

    sheet = forms.ChoiceField(
        label=_("Etiketter"), choices=[(code, SHEET_WORDS[code]) for code in SHEETS], widget=forms.RadioSelect,
        initial="3x8", error_messages={"required": _("Välj vilka etiketter som ligger i skrivaren.")},
    )  # fmt: skip
    start = forms.IntegerField(
        label=_("Börja på etikett nummer"), min_value=1, initial=1, required=False,
        help_text=_("På ett halvt använt ark: räkna från det övre vänstra hörnet, rad för rad."),
        error_messages={"min_value": _("Den första etiketten är nummer 1.")},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The position lies on the sheet."""
        given: dict[str, Any] = super().clean() or {}
        sheet = SHEETS.get(given.get("sheet") or "")
        given["start"] = given.get("start") or 1
        if sheet and given["start"] > sheet.count:
            self.add_error("start", _now("Arket har %(count)d etiketter.") % {"count": sheet.count})
        return given


class InventoryForm(forms.Form):
    """A shelf, and what was scanned on it."""

    place = forms.ModelChoiceField(
        label=_("Plats"), queryset=StockPlace.objects.none(), empty_label=None,
        error_messages={"required": _("Välj en plats.")},
    )  # fmt: skip
    shelf = forms.CharField(
        label=_("Hylla"), max_length=60, required=False, help_text=_("Lämna tomt för att räkna hela platsen.")
    )
    codes = forms.CharField(
        label=_("Skanna allt som står där"), max_length=60_000,
        help_text=_("Ställ markören i rutan och skanna exemplaren ett efter ett. Varje kod hamnar på en egen rad."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocapitalize": "characters"}),
        required=False,
    )  # fmt: skip

    def __init__(self, places: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]  # a choice field

    def clean_codes(self) -> list[str]:
        """One code a line."""
        lines = [line.strip() for line in self.cleaned_data["codes"].splitlines() if line.strip()]
        if len(lines) > MOST_SCANNED:
            raise forms.ValidationError(_now("Räkna högst %(most)d exemplar åt gången.") % {"most": MOST_SCANNED})
        return lines


class ImportForm(forms.Form):
    """A table to take in."""

    owner = forms.ModelChoiceField(
        label=_("Hör till"), queryset=Organisation.objects.none(), empty_label=None, required=False
    )
    file = forms.FileField(
        label=_("Fil"),
        help_text=_("CSV eller Excel. Inget ändras förrän du har sett vad filen skulle göra."),
        error_messages={"required": _("Välj en fil."), "empty": _("Filen är tom. Kontrollera att du valde rätt fil.")},
    )

    def __init__(self, owners: list[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_owner(self, owners)


class TogetherForm(forms.Form):
    """What is said when many items are moved or retired."""

    place = fields.place(_("Ny hemplats"))
    shelf = fields.shelf()
    reason = fields.note(_("Varför gallras de?"), required=True, missing=_("Skriv varför exemplaren gallras."))

    def __init__(self, *args: Any, deed: str, owner_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = fields.places_of(owner_id)  # type: ignore[attr-defined]  # a choice field
        for name in ("reason",) if deed == "move" else ("place", "shelf"):
            del self.fields[name]


def choose_owner(form: Any, owners: list[Organisation]) -> None:
    """Ask only when there is something to choose."""
    form.owners = owners
    if len(owners) == 1:
        del form.fields["owner"]
    else:
        form.fields["owner"].queryset = Organisation.objects.filter(pk__in=[one.pk for one in owners])
        form.fields["owner"].required = True
