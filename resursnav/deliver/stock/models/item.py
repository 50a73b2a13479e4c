"""The item: one copy with a barcode, what is wrong with it, and what it lacks."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Scoped
from resursnav.foundation.organisations.models import Organisation

from .. import codes
from .codes import Condition, ItemState
from .holding import Holding, PartLine
from .places import StockPlace

HIGHEST_VALUE = 10_000_000


def barcode(value: str) -> None:
    """What a label can carry and a scanner can read."""
    if not codes.is_code(value):
        raise ValidationError(
            _now(
                "En streckkod har 3-24 tecken: bokstäverna A-Z, siffror, och mellan dem punkt, snedstreck "
                "och bindestreck."
            )
        )


class ItemQuerySet(Scoped["Item"]):
    """Items as sets."""

    scope = "owner"

    def lendable(self) -> Self:
        """Those that can be lent today, if they are not on loan."""
        return self.filter(state=ItemState.IN_USE)

    def kept(self) -> Self:
        """Those that the centre has: all but the retired."""
        return self.exclude(state=ItemState.RETIRED)

    def late_from_service(self, day: object) -> Self:
        """Those that should have been back from service on the day, and are not."""
        return self.filter(state=ItemState.SERVICE, back_date__lte=day)


class Item(models.Model):
    """One copy (exemplar): it has a barcode, a home place and a condition."""

    holding = models.ForeignKey(Holding, verbose_name=_("bestånd"), on_delete=models.PROTECT, related_name="items")
    # The holding's owner, so that the database can see that a barcode is used once.
    owner = models.ForeignKey(Organisation, verbose_name=_("hör till"), on_delete=models.PROTECT, related_name="+")
    barcode = models.CharField(_("streckkod"), max_length=codes.LONGEST, validators=[barcode])
    place = models.ForeignKey(
        StockPlace,
        verbose_name=_("hemplats"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
    )
    shelf = models.CharField(_("hylla"), max_length=60, blank=True)
    condition = models.CharField(_("skick"), max_length=5, choices=Condition, default=Condition.GOOD)
    note = models.CharField(_("anteckning"), max_length=500, blank=True)
    value = models.DecimalField(
        _("ersättningsvärde"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(HIGHEST_VALUE)],
    )
    state = models.CharField(_("läge"), max_length=8, choices=ItemState, default=ItemState.IN_USE)
    # Since when it is on service or missing, and the first day on which it is promised back from service.
    out_from = models.DateField(_("borta från"), null=True, blank=True)
    back_date = models.DateField(_("tillbaka"), null=True, blank=True)
    service_at = models.CharField(_("service hos"), max_length=120, blank=True)
    retired_at = models.DateTimeField(_("gallrad"), null=True, blank=True)
    retired_reason = models.CharField(_("skäl till gallringen"), max_length=500, blank=True)
    added_at = models.DateTimeField(_("tillagd"))
    updated_at = models.DateTimeField(_("ändrad"))

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("exemplar")
        verbose_name_plural = _("exemplar")
        ordering = ["barcode", "pk"]
        constraints = [
            models.UniqueConstraint(
                "owner",
                "barcode",
                name="item_barcode_once",
                violation_error_message=_("Streckkoden sitter redan på ett annat exemplar."),
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True, retired_reason="") & ~Q(state=ItemState.RETIRED)
                | Q(retired_at__isnull=False, state=ItemState.RETIRED) & ~Q(retired_reason=""),
                name="item_retired_with_reason",
                violation_error_message=_("Skriv varför exemplaret gallras."),
            ),
            models.CheckConstraint(
                condition=Q(out_from__isnull=False, state__in=[ItemState.SERVICE, ItemState.MISSING])
                | Q(out_from__isnull=True, state__in=[ItemState.IN_USE, ItemState.RETIRED]),
                name="item_away_since_a_day",
                violation_error_message=_("Det som är på service eller saknas är borta från en viss dag."),
            ),
            models.CheckConstraint(
                condition=Q(back_date__isnull=True)
                | Q(state=ItemState.SERVICE, out_from__isnull=False, back_date__gt=F("out_from")),
                name="item_back_after_it_left",
                violation_error_message=_("Dagen då det är tillbaka måste komma efter dagen då det skickades."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="item_value_is_not_negative",
                violation_error_message=_("Värdet kan inte vara mindre än noll."),
            ),
        ]
        indexes = [
            models.Index(fields=["holding", "state", "back_date"], name="item_capacity"),
            models.Index(fields=["place", "shelf"], name="item_on_shelf"),
            models.Index(fields=["owner", "state"], name="item_by_state"),
        ]

    def __str__(self) -> str:
        return self.barcode

    def get_absolute_url(self) -> str:
        """The item's page, which its QR code leads to."""
        return reverse("stock:item", args=[self.pk])

    @property
    def is_lendable(self) -> bool:
        """Whether it can be lent, if it is not on loan."""
        return self.state == ItemState.IN_USE

    @property
    def is_retired(self) -> bool:
        """Whether the centre has parted with it."""
        return self.state == ItemState.RETIRED


class FaultQuerySet(Scoped["Fault"]):
    """Faults as sets."""

    scope = "item__owner"

    def open(self) -> Self:
        """Those that nobody has mended, on items that are still kept."""
        return self.filter(mended_at__isnull=True).exclude(item__state=ItemState.RETIRED)


class Fault(models.Model):
    """Something is wrong with an item; a fault that blocks keeps it from being lent until it is mended."""

    item = models.ForeignKey(Item, verbose_name=_("exemplar"), on_delete=models.CASCADE, related_name="faults")
    text = models.CharField(_("vad som är fel"), max_length=500)
    blocking = models.BooleanField(_("får inte lånas ut så"), default=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("anmält av"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reported_at = models.DateTimeField(_("anmält"))
    mended_at = models.DateTimeField(_("åtgärdat"), null=True, blank=True)
    mended_note = models.CharField(_("vad som gjordes"), max_length=500, blank=True)

    objects = FaultQuerySet.as_manager()

    class Meta:
        verbose_name = _("fel")
        verbose_name_plural = _("fel")
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="fault_says_what", violation_error_message=_("Skriv vad som är fel.")
            )
        ]
        indexes = [models.Index(fields=["mended_at", "reported_at"], name="fault_waiting")]

    def __str__(self) -> str:
        return self.text


class MissingPartQuerySet(Scoped["MissingPart"]):
    """Missing parts as sets."""

    scope = "item__owner"


class MissingPart(models.Model):
    """A counted part is not in the box: how many of it, and since when."""

    item = models.ForeignKey(Item, verbose_name=_("exemplar"), on_delete=models.CASCADE, related_name="missing_parts")
    part = models.ForeignKey(PartLine, verbose_name=_("del"), on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField(_("antal som saknas"))
    noted_at = models.DateTimeField(_("upptäckt"))

    objects = MissingPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("del som saknas")
        verbose_name_plural = _("delar som saknas")
        ordering = ["part__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                "item",
                "part",
                name="missing_part_once",
                violation_error_message=_("Delen står redan bland dem som saknas."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="missing_part_quantity",
                violation_error_message=_("Skriv hur många som saknas."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.quantity}"
