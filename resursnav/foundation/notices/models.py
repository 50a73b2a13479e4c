"""Notices, how people want them, and the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Scoped

from .backoff import STUCK_AFTER


class Way(models.TextChoices):
    """How a kind of notice reaches a person besides the bell."""

    AT_ONCE = "at_once", _("e-post genast")
    DAILY = "daily", _("i ett sammandrag varje morgon")
    NEVER = "never", _("bara i klockan")


class NoticeQuerySet(Scoped["Notice"]):
    """Notices as sets."""

    own = "person"

    def unread(self) -> Self:
        """Those that nobody has read yet."""
        return self.filter(read_at__isnull=True)

    def waiting(self, mark: datetime) -> Self:
        """Those from before the mark that wait for the next digest."""
        return self.filter(waits_for_digest=True, created_at__lt=mark)


class Notice(models.Model):
    """A line for one person about something that happened."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("till"), on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("slag"), max_length=60)
    title = models.CharField(_("rubrik"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    url = models.CharField(_("leder till"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("när"))
    read_at = models.DateTimeField(_("läst"), null=True, blank=True)
    waits_for_digest = models.BooleanField(_("väntar på sammandraget"), default=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("avisering")
        verbose_name_plural = _("aviseringar")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notice_by_person"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["created_at"], condition=Q(waits_for_digest=True), name="notice_waiting"),
        ]

    def __str__(self) -> str:
        return self.title


class Preference(models.Model):
    """How one person wants one kind of notice; without a row it comes as the kind says."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("vem"), on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("slag"), max_length=60)
    way = models.CharField(_("hur"), max_length=8, choices=Way)

    class Meta:
        verbose_name = _("inställning")
        verbose_name_plural = _("inställningar")
        constraints = [
            models.UniqueConstraint(
                "person", "kind", name="preference_once", violation_error_message=_("Valet finns redan.")
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_way_display()}"


class MailState(models.TextChoices):
    """How far a mail has come."""

    QUEUED = "queued", _("väntar")
    SENDING = "sending", _("skickas")
    SENT = "sent", _("skickad")
    FAILED = "failed", _("kom inte fram")


class MailQuerySet(Scoped["Mail"]):
    """Mails as sets."""

    own = "person"

    def due(self, at: datetime) -> Self:
        """Those whose time has come, and those that a worker took and never finished."""
        return self.filter(
            Q(state=MailState.QUEUED, next_at__lte=at) | Q(state=MailState.SENDING, claimed_at__lt=at - STUCK_AFTER)
        )

    def unsent(self) -> Self:
        """Those that are still on their way."""
        return self.filter(state__in=[MailState.QUEUED, MailState.SENDING])


class Mail(models.Model):
    """One mail to one address, from the moment it was decided until it was sent."""

    to = models.EmailField(_("till"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    kind = models.CharField(_("slag"), max_length=60, blank=True)
    subject = models.CharField(_("ämne"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("html"), blank=True)
    headers = models.JSONField(_("brevhuvud"), default=dict, blank=True)
    attachments = models.JSONField(_("bilagor"), default=list, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    created_at = models.DateTimeField(_("skriven"))
    state = models.CharField(_("läge"), max_length=8, choices=MailState, default=MailState.QUEUED)
    # Counts every claim, and is what a claim is made on: it only grows, so two workers can never make the same one.
    tries = models.PositiveSmallIntegerField(_("försök"), default=0)
    next_at = models.DateTimeField(_("nästa försök"))
    claimed_at = models.DateTimeField(_("togs av en arbetare"), null=True, blank=True)
    sent_at = models.DateTimeField(_("skickades"), null=True, blank=True)
    last_error = models.TextField(_("senaste fel"), blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mejl")
        verbose_name_plural = _("mejl")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
                name="mail_sent_has_a_time",
                violation_error_message=_("Ett skickat mejl måste ha en tid."),
            )
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=Q(state__in=[MailState.QUEUED, MailState.SENDING]),
                name="mail_unsent",
            ),
            models.Index(fields=["-created_at", "-id"], name="mail_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.to})"
