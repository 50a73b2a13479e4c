"""What the worker remembers: whose turn each job is and how it went, and which nodes are alive."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobTurnQuerySet(models.QuerySet["JobTurn"]):
    """Turns as sets."""

    def failing(self) -> Self:
        """Those whose latest run failed."""
        return self.filter(failures__gt=0)


class JobTurn(models.Model):
    """A job of the worker: who has the turn to run it and until when, and how the latest run went."""

    name = models.CharField(_("jobb"), max_length=120, primary_key=True)
    holder = models.CharField(_("arbetare"), max_length=120, blank=True)
    held_until_at = models.DateTimeField(_("har turen till"), null=True, blank=True)
    ran_at = models.DateTimeField(_("kördes senast"), null=True, blank=True)
    failures = models.PositiveIntegerField(_("fel i rad"), default=0)
    error = models.TextField(_("senaste fel"), blank=True)

    objects = JobTurnQuerySet.as_manager()

    class Meta:
        verbose_name = _("jobb")
        verbose_name_plural = _("jobb")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class WorkerBeatQuerySet(models.QuerySet["WorkerBeat"]):
    """Heartbeats as sets."""

    def alive(self, at: datetime) -> Self:
        """Workers that have been heard of within the last minute."""
        return self.filter(seen_at__gt=at - timedelta(seconds=60))


class WorkerBeat(models.Model):
    """A worker's sign of life."""

    worker = models.CharField(_("arbetare"), max_length=120, primary_key=True)
    started_at = models.DateTimeField(_("startade"))
    seen_at = models.DateTimeField(_("hördes senast"))

    objects = WorkerBeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("arbetare")
        verbose_name_plural = _("arbetare")
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.worker
