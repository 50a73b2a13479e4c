"""What a loan leaves: facts for the statistics, and a basis for an invoice when it never came back."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.vocabulary import MediaType
from resursnav.deliver.stock.models import Holding, Item, LoanKind
from resursnav.foundation.access import Scoped
from resursnav.foundation.organisations.models import Organisation

from .codes import FactKind, Why
from .order import Booking


class LoanFactQuerySet(Scoped["LoanFact"]):
    """Facts as sets."""

    scope = "owner"


class LoanFact(models.Model):
    """A loan, a refusal or a wait as the statistics need it; who it was is not said and cannot be found from it."""

    what = models.CharField(_("vad"), max_length=8, choices=FactKind)
    day = models.DateField(_("dag"))
    owner = models.ForeignKey(Organisation, verbose_name=_("centrum"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="+")
    # As it was on the day: a school may lie in another municipality later.
    municipality = models.ForeignKey(
        Organisation, verbose_name=_("kommun"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    holding = models.ForeignKey(
        Holding, verbose_name=_("bestånd"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    resource = models.ForeignKey(
        Resource, verbose_name=_("resurs"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    media_type = models.CharField(_("medietyp"), max_length=10, choices=MediaType)
    kind = models.CharField(_("lånas som"), max_length=10, choices=LoanKind)
    subjects = models.JSONField(_("ämnen"), default=list, blank=True)
    quantity = models.PositiveSmallIntegerField(_("antal"), default=1)
    # Of a loan how long, of a wait how long in the queue.
    days = models.PositiveIntegerField(_("dagar"), default=0)
    why = models.CharField(_("skäl"), max_length=14, choices=Why, blank=True)

    objects = LoanFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("uppgift för statistiken")
        verbose_name_plural = _("uppgifter för statistiken")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what=FactKind.REFUSAL) ^ Q(why=""), name="loan_fact_refusal_has_a_reason"
            )
        ]
        indexes = [
            models.Index(fields=["owner", "what", "day"], name="loan_fact_by_day"),
            models.Index(fields=["holding", "what", "day"], name="loan_fact_by_holding"),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.day}"


class InvoiceBasisQuerySet(Scoped["InvoiceBasis"]):
    """Bases for invoices as sets."""

    scope = "owner"

    def open(self) -> Self:
        """Those that nobody has dealt with."""
        return self.filter(settled_at__isnull=True)


class InvoiceBasis(models.Model):
    """What a unit is to pay for a copy that did not come back, or came back broken: for the accounts to invoice."""

    owner = models.ForeignKey(Organisation, verbose_name=_("centrum"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="+")
    booking = models.ForeignKey(
        Booking, verbose_name=_("bokning"), null=True, on_delete=models.SET_NULL, related_name="invoices"
    )
    item = models.ForeignKey(Item, verbose_name=_("exemplar"), on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(_("kronor"), max_digits=10, decimal_places=2, null=True, blank=True)
    text = models.CharField(_("text"), max_length=300)
    made_at = models.DateTimeField(_("gjort"))
    settled_at = models.DateTimeField(_("hanterat"), null=True, blank=True)
    # Empty when it has been invoiced; else why nothing is to be paid.
    dropped_reason = models.CharField(_("skäl till att inget betalas"), max_length=300, blank=True)

    objects = InvoiceBasisQuerySet.as_manager()

    class Meta:
        verbose_name = _("underlag för faktura")
        verbose_name_plural = _("underlag för fakturor")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "booking", "item", name="invoice_once", violation_error_message=_("Det finns redan ett underlag.")
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="invoice_amount_is_not_negative",
                violation_error_message=_("Beloppet kan inte vara mindre än noll."),
            ),
        ]
        indexes = [models.Index(fields=["owner", "settled_at"], name="invoice_to_settle")]

    def __str__(self) -> str:
        return self.text
