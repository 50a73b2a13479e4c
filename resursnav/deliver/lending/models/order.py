"""The order, its bookings, and what has happened to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from resursnav.deliver.stock.models import Holding
from resursnav.foundation.access import Reach, Scoped
from resursnav.foundation.access.reach import Row
from resursnav.foundation.organisations.models import Organisation

from ..availability import Claim
from .codes import AWAY, ENDED, HOLDING, OPEN, UNPACKED, WITH_COPIES, Happened, State

MOST = 500  # copies in one line


class TwoSided(Scoped[Row]):
    """Rows between a centre and a unit that borrows: BELOW reaches what the centre lends, HERE what the unit has."""

    scope = "owner"
    borrower = "unit"

    def _at(self, reach: Reach, nodes: list[int]) -> Q:
        if reach is Reach.HERE:
            return Q(**{f"{self.borrower}__in": nodes})
        return super()._at(reach, nodes)


class OrderQuerySet(TwoSided["Order"]):
    """Orders as sets."""

    own = "person"

    def open(self) -> Self:
        """Those with something left to do."""
        return self.filter(closed_at__isnull=True)

    def whole(self) -> Self:
        """With what a list shows of each, in two statements more."""
        lines = Booking.objects.select_related("holding__resource")
        return self.select_related("unit", "person", "owner").prefetch_related(models.Prefetch("bookings", lines))


class Order(models.Model):
    """What somebody has booked at a centre for a unit: one or more lines that are wanted together."""

    owner = models.ForeignKey(Organisation, verbose_name=_("centrum"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, verbose_name=_("för enheten"), on_delete=models.PROTECT, related_name="+")
    # Who answers for the loan; cut some time after everything is back, when nobody needs to know any longer.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("låntagare"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("beställt av"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    placed_at = models.DateTimeField(_("beställt"))
    for_class = models.CharField(_("för klass eller grupp"), max_length=60, blank=True)
    purpose = models.CharField(_("till vad"), max_length=200, blank=True)
    note = models.CharField(_("meddelande till centret"), max_length=500, blank=True)
    # Made by the form: the same form sent twice is one order.
    key = models.UUIDField(_("nyckel"), unique=True)
    closed_at = models.DateTimeField(_("avslutad"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("låntagaren glömd"), null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("beställning")
        verbose_name_plural = _("beställningar")
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True)
                | Q(
                    closed_at__isnull=False, person__isnull=True, placed_by__isnull=True, for_class="", purpose="",
                    note="",
                ),
                name="order_forgotten_is_nobodys",
            )
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["person", "-placed_at"], name="order_by_person"),
            models.Index(fields=["unit", "-placed_at"], name="order_by_unit"),
            models.Index(fields=["owner", "-placed_at"], name="order_by_owner"),
            models.Index(fields=["closed_at"], condition=Q(forgotten_at__isnull=True), name="order_to_forget"),
        ]

    def __str__(self) -> str:
        return str(_("Beställning %(number)s") % {"number": self.pk})

    def get_absolute_url(self) -> str:
        """The order's page."""
        return reverse("lending:order", args=[self.pk])


class BookingQuerySet(TwoSided["Booking"]):
    """Bookings as sets."""

    scope = "order__owner"
    borrower = "order__unit"
    own = "order__person"

    def holding_copies(self) -> Self:
        """Those that keep copies from others."""
        return self.filter(state__in=HOLDING)

    def open(self) -> Self:
        """Those with something left to do."""
        return self.filter(state__in=OPEN)

    def away(self) -> Self:
        """Those whose copies have left the centre."""
        return self.filter(state__in=AWAY)

    def late(self, day: date) -> Self:
        """Those that should have been handed over for the way back before the day."""
        return self.away().filter(hand_over_date__lt=day)

    def of(self, holdings: Iterable[int]) -> Self:
        """Those of the holdings, in the order in which copies are promised."""
        return self.filter(holding__in=list(holdings)).order_by("booked_at", "pk")

    def whole(self) -> Self:
        """With what a page shows of each."""
        return self.select_related("holding__resource", "order__unit", "order__person", "order__owner")


class Booking(models.Model):
    """A number of copies of one holding for some days; which copies is decided when they are packed."""

    order = models.ForeignKey(Order, verbose_name=_("beställning"), on_delete=models.CASCADE, related_name="bookings")
    holding = models.ForeignKey(Holding, verbose_name=_("bestånd"), on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField(
        _("antal"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    use_from = models.DateField(_("används från"))
    use_to = models.DateField(_("används till och med"))
    leave_date = models.DateField(_("lämnar centret"))
    hand_over_date = models.DateField(_("lämnas tillbaka senast"))
    back_date = models.DateField(_("på centret igen"))
    # Half-open: from the day when it must be at hand to the day when somebody else can have it.
    blocked_from = models.DateField(_("upptaget från"))
    blocked_to = models.DateField(_("upptaget till (dagen efter)"))
    state = models.CharField(_("läge"), max_length=9, choices=State)
    # Whoever booked first keeps theirs when there are fewer copies than was thought.
    booked_at = models.DateTimeField(_("bokat"))
    changed_at = models.DateTimeField(_("ändrat"))
    ended_at = models.DateTimeField(_("avslutat"), null=True, blank=True)
    # What it was before there were too few copies.
    bumped_from = models.CharField(max_length=9, choices=State, blank=True)
    renewals = models.PositiveSmallIntegerField(_("omlån"), default=0)
    reason = models.CharField(_("skäl"), max_length=300, blank=True)
    # The last reminder that has gone out, in days before (positive) or after the day for handing over.
    reminded = models.SmallIntegerField(_("påmind"), null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("bokning")
        verbose_name_plural = _("bokningar")
        ordering = ["use_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=MOST),
                name="booking_has_a_quantity",
                violation_error_message=_("Skriv ett antal från 1 till 500."),
            ),
            models.CheckConstraint(
                condition=Q(use_to__gte=F("use_from")),
                name="booking_use_is_forward",
                violation_error_message=_("Sista dagen kan inte komma före den första."),
            ),
            models.CheckConstraint(
                condition=Q(leave_date__lte=F("use_from")) & Q(back_date__gte=F("hand_over_date")),
                name="booking_way_is_forward",
            ),
            models.CheckConstraint(
                condition=Q(blocked_to__gt=F("blocked_from"))
                | Q(state__in=ENDED, blocked_to__gte=F("blocked_from")),
                name="booking_block_is_forward",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False) | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
                name="booking_end_has_a_time",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="booking_state_is_known"),
        ]  # fmt: skip
        indexes = [
            # What availability asks for: few rows of each holding, whatever the years before have left.
            models.Index(fields=["holding", "blocked_to"], condition=Q(state__in=HOLDING), name="booking_blocks"),
            models.Index(fields=["order", "state"], name="booking_by_order"),
            models.Index(fields=["state", "leave_date"], condition=Q(state__in=OPEN), name="booking_to_pack"),
            models.Index(fields=["hand_over_date"], condition=Q(state__in=AWAY), name="booking_to_return"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.holding_id}: {self.use_from} – {self.use_to}"

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.state in OPEN

    @property
    def holds(self) -> bool:
        """Whether it keeps copies from others."""
        return self.state in HOLDING

    @property
    def has_copies(self) -> bool:
        """Whether certain copies have been chosen and are packed, away or back but not yet checked."""
        return self.state in WITH_COPIES

    @property
    def is_unpacked(self) -> bool:
        """Whether whoever booked can still change it and take it back."""
        return self.state in UNPACKED

    @property
    def is_away(self) -> bool:
        """Whether its copies have left the centre."""
        return self.state in AWAY

    def is_late(self, day: date) -> bool:
        """Whether it should have been handed over for the way back before the day."""
        return self.is_away and self.hand_over_date < day

    def claim(self) -> Claim:
        """What it holds, for the counting."""
        return Claim(self.blocked_from, self.blocked_to, self.quantity)

    def days(self) -> int:
        """How many days it is used."""
        return (self.use_to - self.use_from).days + 1


class OrderEventQuerySet(TwoSided["OrderEvent"]):
    """Lines of stories as sets."""

    scope = "order__owner"
    borrower = "order__unit"
    own = "order__person"


class OrderEvent(models.Model):
    """One line of an order's story: what happened, when, and who did it until that is forgotten."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    booking = models.ForeignKey(Booking, null=True, blank=True, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(_("vad som hände"), max_length=12, choices=Happened)
    at = models.DateTimeField(_("när"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("vem"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Said in words where the verb does not tell all; figures and days, never names.
    said: Any = models.JSONField(_("uppgifter"), default=dict, blank=True)

    objects = OrderEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["order", "at"], name="order_event_by_order")]

    def __str__(self) -> str:
        return str(self.get_what_display())
