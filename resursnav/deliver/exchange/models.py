"""What the exchange remembers: how a source's columns are matched, and which catalogues are harvested."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from resursnav.foundation.access import Scoped
from resursnav.foundation.imports import words
from resursnav.foundation.imports.models import ImportBatch
from resursnav.foundation.organisations.models import Organisation


class MatchingQuerySet(Scoped["ColumnMatching"]):
    """Matchings as sets."""

    scope = "owner"


class ColumnMatching(models.Model):
    """Which column is which in a source's tables, as somebody matched them last time."""

    owner = models.ForeignKey(Organisation, verbose_name=_("för"), on_delete=models.CASCADE, related_name="+")
    source = models.CharField(_("källa"), max_length=60)
    columns = models.JSONField(_("kolumner"), default=dict)
    matched_at = models.DateTimeField(pgettext_lazy("date", "senast"))

    objects = MatchingQuerySet.as_manager()

    class Meta:
        verbose_name = _("kolumnparning")
        verbose_name_plural = _("kolumnparningar")
        constraints = [
            models.UniqueConstraint(
                "owner",
                "source",
                name="column_matching_once",
                violation_error_message=_("Källans kolumner är redan parade."),
            )
        ]

    def __str__(self) -> str:
        return self.source


LONGEST = timedelta(hours=2)
"""A harvest that has gone on for longer than this is taken to have died, and may begin again."""


class HarvestQuerySet(Scoped["Harvest"]):
    """Harvests as sets."""

    scope = "owner"

    def on(self) -> Self:
        """Those that are to be done by themselves."""
        return self.filter(is_on=True)

    def wanted(self) -> Self:
        """Those that somebody waits for, the one who has waited longest first."""
        return self.filter(wanted_at__isnull=False).order_by("wanted_at", "pk")

    def idle(self, at: datetime) -> Self:
        """Those that nobody is fetching."""
        return self.filter(Q(began_at__isnull=True) | Q(began_at__lt=at - LONGEST))


class Harvest(models.Model):
    """Another catalogue that is asked for news by OAI-PMH."""

    owner = models.ForeignKey(Organisation, verbose_name=_("för"), on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("källans namn"), max_length=60)
    address = models.URLField(_("adress"), max_length=500)
    prefix = models.CharField(
        _("format"),
        max_length=20,
        choices=[("oai_dc", _("Dublin Core")), ("marcxml", _("MARCXML")), ("amb", _("AMB"))],
        default="oai_dc",
    )
    subset = models.CharField(_("delmängd (set)"), max_length=200, blank=True)
    is_on = models.BooleanField(_("hämtas varje natt"), default=True)
    harvested_to = models.CharField(_("hämtad till och med"), max_length=20, blank=True)
    tried_at = models.DateTimeField(_("senaste försöket"), null=True, blank=True)
    fault = models.CharField(_("senaste felet"), max_length=300, blank=True)
    fault_details = models.JSONField(_("felets uppgifter"), default=dict, blank=True)
    wanted_at = models.DateTimeField(_("efterfrågad"), null=True, blank=True)
    wanted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("efterfrågad av"), null=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    began_at = models.DateTimeField(_("hämtas sedan"), null=True, blank=True)
    fetched = models.PositiveIntegerField(_("hämtade poster"), default=0)
    expected = models.PositiveIntegerField(_("av"), default=0)
    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("senaste importen"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = HarvestQuerySet.as_manager()

    class Meta:
        verbose_name = _("skördad katalog")
        verbose_name_plural = _("skördade kataloger")
        ordering = ["source", "pk"]
        constraints = [
            models.UniqueConstraint(
                "owner",
                "source",
                name="harvest_source_once",
                violation_error_message=_("Källan hämtas redan."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="harvest_has_a_source",
                violation_error_message=_("Ge källan ett namn."),
            ),
        ]

    def __str__(self) -> str:
        return self.source

    def why(self) -> str:
        """Why the latest try went wrong, as a sentence in the language that is active."""
        return words.describe(self.fault, self.fault_details)

    @property
    def is_working(self) -> bool:
        """Whether it is being fetched, or will be in a moment."""
        return self.began_at is not None or self.wanted_at is not None
