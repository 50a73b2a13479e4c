"""What people type about organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import MAY_LIE_BELOW, Kind, Organisation, OrganiserKind, UnitType

DETAILS = (
    "unit_type", "code", "sigel", "organiser_kind", "organiser", "organiser_number", "street", "postcode", "town",
    "email", "phone", "website", "latitude", "longitude",
)  # fmt: skip


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Skriv en dag som finns, till exempel 2026-08-17.")},
    )


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Skäl"),
        help_text=_("Till exempel beslutet och dess nummer. Står sedan i historiken."),
        max_length=300,
        required=False,
    )


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no argument when it runs
    """Address, contact and codes. The action saves, never the form."""

    website = forms.URLField(label=_("Webbplats"), max_length=200, required=False, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = DETAILS
        help_texts = {
            "code": _("Skolenhetskod med åtta siffror; kommunkod med fyra; länskod med två."),
            "sigel": _("Bibliotekets sigel i Libris."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.instance.kind
        self.fields["unit_type"].choices = UnitType.choices  # type: ignore[attr-defined]  # a choice field
        self.fields["organiser_kind"].choices = [("", _("Vet inte")), *OrganiserKind.choices]  # type: ignore[attr-defined]  # the same
        drop = {Kind.UNIT: set()}.get(
            Kind(kind), {"unit_type", "sigel", "organiser_kind", "organiser", "organiser_number"}
        )
        if kind == Kind.DEPARTMENT:
            drop = drop | {"code"}
        for field in drop:
            del self.fields[field]

    def _post_clean(self) -> None:
        """The action checks what is written, with the row it finds then; the form only reads it."""


class NewForm(forms.Form):
    """A new organisation below another one."""

    kind = forms.ChoiceField(label=_("Nivå"), widget=forms.RadioSelect, error_messages={"required": _("Välj en nivå.")})
    unit_type = forms.ChoiceField(
        label=_("Typ av enhet"),
        help_text=_("Bara för enheter."),
        choices=[("", "–"), *UnitType.choices],
        required=False,
    )
    name = forms.CharField(label=_("Namn"), max_length=200, error_messages={"required": _("Skriv ett namn.")})
    code = forms.CharField(label=_("Kod"), help_text=_("Skolenhetskod eller kommunkod, om den finns."), required=False)
    since = _day(_("Finns från och med"), _("Tomt betyder att den har funnits länge."))
    reason = _reason()

    def __init__(self, *args: Any, parent: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = [(kind.value, kind.label.capitalize()) for kind in Kind if parent.kind in MAY_LIE_BELOW[kind]]
        self.fields["kind"].choices = fitting  # type: ignore[attr-defined]  # a choice field
        if len(fitting) == 1:
            self.fields["kind"].initial = fitting[0][0]

    def clean(self) -> dict[str, Any]:
        """A unit must be of some type."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") == Kind.UNIT and not given.get("unit_type"):
            self.add_error("unit_type", _("Välj vad för slags enhet det är."))
        if given.get("kind") != Kind.UNIT:
            given["unit_type"] = ""
        return given


class RenameForm(forms.Form):
    """Another name, from a day on."""

    name = forms.CharField(label=_("Nytt namn"), max_length=200, error_messages={"required": _("Skriv ett namn.")})
    day = _day(_("Gäller från och med"), _("Tomt betyder från och med i dag."))
    reason = _reason()


class DayForm(forms.Form):
    """From which day, and why."""

    day = _day(_("Gäller från och med"), _("Tomt betyder från och med i dag."))
    reason = _reason()


class CloseForm(forms.Form):
    """The first day on which the organisation is gone, and whether what lies below goes with it."""

    day = _day(_("Första dagen den inte längre finns"), _("Tomt betyder från och med i dag. Dagen får ligga framåt."))
    with_below = forms.BooleanField(label=_("Stäng också allt som ligger under"), required=False)
    reason = _reason()

    def __init__(self, *args: Any, below: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not below:
            del self.fields["with_below"]


class ReasonForm(forms.Form):
    """Why."""

    reason = _reason()


class RegisterForm(forms.Form):
    """A register to read in."""

    kind = forms.ChoiceField(
        label=_("Vad innehåller filen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad filen innehåller.")},
    )
    file = forms.FileField(
        label=_("Fil"),
        help_text=_("CSV eller Excel, gärna packad. Inget ändras förrän du har sett vad filen skulle göra."),
        error_messages={"required": _("Välj en fil."), "empty": _("Filen är tom. Kontrollera att du valde rätt fil.")},
    )
    counted = _day(
        _("Vilken dag gäller siffrorna i filen?"),
        _("Invånare och elever sparas med sin dag. Utan dag sparas de inte, om filen inte nämner läsåret."),
    )
    close_missing = forms.BooleanField(
        label=_("Stäng de enheter som saknas i filen"),
        help_text=_("Bara för skolor och bibliotek, i de kommuner som filen nämner. De visas först."),
        required=False,
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field
