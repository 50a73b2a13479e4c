"""What one does with a loan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resursnav.deliver.stock.models import Item, PartLine

from .fields import colleague, day, number, text


class CancelForm(forms.Form):
    """Taken back, perhaps with a word."""

    reason = text(_("Något du vill säga centret"), 300)


class RefuseForm(forms.Form):
    """No, and why."""

    reason = text(_("Varför går det inte?"), 300, required=True, help_text=_("Läses av den som beställde."))


class RenewForm(forms.Form):
    """Until when."""

    use_to = day(_("Ny sista dag i klassrummet"))


class HandOverForm(forms.Form):
    """To whom."""

    to = colleague(_("Kollegans e-postadress"), required=True, help_text=_("Någon som arbetar på samma enhet."))


class FaultForm(forms.Form):
    """What is wrong, with which of the copies, and how many of each part are missing."""

    item = forms.TypedChoiceField(
        label=_("Vilket exemplar?"), coerce=int, widget=forms.RadioSelect,
        help_text=_("Koden står på etiketten."), error_messages={"required": _("Välj vilket exemplar det gäller.")},
    )  # fmt: skip
    text = text(_("Vad är fel?"), 300, rows=3, help_text=_("Skriv inga namn. Centret läser det här."))

    def __init__(self, items: Sequence[Item], parts: Sequence[PartLine], data: Any = None) -> None:
        super().__init__(data)
        self.items = {item.pk: item for item in items}
        self.parts = list(parts)
        if len(self.items) == 1:
            del self.fields["item"]
        else:
            one: Any = self.fields["item"]
            one.choices = [(item.pk, item.barcode) for item in items]
        said: Any = self.fields["text"]
        said.one_of = True
        for part in self.parts:
            label = gettext("%(part)s, av %(count)d") % {"part": part.name, "count": part.quantity}
            box = number(label, required=False, least=0, most=part.quantity)
            box.one_of = True
            self.fields[f"part_{part.pk}"] = box

    def boxes(self) -> list[Any]:
        """The boxes for the parts."""
        return [self[f"part_{part.pk}"] for part in self.parts]

    def picked(self) -> Item:
        """The copy that it is about."""
        return self.items[self.cleaned_data.get("item") or next(iter(self.items))]

    def missing(self) -> dict[int, int]:
        """Part -> how many are missing."""
        return {part.pk: self.cleaned_data[f"part_{part.pk}"] or 0 for part in self.parts}
