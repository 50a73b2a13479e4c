"""Batches: what was sent in, how far it has come, and what was found in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Scoped

from . import words

STALE_AFTER = timedelta(minutes=10)
"""A worker that has not said anything for this long is taken to be gone."""

SMALL_BYTES = 1024 * 1024
"""Files up to this size are checked and taken in while the person waits; larger ones by the worker."""


class Status(models.TextChoices):
    """How far a batch has come."""

    MATCHING = "matching", _("väntar på att kolumnerna paras ihop")
    UPLOADED = "uploaded", _("ska kontrolleras")
    CHECKING = "checking", _("kontrolleras")
    CHECKED = "checked", _("kontrollerad, väntar på ditt besked")
    CONFIRMED = "confirmed", _("ska tas in")
    APPLYING = "applying", _("tas in")
    APPLIED = "applied", _("intagen")
    REFUSED = "refused", _("gick inte att läsa")
    DISCARDED = "discarded", _("avbruten")
    FAILED = "failed", _("misslyckades, inget ändrades")


class Verdict(models.TextChoices):
    """What an import does with one thing."""

    NEW = "new", _("ny")
    CHANGED = "changed", _("ändras")
    MOVED = "moved", _("flyttas")
    SAME = "same", _("oförändrad")
    MISSING = "missing", _("saknas i filen")
    WRONG = "wrong", _("felaktig")


WORKING = (Status.CHECKING, Status.APPLYING)
WAITING = (Status.UPLOADED, Status.CONFIRMED)
ENDED = (Status.APPLIED, Status.REFUSED, Status.DISCARDED, Status.FAILED)


class BatchQuerySet(Scoped["ImportBatch"]):
    """Batches as sets."""

    scope = "organisation"
    own = "uploaded_by"

    def of_kind(self, *kinds: str) -> Self:
        """Those of these kinds."""
        return self.filter(kind__in=kinds)

    def waiting(self, at: datetime) -> Self:
        """Those that a worker should take: asked for, or left behind by a worker that is gone. Oldest first."""
        stale = Q(status__in=WORKING, heard_at__lt=at - STALE_AFTER)
        return self.filter(Q(status__in=WAITING) | stale).order_by("received_at", "pk")

    def with_old_files(self, before: datetime) -> Self:
        """Ended ones whose file is still kept though they ended before this moment."""
        return self.filter(status__in=ENDED, finished_at__lt=before).exclude(stored="")


class ImportBatch(models.Model):
    """One file that somebody wants taken in, with what it would change and what became of it."""

    kind = models.CharField(_("slag"), max_length=40)
    name = models.CharField(_("filens namn"), max_length=255)
    source = models.CharField(_("källa"), max_length=80, blank=True)
    stored = models.CharField(_("sparad som"), max_length=255, blank=True)
    size = models.PositiveBigIntegerField(_("storlek i byte"), default=0)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64, blank=True)
    options = models.JSONField(_("val"), default=dict, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("för"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("inlagd av"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bekräftad av"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    status = models.CharField(_("läge"), max_length=10, choices=Status, default=Status.UPLOADED)
    claim = models.UUIDField(_("tagen av"), null=True, blank=True)
    new = models.PositiveIntegerField(_("nya"), default=0)
    changed = models.PositiveIntegerField(_("ändrade"), default=0)
    moved = models.PositiveIntegerField(_("flyttade"), default=0)
    same = models.PositiveIntegerField(_("oförändrade"), default=0)
    missing = models.PositiveIntegerField(_("saknas i filen"), default=0)
    wrong = models.PositiveIntegerField(_("felaktiga"), default=0)
    noted = models.PositiveIntegerField(_("anmärkningar"), default=0)
    told = models.JSONField(_("att veta"), default=list, blank=True)
    """What is to be known about the whole file: [reason, details]."""
    done = models.PositiveIntegerField(_("gjort"), default=0)
    total = models.PositiveIntegerField(_("av"), default=0)
    received_at = models.DateTimeField(_("inlagd"))
    started_at = models.DateTimeField(_("påbörjad"), null=True, blank=True)
    heard_at = models.DateTimeField(_("senast hörd av"), null=True, blank=True)
    finished_at = models.DateTimeField(_("klar"), null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("importer")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "received_at"], name="import_by_status"),
            models.Index(fields=["kind", "-received_at"], name="import_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=WORKING, claim__isnull=False) | (~Q(status__in=WORKING) & Q(claim__isnull=True)),
                name="import_claimed_while_worked_on",
                violation_error_message=_("En import som pågår måste vara tagen av någon."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the file is kept."""
        return folder() / self.stored

    @property
    def work_path(self) -> Path:
        """Where the check may leave what it has read for the taking in."""
        return folder() / f"{self.stored}.checked"

    @property
    def progress_path(self) -> Path:
        """Where the worker says how far it has come; outside the database, whose transaction nobody can look into."""
        return folder() / f"{self.stored}.progress"

    @property
    def is_small(self) -> bool:
        """Whether it is done while the person waits."""
        return self.size <= SMALL_BYTES

    @property
    def is_working(self) -> bool:
        """Whether something is being done, or is about to be, without anybody's having to act."""
        return self.status in WORKING or self.status in WAITING

    @property
    def is_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in ENDED

    @property
    def changes_nothing(self) -> bool:
        """Whether taking it in would leave everything as it is."""
        return not (self.new or self.changed or self.moved)

    def sentences(self) -> list[str]:
        """What is to be known about the whole file, in the language that is active."""
        return [words.describe(reason, details) for reason, details in self.told]

    def percent(self) -> int:
        """How much is done, 0-100."""
        done, total = self.progress()
        return min(100, done * 100 // total) if total else 0

    def progress(self) -> tuple[int, int]:
        """How many are done, of how many (0 when that is not known yet)."""
        try:
            done, total = self.progress_path.read_text().split()
            return int(done), int(total)
        except (OSError, ValueError):
            return self.done, self.total


def folder() -> Path:
    """Where files that were sent in are kept."""
    return Path(settings.DATA_DIR) / "imports"


class ProblemQuerySet(models.QuerySet["ImportProblem"]):
    """Problems as sets."""

    def wrong(self) -> Self:
        """Those for which something was left out."""
        return self.filter(is_note=False)

    def notes(self) -> Self:
        """Those that were taken in all the same."""
        return self.filter(is_note=True)


class ImportProblem(models.Model):
    """Something in the file that was left out, or taken in with a remark: where, what and why."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="problems")
    line = models.PositiveIntegerField(_("rad"), null=True, blank=True)
    field = models.CharField(_("fält"), max_length=80, blank=True)
    value = models.CharField(_("värde"), max_length=200, blank=True)
    reason = models.CharField(_("skäl"), max_length=80)
    details = models.JSONField(_("uppgifter"), default=dict, blank=True)
    is_note = models.BooleanField(_("togs in ändå"), default=False)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("fel i en import")
        verbose_name_plural = _("fel i importer")
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "is_note"], name="import_problem_by_batch")]

    def __str__(self) -> str:
        return words.describe(self.reason, self.details, self.line)


class ImportChange(models.Model):
    """An example of what an import does: one thing, and how it stands before and after."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="changes")
    verdict = models.CharField(_("följd"), max_length=8, choices=Verdict)
    line = models.PositiveIntegerField(_("rad"), null=True, blank=True)
    key = models.CharField(_("nummer"), max_length=200, blank=True)
    title = models.CharField(_("vad"), max_length=300)
    fields = models.JSONField(_("fält"), default=dict, blank=True)
    """Field name -> [before, after]; empty for something new or the same."""

    class Meta:
        verbose_name = _("följd av en import")
        verbose_name_plural = _("följder av importer")
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "verdict"], name="import_change_by_batch")]

    def __str__(self) -> str:
        return self.title
