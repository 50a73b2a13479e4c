"""What people type about covers, reasons, tips, points and collections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.deliver.curriculum.models import CentralContent
from resursnav.foundation.organisations.models import Organisation

from ..models import Collection, Resource
from ..vocabulary import Deed, Visibility
from .resource import GRADES


class CoverForm(forms.Form):
    """A picture and what it shows."""

    picture = forms.FileField(
        label=gettext_lazy("Bild"),
        help_text=gettext_lazy("JPEG, PNG, WebP eller GIF, högst 10 MB. Var bilden är tagen sparas aldrig."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        error_messages={
            "required": gettext_lazy("Välj en bild."),
            "empty": gettext_lazy("Filen är tom. Välj bilden igen."),
        },
    )
    alt = forms.CharField(
        label=gettext_lazy("Vad visar bilden?"),
        help_text=gettext_lazy("Läses upp för den som inte ser den, till exempel: En robot av lego på ett golv."),
        max_length=300,
        error_messages={"required": gettext_lazy("Beskriv vad bilden visar, för den som inte ser den.")},
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Varför?"),
        help_text=gettext_lazy("Den som har en gammal länk läser det här, till exempel: Avtalet tog slut 30 juni."),
        max_length=500,
        error_messages={"required": gettext_lazy("Skriv ett skäl.")},
    )


class TogetherForm(forms.Form):
    """What must be said about a deed that is done with many: one reason, or one collection."""

    def __init__(self, *args: Any, deed: str, collections: QuerySet[Collection], **options: Any) -> None:
        super().__init__(*args, **options)
        if deed == Deed.WITHDRAW:
            self.fields["reason"] = ReasonForm().fields["reason"]
        if deed == Deed.COLLECT:
            self.fields["collection"] = forms.ModelChoiceField(
                label=_("Samling"),
                queryset=collections,
                empty_label=_("Välj"),
                error_messages={
                    "required": _("Välj en samling som du kan ändra."),
                    "invalid_choice": _("Välj en samling som du kan ändra."),
                },
            )


class TipForm(forms.Form):
    """How somebody has worked with a resource."""

    headline = forms.CharField(
        label=gettext_lazy("Rubrik"), max_length=120, error_messages={"required": gettext_lazy("Ge tipset en rubrik.")}
    )
    text = forms.CharField(
        label=gettext_lazy("Så gjorde vi"),
        help_text=gettext_lazy("Skriv så att en kollega kan göra likadant. Nämn inga elever."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Berätta hur ni gjorde.")},
    )
    grade_from = forms.TypedChoiceField(
        label=gettext_lazy("Från årskurs"), choices=GRADES, coerce=int, empty_value=None, required=False
    )
    grade_to = forms.TypedChoiceField(
        label=gettext_lazy("Till och med årskurs"), choices=GRADES, coerce=int, empty_value=None, required=False
    )
    point = forms.ModelChoiceField(
        label=gettext_lazy("Punkt i kursplanen"),
        queryset=CentralContent.objects.none(),
        required=False,
        empty_label=gettext_lazy("Ingen särskild"),
    )
    show_name = forms.BooleanField(
        label=gettext_lazy("Visa mitt namn"),
        help_text=gettext_lazy("Annars står bara din roll och var du arbetar."),
        required=False,
    )

    def __init__(self, *args: Any, resource: Resource, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["point"]
        points = CentralContent.objects.labelled().filter(pk__in=resource.mappings.values("point"))
        field.queryset = points  # type: ignore[attr-defined]  # a model field
        field.label_from_instance = lambda point: point.label  # type: ignore[attr-defined]  # the same
        if not points:
            del self.fields["point"]

    def clean(self) -> dict[str, Any]:
        """Grades belong together."""
        said = super().clean() or {}
        first, last = said.get("grade_from"), said.get("grade_to")
        if first is not None and last is None:
            said["grade_to"] = first
        elif last is not None and first is None:
            said["grade_from"] = last
        elif first is not None and last is not None and last < first:
            self.add_error("grade_to", _("Det sista måste komma efter det första."))
        return said


class MapForm(forms.Form):
    """A point of the curriculum and how the resource fits it."""

    point = forms.CharField(widget=forms.HiddenInput, max_length=60)
    note = forms.CharField(label=gettext_lazy("Hur den passar"), max_length=300, required=False)


class CollectionForm(forms.Form):
    """The words of a collection."""

    title = forms.CharField(
        label=gettext_lazy("Rubrik"),
        max_length=200,
        error_messages={"required": gettext_lazy("Ge samlingen en rubrik.")},
    )
    lead = forms.CharField(
        label=gettext_lazy("En mening om samlingen"),
        help_text=gettext_lazy("Syns i listor och i sökningen."),
        max_length=300,
        error_messages={"required": gettext_lazy("Skriv en mening om samlingen.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("Varför de här resurserna, och hur de hänger ihop. En tom rad ger nytt stycke."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Vem får läsa den?"), choices=Visibility.choices, widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, owners: list[Organisation] | None = None, public: bool = True, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if not public:  # only the centre speaks to everybody
            del self.fields["visibility"]
        if owners is not None and len(owners) > 1:
            self.fields["owner"] = forms.TypedChoiceField(
                label=_("Vem hör samlingen till?"), choices=[(owner.pk, owner.name) for owner in owners], coerce=int
            )


class ItemForm(forms.Form):
    """A resource's place in a collection."""

    resource = forms.IntegerField(widget=forms.HiddenInput)
    position = forms.IntegerField(label=gettext_lazy("Plats"), min_value=1, max_value=999)
    comment = forms.CharField(label=gettext_lazy("Varför den är med"), max_length=300, required=False)
    remove = forms.BooleanField(label=gettext_lazy("Ta bort"), required=False)


ItemFormSet = formset_factory(ItemForm, extra=0, max_num=200, absolute_max=220)
