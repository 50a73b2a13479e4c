"""The change sequence, synonyms and failed searches."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, Max, Q, Sum
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Scoped
from resursnav.foundation.organisations.models import Organisation


class ChangeQuerySet(models.QuerySet["Change"]):
    """Changes as sets."""

    def after(self, number: int) -> Self:
        """Those that a node which has come to `number` has yet to take in, in order."""
        return self.filter(number__gt=number).order_by("number")

    def waiting(self) -> Self:
        """Those that have been committed but have no place in the sequence yet."""
        return self.filter(number__isnull=True)


class Change(models.Model):
    """A searchable thing was made, changed or taken away, and every node's index must hear of it.

    The number is given after the commit, by one process at a time, so that a transaction that takes long can
    never slip in behind a number that a node has already passed.
    """

    kind = models.CharField(_("slag"), max_length=40)
    key = models.BigIntegerField(_("nummer på saken"))
    number = models.BigIntegerField(_("plats i följden"), null=True, unique=True)
    at = models.DateTimeField(_("när"))

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("ändring att söka på")
        verbose_name_plural = _("ändringar att söka på")
        indexes = [
            models.Index(fields=["id"], condition=Q(number__isnull=True), name="search_change_waiting"),
            models.Index(fields=["at"], name="search_change_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.number or '–'} {self.kind}:{self.key}"


class Sequence(models.Model):
    """How far the changes have been numbered; its one row is the lock for numbering."""

    last = models.BigIntegerField(_("sista numret"), default=0)

    class Meta:
        verbose_name = _("ändringsföljd")
        verbose_name_plural = _("ändringsföljder")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="search_sequence_single")]

    def __str__(self) -> str:
        return str(self.last)


class SynonymGroupQuerySet(Scoped["SynonymGroup"]):
    """Synonyms as sets."""

    def in_language(self, language: str) -> Self:
        return self.filter(language=language)


class SynonymGroup(models.Model):
    """Words that mean the same to somebody who searches (surfplatta, lärplatta, iPad)."""

    language = models.CharField(_("språk"), max_length=5, choices=[("sv", _("svenska")), ("en", _("engelska"))])
    words = models.JSONField(_("ord"))

    objects = SynonymGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("synonymgrupp")
        verbose_name_plural = _("synonymgrupper")
        ordering = ["language", "pk"]

    def __str__(self) -> str:
        return ", ".join(self.words)


class FailedSearchQuerySet(Scoped["FailedSearch"]):
    """Failed searches as sets."""

    scope = "municipality"

    def since(self, day: date) -> Self:
        """Those of the day and later."""
        return self.filter(day__gte=day)

    def by_text(self) -> models.QuerySet[FailedSearch, dict[str, object]]:
        """Each question once, with how many times it failed, in how many municipalities and when last."""
        return (
            self.order_by()
            .values("text")
            .annotate(times=Sum("count"), places=Count("municipality", distinct=True), last=Max("day"))
            .order_by("-times", "text")
        )


class FailedSearch(models.Model):
    """What people of a municipality looked for in vain on a day, and how many times; never who they were."""

    day = models.DateField(_("dag"))
    text = models.CharField(_("sökte efter"), max_length=100)
    municipality = models.ForeignKey(
        Organisation, verbose_name=_("kommun"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    count = models.PositiveIntegerField(_("gånger"), default=1)

    objects = FailedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("sökning utan träff")
        verbose_name_plural = _("sökningar utan träff")
        ordering = ["-day", "-count", "text"]
        constraints = [
            models.UniqueConstraint(
                "day",
                "text",
                "municipality",
                name="failed_search_once",
                condition=Q(municipality__isnull=False),
                violation_error_message=_("Sökningen är redan räknad den dagen."),
            ),
            models.UniqueConstraint(
                "day",
                "text",
                name="failed_search_once_anywhere",
                condition=Q(municipality__isnull=True),
                violation_error_message=_("Sökningen är redan räknad den dagen."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
