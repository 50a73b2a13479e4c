"""Where things stand, and the numbers that they get."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Scoped
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.organisations.names import NameKeyField

from .. import codes


class StockPlaceQuerySet(Scoped["StockPlace"]):
    """Places as sets."""

    scope = "owner"


class StockPlace(models.Model):
    """A room or a store where items stand; its shelves are named in the order in which one walks past them."""

    owner = models.ForeignKey(Organisation, verbose_name=_("hör till"), on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("kod"), max_length=12)
    name = models.CharField(_("namn"), max_length=120)
    name_key = NameKeyField("name")
    shelves = models.TextField(_("hyllor"), max_length=4000, blank=True)

    objects = StockPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("plats")
        verbose_name_plural = _("platser")
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                "owner",
                "code",
                name="stock_place_code_once",
                violation_error_message=_("En annan plats har redan den koden."),
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(name=""),
                name="stock_place_has_a_name",
                violation_error_message=_("Ge platsen en kod och ett namn."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def shelf_names(self) -> list[str]:
        """The shelves in the order in which they are written, one on each line."""
        return [line.strip() for line in self.shelves.splitlines() if line.strip()]


class BarcodeSeriesQuerySet(Scoped["BarcodeSeries"]):
    """Number series as sets."""

    scope = "owner"


class BarcodeSeries(models.Model):
    """The barcodes that a centre gives its new items: the letters in front, and the number that comes next."""

    owner = models.ForeignKey(Organisation, verbose_name=_("hör till"), on_delete=models.PROTECT, related_name="+")
    prefix = models.CharField(_("tecken före numret"), max_length=10, blank=True)
    digits = models.PositiveSmallIntegerField(
        _("antal siffror"), default=6, validators=[MinValueValidator(3), MaxValueValidator(12)]
    )
    next_number = models.PositiveBigIntegerField(_("nästa nummer"), default=1)

    objects = BarcodeSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("nummerserie")
        verbose_name_plural = _("nummerserier")
        constraints = [models.UniqueConstraint("owner", name="barcode_series_once")]

    def __str__(self) -> str:
        return self.code(self.next_number)

    def code(self, number: int) -> str:
        """The barcode with the number."""
        return f"{codes.tidy(self.prefix)}{number:0{self.digits}d}"
