"""What one says when one sends a file in, and which column is which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.deliver.resources.vocabulary import MediaType, Status, Visibility
from resursnav.foundation.imports.uploads import FilesField
from resursnav.foundation.organisations.models import Organisation

from .formats.table import NAMES
from .labels import COLUMNS
from .owners import Owners

FORMAT_CHOICES = (
    ("", gettext_lazy("Känn igen filen själv")),
    ("table", gettext_lazy("Tabell: CSV eller Excel")),
    ("marc", gettext_lazy("MARC 21: ISO 2709, MARCXML eller JSON")),
    ("kbv", gettext_lazy("Libris JSON-LD")),
    ("amb", gettext_lazy("AMB / LRMI (schema.org JSON-LD)")),
    ("oai", gettext_lazy("Sparat svar från OAI-PMH")),
    ("gutenberg", gettext_lazy("Project Gutenbergs katalog")),
    ("oer-commons", gettext_lazy("OER Commons CSV")),
    ("sprakbanken", gettext_lazy("Språkbankens resurser (JSON-rader)")),
)


NOT_TAKEN = "-"
BY_LINK = "link"


class UploadForm(forms.Form):
    """A file, where it comes from and what is to become of what is in it."""

    owner = forms.ModelChoiceField(
        label=gettext_lazy("Vilket centrum hör resurserna till?"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages={"required": gettext_lazy("Välj vilket centrum resurserna hör till.")},
    )
    file = FilesField(
        label=gettext_lazy("Fil"),
        error_messages={
            "required": gettext_lazy("Välj en fil."),
            "empty": gettext_lazy("Filen är tom. Kontrollera att du valde rätt fil."),
        },
    )
    format = forms.ChoiceField(label=gettext_lazy("Format"), choices=FORMAT_CHOICES, required=False)
    source = forms.CharField(
        label=gettext_lazy("Källa"),
        help_text=gettext_lazy(
            "Ett kort namn på katalogen som filen kommer från. Samma namn nästa gång gör att posterna känns igen."
        ),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Ge källan ett namn, till exempel Filmcentrum.")},
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Nya resurser"),
        choices=[
            (Status.PUBLISHED, gettext_lazy("Publiceras genast")),
            (Status.DRAFT, gettext_lazy("Blir utkast, som någon på centret läser först")),
        ],
    )
    visibility = forms.ChoiceField(label=gettext_lazy("De visas för"), choices=Visibility.choices)
    whole = forms.BooleanField(
        label=gettext_lazy("Filen är hela katalogen"),
        help_text=gettext_lazy("Resurser från källan som inte finns i filen dras då tillbaka. Du ser vilka först."),
        required=False,
    )

    def __init__(
        self,
        owners: Owners,
        data: Any = None,
        files: Any = None,
        *,
        known: Sequence[str] = (),
        too_large: bool = False,
    ) -> None:
        super().__init__(data, files)
        owners.fill(self.fields["owner"])
        self.known = list(known)
        self.limit = settings.UPLOAD_LIMIT // (1024 * 1024)
        advice = _(
            "Högst %(limit)s MB, gärna packad (gzip eller zip). En fil i taget; "
            "bara Project Gutenbergs verk, ämnen och författare skickas tillsammans."
        )
        self.fields["file"].help_text = advice % {"limit": self.limit}
        self._too_large = too_large

    def clean_source(self) -> str:
        """As it was written the last time, whatever the case of the letters: otherwise everything would be new."""
        written = " ".join(self.cleaned_data["source"].split())
        return next((one for one in self.known if one.casefold() == written.casefold()), written)

    def clean(self) -> dict[str, Any]:
        """Say that the file was too large, instead of that there was none."""
        cleaned = super().clean() or {}
        if self._too_large:
            self.errors.pop("file", None)
            self.add_error(
                "file",
                _("Filen är större än %(limit)s MB, som är det mesta som tas emot. Dela filen eller packa den.")
                % {"limit": self.limit},
            )
        return cleaned


class ColumnsForm(forms.Form):
    """Which of the file's columns is which of our fields."""

    media_type = forms.ChoiceField(
        label=gettext_lazy("Vad är det på rader som inte säger någon medietyp?"),
        choices=[(BY_LINK, gettext_lazy("Bok, eller webbresurs om det finns en länk")), *MediaType.choices],
        initial=BY_LINK,
    )

    def __init__(self, columns: Sequence[str], guessed: Mapping[str, str], data: Any = None) -> None:
        super().__init__(data)
        self.columns = list(columns)
        choices = [(NOT_TAKEN, _("Tas inte med")), *((ours, COLUMNS[ours]) for ours in NAMES)]
        for at, column in enumerate(self.columns):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=column, choices=choices, initial=guessed.get(column, NOT_TAKEN)
            )

    def matched(self) -> dict[str, str]:
        """Column -> our field, as chosen."""
        chosen = {column: self.cleaned_data.get(f"column_{at}", "") for at, column in enumerate(self.columns)}
        return {column: ours for column, ours in chosen.items() if ours not in {"", NOT_TAKEN}}

    def usual_media(self) -> str:
        """The media type of rows that do not say any, or nothing."""
        chosen = self.cleaned_data["media_type"]
        return "" if chosen == BY_LINK else chosen

    def clean(self) -> dict[str, Any]:
        """One column must be the title, and no field may have two columns."""
        cleaned = super().clean() or {}
        chosen: dict[str, str] = {}
        for at, column in enumerate(self.columns):
            ours = cleaned.get(f"column_{at}", "")
            if ours in {"", NOT_TAKEN}:
                continue
            if ours in chosen:
                self.add_error(
                    f"column_{at}",
                    _("”%(other)s” är redan parad med samma fält. Välj en av dem.") % {"other": chosen[ours]},
                )
            chosen.setdefault(ours, column)
        if "title" not in chosen:
            free = (at for at, column in enumerate(self.columns) if cleaned.get(f"column_{at}") == NOT_TAKEN)
            self.add_error(f"column_{next(free, 0)}", _("Ingen kolumn är titeln än. Välj Titel på den som är det."))
        return cleaned


class HarvestForm(forms.Form):
    """A catalogue to ask for news."""

    owner = forms.ModelChoiceField(
        label=gettext_lazy("Vilket centrum hör resurserna till?"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages={"required": gettext_lazy("Välj vilket centrum resurserna hör till.")},
    )
    source = forms.CharField(
        label=gettext_lazy("Källans namn"),
        max_length=60,
        error_messages={"required": gettext_lazy("Ge källan ett namn, till exempel Filmcentrum.")},
    )
    address = forms.URLField(
        label=gettext_lazy("Adress för OAI-PMH"),
        help_text=gettext_lazy("Till exempel https://katalog.example.org/oai"),
        max_length=500,
        assume_scheme="https",
        error_messages={
            "required": gettext_lazy("Skriv katalogens adress för OAI-PMH."),
            "invalid": gettext_lazy("Skriv hela adressen, som börjar med https://."),
        },
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[("oai_dc", "Dublin Core"), ("marcxml", "MARCXML"), ("amb", "AMB")],
    )
    subset = forms.CharField(
        label=gettext_lazy("Delmängd (set)"),
        help_text=gettext_lazy("Lämna tomt för hela katalogen."),
        max_length=200,
        required=False,
    )

    def __init__(self, owners: Owners, data: Any = None) -> None:
        super().__init__(data)
        owners.fill(self.fields["owner"])
