"""What people who work in schools and libraries add to a resource: tips, and "I have used this"."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from resursnav.deliver.curriculum.models import CentralContent, Placement, Version
from resursnav.foundation.access import Role, Scoped
from resursnav.foundation.organisations.models import Organisation

from ..vocabulary import Grade, TipStatus
from .resource import Resource


class TipQuerySet(Scoped["Tip"]):
    """Tips as sets."""

    scope = "resource__owner"
    own = "author"

    def shown(self) -> Self:
        """Those that everyone who sees the resource may read."""
        return self.filter(status=TipStatus.SHOWN)

    def waiting(self) -> Self:
        """Those that somebody at the centre must read first, the oldest first."""
        return self.filter(status=TipStatus.WAITING).order_by("created_at", "pk")


class Tip(models.Model):
    """How a teacher or librarian has worked with a resource; the centre reads it before it is shown."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="tips")
    status = models.CharField(_("status"), max_length=8, choices=TipStatus, default=TipStatus.WAITING)
    headline = models.CharField(_("rubrik"), max_length=120)
    text = models.TextField(_("tips"), max_length=4000)
    point = models.ForeignKey(
        CentralContent,
        verbose_name=_("centralt innehåll"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    grade_from = models.SmallIntegerField(_("från årskurs"), choices=Grade, null=True, blank=True)
    grade_to = models.SmallIntegerField(_("till årskurs"), choices=Grade, null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("skrivet av"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Role and place as they were when the tip was written: that is what readers see.
    author_role = models.CharField(_("roll"), max_length=24, choices=Role)
    author_place = models.ForeignKey(Organisation, verbose_name=_("plats"), on_delete=models.PROTECT, related_name="+")
    show_name = models.BooleanField(_("visa mitt namn"), default=False)
    declined_reason = models.CharField(_("skäl till att tipset inte visas"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("granskat av"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("granskat"), null=True, blank=True)
    created_at = models.DateTimeField(_("skrivet"))

    objects = TipQuerySet.as_manager()

    class Meta:
        verbose_name = _("tips")
        verbose_name_plural = _("tips")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=TipStatus.DECLINED) | ~Q(declined_reason=""),
                name="tip_declined_with_reason",
                violation_error_message=_("Skriv varför tipset inte visas, så att den som skrev det förstår."),
            ),
            models.CheckConstraint(
                condition=Q(status=TipStatus.WAITING) ^ Q(decided_at__isnull=False),
                name="tip_decided_has_a_day",
                violation_error_message=_("Ett granskat tips har en dag då det granskades."),
            ),
            models.CheckConstraint(
                condition=Q(grade_from__isnull=True, grade_to__isnull=True)
                | Q(grade_from__isnull=False, grade_to__isnull=False, grade_from__lte=F("grade_to")),
                name="tip_grades_forward",
                violation_error_message=_("Ange både första och sista årskursen, den lägsta först."),
            ),
        ]
        indexes = [models.Index(fields=["status", "created_at"], name="tip_queue")]

    def __str__(self) -> str:
        return self.headline


class UseQuerySet(models.QuerySet["Use"]):
    """Uses as sets."""

    def of(self, resource: Resource) -> Self:
        """Those of one resource."""
        return self.filter(resource=resource)


class Use(models.Model):
    """Somebody says: I have used this. One person counts once for a resource."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="uses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Where the person worked then, so that follow-up is right after a move or a merger.
    place = models.ForeignKey(
        Organisation, verbose_name=_("plats"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    used_at = models.DateTimeField(_("sagt"))

    objects = UseQuerySet.as_manager()

    class Meta:
        verbose_name = _("användning")
        verbose_name_plural = _("användningar")
        ordering = ["-used_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "resource",
                "person",
                name="resource_use_once",
                violation_error_message=_("Du har redan sagt att du har använt den här."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.used_at:%Y-%m-%d}"


class MappingQuerySet(Scoped["Mapping"]):
    """Mappings as sets."""

    scope = "resource__owner"

    def with_point(self) -> Self:
        """With the point and its subject, in the same statement."""
        return self.select_related("point__subject")

    def with_standing(self, day: date) -> Self:
        """With `holds`: whether a syllabus that holds on the day contains the point."""
        held = Placement.objects.filter(content=OuterRef("point"), stage__version__in=Version.objects.valid_on(day))
        return self.annotate(holds=Exists(held))


class Mapping(models.Model):
    """A resource helps to teach a point of the curriculum: who says so, and how."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="mappings")
    point = models.ForeignKey(
        CentralContent, verbose_name=_("centralt innehåll"), on_delete=models.CASCADE, related_name="+"
    )
    note = models.CharField(_("hur den passar"), max_length=300, blank=True)
    mapped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("kopplad av"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    mapped_at = models.DateTimeField(_("kopplad"))

    holds: bool  # by with_standing

    objects = MappingQuerySet.as_manager()

    class Meta:
        verbose_name = _("koppling till läroplanen")
        verbose_name_plural = _("kopplingar till läroplanen")
        ordering = ["point__subject__name", "point__stage_code", "pk"]
        constraints = [
            models.UniqueConstraint(
                "resource",
                "point",
                name="resource_mapping_once",
                violation_error_message=_("Resursen är redan kopplad till punkten."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} > {self.point_id}"
