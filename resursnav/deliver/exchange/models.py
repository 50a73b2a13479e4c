"""What the exchange remembers: how a source's columns are matched, and which catalogues are harvested."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Scoped
from resursnav.foundation.organisations.models import Organisation


class MatchingQuerySet(Scoped["ColumnMatching"]):
    """Matchings as sets."""

    scope = "owner"


class ColumnMatching(models.Model):
    """Which column is which in a source's tables, as somebody matched them last time."""

    owner = models.ForeignKey(Organisation, verbose_name=_("för"), on_delete=models.CASCADE, related_name="+")
    source = models.CharField(_("källa"), max_length=60)
    columns = models.JSONField(_("kolumner"), default=dict)
    matched_at = models.DateTimeField(_("senast"))

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


class HarvestQuerySet(Scoped["Harvest"]):
    """Harvests as sets."""

    scope = "owner"

    def on(self) -> Self:
        """Those that are to be done by themselves."""
        return self.filter(is_on=True)


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
