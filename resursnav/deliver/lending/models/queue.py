"""Those who wait for copies that somebody else has."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from resursnav.deliver.stock.models import Holding
from resursnav.foundation.organisations.models import Organisation

from .codes import QUEUED, QueueState
from .order import MOST, Booking, TwoSided


class QueueEntryQuerySet(TwoSided["QueueEntry"]):
    """Places in queues as sets."""

    scope = "holding__owner"
    own = "person"

    def waiting(self) -> Self:
        """Those that wait, the longest first."""
        return self.filter(state=QueueState.WAITING).order_by("joined_at", "pk")

    def open(self) -> Self:
        """Those that wait or have an offer to answer."""
        return self.filter(state__in=QUEUED)

    def run_out(self, at: datetime) -> Self:
        """Those whose offer was not answered in time."""
        return self.filter(state=QueueState.OFFERED, answer_by__lte=at)


class QueueEntry(models.Model):
    """Somebody wants copies for some days, and can begin on any day of a range."""

    holding = models.ForeignKey(Holding, verbose_name=_("bestånd"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, verbose_name=_("för enheten"), on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("vem"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    quantity = models.PositiveSmallIntegerField(
        _("antal"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    days = models.PositiveSmallIntegerField(_("antal dagar"), validators=[MinValueValidator(1)])
    earliest = models.DateField(_("tidigast"))
    latest = models.DateField(_("senast"))
    for_class = models.CharField(_("för klass eller grupp"), max_length=60, blank=True)
    state = models.CharField(_("läge"), max_length=9, choices=QueueState, default=QueueState.WAITING)
    joined_at = models.DateTimeField(_("ställde sig i kön"))
    # When it can be had if those who stand before take theirs; reckoned anew when something changes.
    promise_date = models.DateField(_("väntas kunna användas"), null=True, blank=True)
    booking = models.OneToOneField(
        Booking, verbose_name=_("erbjudandet"), null=True, blank=True, on_delete=models.SET_NULL, related_name="queued"
    )
    answer_by = models.DateTimeField(_("svara senast"), null=True, blank=True)
    ended_at = models.DateTimeField(_("lämnade kön"), null=True, blank=True)

    objects = QueueEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("plats i kön")
        verbose_name_plural = _("platser i kön")
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "holding",
                "unit",
                "person",
                condition=Q(state__in=QUEUED, person__isnull=False),
                name="queue_entry_once",
                violation_error_message=_("Du står redan i kön."),
            ),
            models.CheckConstraint(
                condition=Q(latest__gte=F("earliest")),
                name="queue_range_is_forward",
                violation_error_message=_("Den senaste dagen kan inte komma före den tidigaste."),
            ),
            models.CheckConstraint(
                condition=~Q(state=QueueState.OFFERED) | Q(booking__isnull=False, answer_by__isnull=False),
                name="queue_offer_has_a_booking",
            ),
            models.CheckConstraint(
                condition=Q(state__in=QUEUED, ended_at__isnull=True)
                | (~Q(state__in=QUEUED) & Q(ended_at__isnull=False)),
                name="queue_end_has_a_time",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1, days__gte=1), name="queue_entry_wants_something"),
        ]
        indexes = [
            models.Index(fields=["holding", "joined_at"], condition=Q(state__in=QUEUED), name="queue_in_order"),
            models.Index(fields=["person"], condition=Q(state__in=QUEUED), name="queue_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.holding_id}: {self.earliest} – {self.latest}"
