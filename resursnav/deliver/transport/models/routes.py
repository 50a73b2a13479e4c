"""Who carries, on which routes, and to whom."""

from __future__ import annotations

from datetime import date, time
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Scoped
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.organisations.names import NameKeyField

from .codes import RouteWay, RouteWeeks, known_weekdays


class CarrierQuerySet(Scoped["Carrier"]):
    """Carriers as sets."""

    scope = "owner"


class Carrier(models.Model):
    """Whoever takes things to the schools: the centre's own van, the post, or the centre's counter."""

    owner = models.ForeignKey(Organisation, verbose_name=_("hör till"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("namn"), max_length=120)
    name_key = NameKeyField("name")
    way = models.CharField(_("hur"), max_length=8, choices=RouteWay)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    note = models.TextField(_("anteckning"), blank=True)

    objects = CarrierQuerySet.as_manager()

    class Meta:
        verbose_name = _("transportör")
        verbose_name_plural = _("transportörer")
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                "owner",
                "name_key",
                name="carrier_name_once",
                violation_error_message=_("Det finns redan en transportör med det namnet."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class RouteQuerySet(Scoped["Route"]):
    """Routes as sets."""

    scope = "carrier__owner"

    def not_ended(self, day: date) -> Self:
        """Those that go on the day or will later."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))

    def ended(self, day: date) -> Self:
        """Those that go no longer."""
        return self.filter(valid_to__lte=day)


class RouteManager(models.Manager.from_queryset(RouteQuerySet)):  # type: ignore[misc]  # made at run time
    """Reads a route with its carrier and owner, without which it cannot be told."""

    def get_queryset(self) -> RouteQuerySet:
        """All, with carrier and owner in the same statement."""
        found: RouteQuerySet = super().get_queryset()
        return found.select_related("carrier__owner")


class Route(models.Model):
    """A round that goes on certain days to certain places, or a way to send or fetch."""

    carrier = models.ForeignKey(Carrier, verbose_name=_("transportör"), on_delete=models.PROTECT, related_name="routes")
    name = models.CharField(_("namn"), max_length=120)
    name_key = NameKeyField("name")
    weekdays = models.JSONField(_("går på"), default=list, blank=True, validators=[known_weekdays])
    weeks = models.CharField(_("veckor"), max_length=8, choices=RouteWeeks, default=RouteWeeks.EVERY)
    cut_off_days = models.PositiveSmallIntegerField(_("stopptid, antal öppna dagar före"), default=1)
    cut_off_time = models.TimeField(_("stopptid, klockslag"), default=time(12))
    transit_days = models.PositiveSmallIntegerField(_("dagar på väg"), default=0)
    collects = models.BooleanField(_("tar med sig det som ska tillbaka"), default=True)
    valid_from = models.DateField(_("från och med"), null=True, blank=True)
    valid_to = models.DateField(_("till (dagen efter sista dagen)"), null=True, blank=True)
    note = models.TextField(_("anteckning"), blank=True)
    updated_at = models.DateTimeField(_("ändrad"))

    objects = RouteManager()

    class Meta:
        verbose_name = _("tur")
        verbose_name_plural = _("turer")
        ordering = ["name_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="route_period_is_forward",
                violation_error_message=_("Sista dagen måste komma efter den första."),
            ),
            models.CheckConstraint(
                condition=Q(cut_off_days__lte=20, transit_days__lte=20),
                name="route_days_are_few",
                violation_error_message=_("Högst 20 dagar."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The route's page."""
        return reverse("transport:route", args=[self.pk])

    @property
    def known_above(self) -> frozenset[int]:
        """The owner, for `may`: a centre is a region, and nothing stands over it."""
        return frozenset({self.carrier.owner_id})

    @property
    def is_van(self) -> bool:
        """Whether it is a round with stops in an order."""
        return self.carrier.way == RouteWay.VAN


class RoutePlaceQuerySet(Scoped["RoutePlace"]):
    """Marks as sets."""

    scope = "route__carrier__owner"


class RoutePlace(models.Model):
    """A mark in the tree: a route serves this place and all below it, or it does not; and when it comes there."""

    route = models.ForeignKey(Route, verbose_name=_("tur"), on_delete=models.CASCADE, related_name="places")
    organisation = models.ForeignKey(Organisation, verbose_name=_("plats"), on_delete=models.PROTECT, related_name="+")
    included = models.BooleanField(_("kommer hit"), default=True)
    position = models.PositiveSmallIntegerField(_("plats på rundan"), default=0)
    note = models.CharField(_("var man lämnar"), max_length=200, blank=True)

    objects = RoutePlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("plats på en tur")
        verbose_name_plural = _("platser på turer")
        ordering = ["-included", "position", "organisation__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                "route",
                "organisation",
                name="route_place_once",
                violation_error_message=_("Platsen finns redan på turen."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.route_id}: {'+' if self.included else '-'}{self.organisation_id}"
