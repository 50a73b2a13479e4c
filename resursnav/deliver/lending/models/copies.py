"""Which copies a booking has, and for which days; the database itself sees that no copy is in two places."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from resursnav.deliver.stock.models import Item

from .order import Booking, TwoSided


class AllocationQuerySet(TwoSided["Allocation"]):
    """Chosen copies as sets."""

    scope = "booking__order__owner"
    borrower = "booking__order__unit"
    own = "booking__order__person"


class Allocation(models.Model):
    """A copy that has been chosen for a booking, from the day it was packed to the day it is free again.

    An open one belongs to a booking that has copies. It begins no later than today: what is packed early is away from
    the shelf from that day. When the booking ends it is cut to the days that it really took.

    The migration adds what Django cannot say: on PostgreSQL an exclusion constraint, on SQLite two triggers, that
    refuse two ranges of days for the same copy. The actions take a lock and look first; this is the net below them.
    """

    booking = models.ForeignKey(Booking, verbose_name=_("bokning"), on_delete=models.CASCADE, related_name="copies")
    item = models.ForeignKey(Item, verbose_name=_("exemplar"), on_delete=models.PROTECT, related_name="+")
    starts = models.DateField(_("från"))
    ends = models.DateField(_("till (dagen efter)"))
    open = models.BooleanField(_("pågår"), default=True)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("valt exemplar")
        verbose_name_plural = _("valda exemplar")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("booking", "item", name="allocation_once"),
            models.UniqueConstraint("item", condition=Q(open=True), name="allocation_open_once"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")) | Q(open=False, ends__gte=F("starts")),
                name="allocation_is_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.starts} – {self.ends}"
