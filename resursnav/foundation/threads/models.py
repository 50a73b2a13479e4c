"""Nodes, links between them, and the records of what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Scoped
from resursnav.foundation.organisations.models import Organisation

SYSTEM = "system"
PERSON = "person"


class NodeQuerySet(Scoped["Node"]):
    """Nodes as sets."""


class Node(models.Model):
    """A thing with a story, whatever it is; the thing itself points here."""

    kind = models.CharField(_("slag"), max_length=60)
    title = models.CharField(_("rubrik"), max_length=300)
    organisation = models.ForeignKey(Organisation, verbose_name=_("plats"), on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("började"))

    objects = NodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("del av en historia")
        verbose_name_plural = _("delar av historier")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.title


class Link(models.Model):
    """One thing led to another."""

    cause = models.ForeignKey(Node, verbose_name=_("orsak"), on_delete=models.CASCADE, related_name="links_on")
    effect = models.ForeignKey(Node, verbose_name=_("följd"), on_delete=models.CASCADE, related_name="links_back")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gjord av"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("gjord"))

    class Meta:
        verbose_name = _("länk")
        verbose_name_plural = _("länkar")
        constraints = [
            models.UniqueConstraint(
                "cause", "effect", name="thread_link_once", violation_error_message=_("De hör redan ihop.")
            ),
            models.CheckConstraint(
                condition=~Q(cause=F("effect")),
                name="thread_link_not_to_itself",
                violation_error_message=_("En sak kan inte vara sin egen orsak."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cause_id} > {self.effect_id}"


class RecordQuerySet(Scoped["Record"]):
    """Records as sets."""

    def within(self, organisation: Organisation) -> Self:
        """What was done at the organisation and at everything below it."""
        return self.filter(organisation__in=Organisation.objects.at_or_below([organisation.pk]).values("pk"))

    def of(self, thing: models.Model) -> Self:
        """What was done to this thing."""
        return self.filter(kind=thing._meta.label_lower, key=thing.pk)

    def during(self, start: datetime | None, end: datetime | None) -> Self:
        """What was done from `start` up to but not including `end`; None leaves that side open."""
        found = self
        if start is not None:
            found = found.filter(at__gte=start)
        if end is not None:
            found = found.filter(at__lt=end)
        return found

    def naming_people(self) -> Self:
        """Those that still tell who did it, or whom it was about."""
        return self.filter(Q(by__isnull=False) | Q(about__isnull=False))


class Record(models.Model):
    """One line of the log: who did what, to what, when, why, and what changed."""

    verb = models.CharField(_("vad som gjordes"), max_length=60)
    # The thing, by its model's label and its key; not a foreign key, because the record outlives the thing.
    kind = models.CharField(_("slag"), max_length=60)
    key = models.BigIntegerField(_("nummer"), null=True, blank=True)
    title = models.CharField(_("rubrik"), max_length=300, blank=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("plats"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("vem"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    acted_as = models.CharField(_("i rollen"), max_length=24)
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("om"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("när"))
    before = models.JSONField(_("före"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("efter"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    said = models.TextField(_("skäl"), blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "-at"], name="record_by_place"),
            models.Index(fields=["kind", "key", "-at"], name="record_by_thing"),
            models.Index(fields=["-at", "-id"], name="record_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind}:{self.key}"
