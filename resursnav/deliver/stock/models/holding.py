"""The holding: what one books. And what shall lie in a kit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models
from django.db.models import Count, Q, QuerySet
from django.db.transaction import TransactionManagementError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.vocabulary import MediaType
from resursnav.foundation.access import Scoped
from resursnav.foundation.keeping.prepared import Prepared
from resursnav.foundation.organisations.models import Organisation

from .codes import PHYSICAL, ItemState, LoanKind


class HoldingQuerySet(Scoped["Holding"]):
    """Holdings as sets."""

    scope = "owner"

    def locked(self, pks: Iterable[int]) -> list[Holding]:
        """The holdings, locked until the transaction ends; always in order of key, so that nobody waits in a circle."""
        if not connection.in_atomic_block:
            raise TransactionManagementError("A lock lasts until the transaction ends: begin one first.")
        return _lock.objects(sorted(set(pks)))

    def bookable(self) -> Self:
        """Those that can be booked."""
        return self.filter(bookable=True)

    def with_counts(self) -> Self:
        """With `item_count` (all but the retired) and `in_use_count`."""
        return self.annotate(
            item_count=Count("items", filter=~Q(items__state=ItemState.RETIRED)),
            in_use_count=Count("items", filter=Q(items__state=ItemState.IN_USE)),
        )


class Holding(models.Model):
    """A centre's holding of a resource in one form: the items are alike, and one books any of them."""

    owner = models.ForeignKey(Organisation, verbose_name=_("hör till"), on_delete=models.PROTECT, related_name="+")
    resource = models.ForeignKey(Resource, verbose_name=_("resurs"), on_delete=models.PROTECT, related_name="+")
    media_type = models.CharField(
        _("medietyp"), max_length=10, choices=[(str(one.value), one.label) for one in MediaType if one in PHYSICAL]
    )
    name = models.CharField(_("eget namn"), max_length=200, blank=True)
    # Many centres let the first letters decide for how long one borrows ("D 1234" a week, "U 567" a term).
    number = models.CharField(_("nummer på hyllan"), max_length=40, blank=True)
    kind = models.CharField(_("lånas som"), max_length=10, choices=LoanKind, default=LoanKind.MEDIA)
    bookable = models.BooleanField(_("går att boka"), default=True)
    note = models.TextField(_("anteckning för centret"), max_length=2000, blank=True)
    updated_at = models.DateTimeField(_("ändrat"))

    item_count: int  # by with_counts
    in_use_count: int

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("bestånd")
        verbose_name_plural = _("bestånd")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "resource",
                "media_type",
                name="holding_once",
                violation_error_message=_("Det finns redan ett bestånd av resursen i den formen."),
            )
        ]
        indexes = [models.Index(fields=["owner", "number"], name="holding_by_number")]

    def __str__(self) -> str:
        return self.name or self.number or str(self.get_media_type_display())

    def get_absolute_url(self) -> str:
        """The holding's page."""
        return reverse("stock:holding", args=[self.pk])

    def title(self) -> str:
        """What it is called: its own name, else the resource with the form. Reads the resource."""
        return self.name or f"{self.resource.title} ({self.get_media_type_display()})"


def _locking(pks: Collection[int]) -> QuerySet[Holding]:
    return Holding.objects.filter(pk__in=pks).select_for_update(no_key=True).order_by("pk")


_lock = Prepared(_locking)


class PartLineQuerySet(Scoped["PartLine"]):
    """Parts as sets."""

    scope = "holding__owner"


class PartLine(models.Model):
    """What shall lie in each item of a holding; what is not counted is an accessory that nobody misses."""

    holding = models.ForeignKey(Holding, verbose_name=_("bestånd"), on_delete=models.CASCADE, related_name="parts")
    name = models.CharField(_("del"), max_length=120)
    quantity = models.PositiveSmallIntegerField(
        _("antal"), default=1, validators=[MinValueValidator(1), MaxValueValidator(999)]
    )
    counted = models.BooleanField(_("räknas vid återlämning"), default=True)
    position = models.PositiveSmallIntegerField(_("plats i ordningen"), default=0)

    objects = PartLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("del")
        verbose_name_plural = _("delar")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                "holding",
                "name",
                name="part_once",
                violation_error_message=_("Samma del står två gånger i innehållslistan."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1) & Q(quantity__lte=999),
                name="part_quantity",
                violation_error_message=_("Skriv ett antal från 1 till 999."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
