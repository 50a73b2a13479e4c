"""What the centre keeps: its conditions, suspensions and what is to be invoiced."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resursnav.deliver.stock.models import LoanKind
from resursnav.foundation.organisations.models import Organisation

from ..models import LoanRule
from ..models.conditions import NUMBERS
from .fields import day, number, text

OPTIONAL = frozenset({"quota_unit", "quota_person", "invoice_days", "suspend_days"})


class RuleForm(forms.Form):
    """The conditions for a kind of thing."""

    kind = forms.ChoiceField(label=_("Gäller för"), choices=LoanKind.choices)
    begins = text(
        _("Bara nummer som börjar med"), 12, help_text=_("Lämna tomt om det gäller alla. Till exempel D för D 1234.")
    )
    default_days = number(_("Vanlig lånetid i dagar"), most=400)
    longest_days = number(_("Längsta lånetid i dagar"), most=400)
    renewals = number(_("Antal omlån"), least=0, most=20)
    notice_days = number(_("Bokas minst så många dagar före"), least=0, most=90)
    lead_days = number(_("Dagar att göra i ordning innan det skickas"), least=0, most=30)
    check_days = number(_("Dagar att kontrollera efter återkomst"), least=0, most=30)
    trail_days = number(
        _("Marginal efter planerad återkomst, dagar"), least=0, most=60,
        help_text=_("För sådant som ofta blir sent. Kommer det i tid blir det ledigt ändå."),
    )  # fmt: skip
    needs_approval = forms.BooleanField(label=_("Centret godkänner varje bokning"), required=False)
    quota_unit = number(_("Högst så många samtidigt per enhet"), required=False, most=10_000)
    quota_person = number(_("Högst så många samtidigt per person"), required=False, most=10_000)
    remind_days = number(_("Påminn så många dagar innan det ska lämnas"), least=0, most=30)
    invoice_days = number(
        _("Underlag för faktura efter så många dagars försening"), required=False, most=400,
        help_text=_("Lämna tomt om inget ska faktureras."),
    )  # fmt: skip
    suspend_days = number(
        _("Spärr efter så många dagars försening"), required=False, most=400,
        help_text=_("Lämna tomt om ingen ska spärras av sig själv."),
    )  # fmt: skip

    def said(self) -> dict[str, Any]:
        """The numbers, as the action wants them."""
        return {name: self.cleaned_data[name] for name in (*NUMBERS, "needs_approval")}


def said_of(rule: LoanRule) -> dict[str, Any]:
    """What the form shows of a rule."""
    return {name: getattr(rule, "prefix" if name == "begins" else name) for name in RuleForm.base_fields}


class SuspendForm(forms.Form):
    """Whom, until when and why."""

    unit = forms.ModelChoiceField(label=_("Enhet"), queryset=Organisation.objects.none(), empty_label=_("Välj enhet"))
    person = forms.EmailField(
        label=_("Bara den här personen"), required=False, help_text=_("E-postadress. Lämna tomt för hela enheten."),
        error_messages={"invalid": _("Skriv en e-postadress: namn@example.org.")},
    )  # fmt: skip
    last_day = day(_("Till och med"), required=False, help_text=_("Lämna tomt om det gäller tills någon häver den."))
    reason = text(_("Varför?"), 300, required=True, help_text=_("Läses av den som försöker boka."))

    def __init__(self, units: Any, data: Any = None) -> None:
        super().__init__(data)
        chosen: Any = self.fields["unit"]
        chosen.queryset = units


class InvoiceForm(forms.Form):
    """Why nothing is to be paid."""

    reason = text(_("Varför ska inget betalas?"), 300, required=True, help_text=_("Står kvar vid underlaget."))
