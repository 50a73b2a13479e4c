"""Reports of flaws in accessibility."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Scoped


def new_token() -> str:
    """An address that cannot be guessed: who reported reads the answer there, without an account."""
    return secrets.token_urlsafe(18)


class FlawStatus(models.TextChoices):
    """How far a report has come."""

    OPEN = "open", _("väntar på bedömning")
    KNOWN = "known", _("känd brist")
    MENDED = "mended", _("åtgärdad")
    DISMISSED = "dismissed", _("ingen brist")


class FlawReportQuerySet(Scoped["FlawReport"]):
    """Reports as sets."""

    def waiting(self) -> Self:
        """Those that nobody at the centre has judged."""
        return self.filter(status=FlawStatus.OPEN)

    def known(self) -> Self:
        """Confirmed flaws that are not mended: they stand in the statement."""
        return self.filter(status=FlawStatus.KNOWN)

    def mended(self) -> Self:
        """Flaws that have been mended."""
        return self.filter(status=FlawStatus.MENDED)

    def since(self, moment: datetime) -> Self:
        """Those reported from the moment on."""
        return self.filter(reported_at__gte=moment)


class FlawReport(models.Model):
    """Somebody could not use a page, and told us without having to say who they are."""

    token = models.CharField(_("hemlig adress"), max_length=32, unique=True, default=new_token, editable=False)
    page = models.CharField(_("sida"), max_length=300, blank=True)
    text = models.TextField(_("vad som inte fungerar"), max_length=4000)
    aid = models.CharField(_("hjälpmedel eller webbläsare"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=FlawStatus, default=FlawStatus.OPEN)
    summary = models.CharField(_("bristen i redogörelsen"), max_length=300, blank=True)
    answer = models.TextField(_("svar"), max_length=2000, blank=True)
    reported_at = models.DateTimeField(_("rapporterad"))
    answered_at = models.DateTimeField(_("besvarad"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("besvarad av"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # A keyed hash of the sender's address for the hour in which it limits the number of reports; then empty.
    sender = models.CharField(max_length=16, blank=True, editable=False)

    objects = FlawReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("bristrapport")
        verbose_name_plural = _("bristrapporter")
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=FlawStatus.OPEN, answered_at__isnull=True)
                | (~Q(status=FlawStatus.OPEN) & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="flaw_answered_with_words",
                violation_error_message=_("Skriv ett svar till den som rapporterade."),
            ),
            models.CheckConstraint(
                condition=~Q(status=FlawStatus.KNOWN) | ~Q(summary=""),
                name="flaw_known_has_summary",
                violation_error_message=_("Beskriv bristen så som den ska stå i redogörelsen."),
            ),
        ]
        indexes = [models.Index(fields=["status", "reported_at"], name="flaw_by_status")]

    def __str__(self) -> str:
        return self.summary or self.text[:80]
