"""When the centre is open and how long it needs, and when the schools are away."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Scoped
from resursnav.foundation.access.reach import Row
from resursnav.foundation.organisations.models import Organisation

from .codes import BreakKind, Weekday


class Owned(Scoped[Row]):
    """What belongs to a centre."""

    scope = "owner"


class Handling(models.Model):
    """How many open days the centre needs before it can pack what has been ordered."""

    owner = models.ForeignKey(Organisation, verbose_name=_("centrum"), on_delete=models.CASCADE, related_name="+")
    processing_days = models.PositiveSmallIntegerField(_("dagar att packa"), default=0)

    objects = Owned["Handling"].as_manager()

    class Meta:
        verbose_name = _("arbetssätt")
        verbose_name_plural = _("arbetssätt")
        constraints = [
            models.UniqueConstraint("owner", name="handling_once"),
            models.CheckConstraint(
                condition=Q(processing_days__lte=20),
                name="handling_days_are_few",
                violation_error_message=_("Högst 20 dagar."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.processing_days}"


class OpeningHours(models.Model):
    """A weekday when the centre is open, and between which hours one may come."""

    owner = models.ForeignKey(Organisation, verbose_name=_("centrum"), on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField(_("veckodag"), choices=Weekday)
    opens = models.TimeField(_("öppnar"))
    closes = models.TimeField(_("stänger"))

    objects = Owned["OpeningHours"].as_manager()

    class Meta:
        verbose_name = _("öppettid")
        verbose_name_plural = _("öppettider")
        ordering = ["weekday"]
        constraints = [
            models.UniqueConstraint(
                "owner",
                "weekday",
                name="opening_hours_once_a_day",
                violation_error_message=_("Dagen har redan en öppettid."),
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="opening_hours_are_forward",
                violation_error_message=_("Stängningstiden måste komma efter öppningstiden."),
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="opening_hours_weekday_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}-{self.closes:%H:%M}"


class ClosedDaysQuerySet(Owned["ClosedDays"]):
    """Closed days as sets."""

    def not_past(self, day: date) -> Self:
        """Those that are now or will come."""
        return self.filter(valid_to__gt=day)


class ClosedDays(models.Model):
    """Days when the centre is closed besides weekends and holidays, with the reason."""

    owner = models.ForeignKey(Organisation, verbose_name=_("centrum"), on_delete=models.CASCADE, related_name="+")
    valid_from = models.DateField(_("från och med"))
    valid_to = models.DateField(_("till (dagen efter sista dagen)"))
    reason = models.CharField(_("varför"), max_length=120)

    objects = ClosedDaysQuerySet.as_manager()

    class Meta:
        verbose_name = _("stängda dagar")
        verbose_name_plural = _("stängda dagar")
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")),
                name="closed_days_are_forward",
                violation_error_message=_("Sista dagen kan inte komma före den första."),
            )
        ]
        indexes = [models.Index(fields=["owner", "valid_to"], name="closed_days_by_end")]

    def __str__(self) -> str:
        return f"{self.reason} {self.valid_from} – {self.valid_to}"


class SchoolBreakQuerySet(Scoped["SchoolBreak"]):
    """School breaks as sets."""

    def not_past(self, day: date) -> Self:
        """Those that are now or will come."""
        return self.filter(valid_to__gt=day)


class SchoolBreak(models.Model):
    """When the schools of a municipality, a region or a single school are away."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("gäller i"), on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("lov"), max_length=12, choices=BreakKind)
    name = models.CharField(_("namn"), max_length=80, blank=True)
    valid_from = models.DateField(_("från och med"))
    valid_to = models.DateField(_("till (dagen efter sista dagen)"))

    objects = SchoolBreakQuerySet.as_manager()

    class Meta:
        verbose_name = _("lov")
        verbose_name_plural = _("lov")
        ordering = ["valid_from", "organisation__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "kind",
                "valid_from",
                name="school_break_once",
                violation_error_message=_("Lovet finns redan."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")),
                name="school_break_is_forward",
                violation_error_message=_("Sista dagen kan inte komma före den första."),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "valid_to"], name="school_break_by_end")]

    def __str__(self) -> str:
        return f"{self.title} {self.valid_from} – {self.valid_to}"

    @property
    def title(self) -> str:
        """What it is called: its own name, or that of its kind."""
        return self.name or str(self.get_kind_display())
