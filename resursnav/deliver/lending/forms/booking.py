"""Booking: one or more things for the same days, and the queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resursnav.deliver.stock.models import Holding
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Assignment, Person

from ..actions import About
from ..actions.telling import UnableToOrder
from ..wishes import Wish, repeated
from .fields import colleague, day, number, text

MOST_TIMES = 20
BOX = '{}<span class="ds-sr-only">, {}</span>'  # the title stands beside it for those who see


def at_unit(address: str, unit: Organisation, today: date) -> Person | None:
    """Whoever has the address and works at the unit."""
    posts = Assignment.objects.current(today).filter(node=unit, person__email__iexact=address)
    post = posts.select_related("person").first()
    return post.person if post else None


class BookForm(forms.Form):
    """When, how many of each, and for whom."""

    unit = forms.ModelChoiceField(label=_("Till vilken enhet?"), queryset=Organisation.objects.none(), required=False)
    use_from = day(_("Första dag i klassrummet"))
    use_to = day(_("Sista dag i klassrummet"))
    for_class = text(_("Klass eller grupp"), 60)
    purpose = text(_("Till vad"), 200, help_text=_("Till exempel Rymden, åk 5."))
    note = text(_("Meddelande till centret"), 500, rows=2)
    colleague = colleague(
        _("Boka åt en kollega"), required=False, help_text=_("Kollegans e-postadress. Lämna tomt om du lånar själv.")
    )
    times = number(_("Antal gånger"), required=False, most=MOST_TIMES, help_text=_("Lämna tomt för en gång."))
    weeks = number(_("Veckor emellan"), required=False, most=52)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, holdings: Sequence[Holding], units: Any, data: Any = None, *, initial: Any = None, only: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.holdings = list(holdings)
        self.only: Organisation | None = only
        self.instead: dict[int, Any] = {}
        for holding in self.holdings:
            self.fields[f"quantity_{holding.pk}"] = number(holding.title(), help_text="")
            self.initial.setdefault(f"quantity_{holding.pk}", 1)
        if only is not None:
            del self.fields["unit"]
        else:
            chosen: Any = self.fields["unit"]
            chosen.queryset, chosen.required = units, True
            chosen.empty_label = gettext("Välj enhet")
            chosen.error_messages["required"] = gettext("Välj vart det ska.")

    @property
    def unit_chosen(self) -> Organisation | None:
        """For which unit."""
        return self.only or self.cleaned_data.get("unit")

    def boxes(self) -> list[tuple[Holding, Any, Any, Any]]:
        """Each thing with its box for the number, what stands over that, and the days that it can be had instead."""
        number = gettext("Antal")
        return [
            (one, self[f"quantity_{one.pk}"], format_html(BOX, number, one.title()), self.instead.get(one.pk))
            for one in self.holdings
        ]

    def clean(self) -> dict[str, Any]:
        """A repetition has both its numbers; the days come in order."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("use_from"), cleaned.get("use_to")
        if first and last and last < first:
            self.add_error("use_to", gettext("Sista dagen kan inte komma före den första."))
        if (cleaned.get("times") or 1) > 1 and not cleaned.get("weeks"):
            self.add_error("weeks", gettext("Skriv hur många veckor det är emellan."))
        if not self.holdings:
            raise forms.ValidationError(gettext("Välj först något att boka."))
        return cleaned

    def borrower(self, by: Person, today: date, *, own: bool) -> Person | None:
        """Who answers for the loan: the colleague named, or whoever books (`own`); says so when it is nobody."""
        address, unit = self.cleaned_data.get("colleague"), self.unit_chosen
        if address and unit is not None:
            found = at_unit(address, unit, today)
            if found is None:
                told = gettext("Ingen med den adressen arbetar på %(unit)s.") % {"unit": unit.name}
                self.add_error("colleague", told)
            return found
        return by if own else None

    def about(self) -> About:
        """What was said of the loan."""
        said = self.cleaned_data
        return About(said["for_class"], said["purpose"], said["note"])

    def wishes(self) -> list[Wish]:
        """What is asked for, repeated as often as was said."""
        said = self.cleaned_data
        once = [Wish(one.pk, said["use_from"], said["use_to"], said[f"quantity_{one.pk}"]) for one in self.holdings]
        return repeated(once, times=said.get("times") or 1, weeks=said.get("weeks") or 1)

    def refused(self, refusal: UnableToOrder) -> None:
        """Say at each thing, or at the days, why it cannot be had; the same words once."""
        said = set()
        for one in refusal.refusals:
            name = f"quantity_{one.wish.holding}"
            repeats = one.wish.use_from != self.cleaned_data.get("use_from")
            own = name if one.field == "quantity" or one.instead else one.field
            field = own if own in self.fields else name
            reason = f"{one.wish.use_from.isoformat()}: {one.reason}" if repeats else one.reason
            if (field, reason) not in said:
                said.add((field, reason))
                self.add_error(field if field in self.fields else None, reason)
            if one.instead is not None and not repeats:
                self.instead.setdefault(one.wish.holding, one.instead)


class ChangeForm(forms.Form):
    """Other days or another number."""

    use_from = day(_("Första dag i klassrummet"))
    use_to = day(_("Sista dag i klassrummet"))
    quantity = number(_("Antal"))


class QueueForm(forms.Form):
    """What one waits for."""

    unit = forms.ModelChoiceField(
        label=_("Till vilken enhet?"), queryset=Organisation.objects.none(), empty_label=None, required=False
    )
    earliest = day(_("Tidigast"), help_text=_("Första dag du har nytta av den."))
    latest = day(_("Senast"), help_text=_("Den sista dag då det inte är för sent att börja."))
    days = number(_("Hur många dagar behöver du den?"), most=400)
    quantity = number(_("Antal"))
    for_class = text(_("Klass eller grupp"), 60)

    def __init__(self, units: Sequence[Organisation], data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.units = list(units)
        if len(self.units) == 1:
            del self.fields["unit"]
        else:
            chosen: Any = self.fields["unit"]
            chosen.queryset = Organisation.objects.filter(pk__in=[unit.pk for unit in self.units])
            chosen.required = True

    @property
    def unit_chosen(self) -> Organisation:
        """For which unit."""
        return self.cleaned_data.get("unit") or self.units[0]


def usual(first: date, days: int) -> dict[str, date]:
    """The days that the form suggests."""
    return {"use_from": first, "use_to": first + timedelta(days=days - 1)}
