"""Editions: what one actually gets of a resource."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..vocabulary import MediaType
from .codes import codes
from .resource import Resource


class Edition(models.Model):
    """One form in which a resource exists: the film on disc, the same film as a stream, the guide beside it."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="editions")
    media_type = models.CharField(_("medietyp"), max_length=10, choices=MediaType)
    label = models.CharField(_("benämning"), max_length=200, blank=True)
    # Many centres let the first letters decide for how long one borrows ("D 1234" a week, "U 567" a term).
    number = models.CharField(_("nummer på hyllan"), max_length=40, blank=True)
    url = models.URLField(_("adress där den finns"), max_length=1000, blank=True)
    languages = codes(_("talspråk eller textspråk"))
    subtitles = codes(_("undertexter på"))
    audio_description = models.BooleanField(_("har syntolkning"), default=False)
    duration_s = models.PositiveIntegerField(
        _("speltid i sekunder"), null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )
    extent = models.CharField(_("omfång"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("år"), null=True, blank=True, validators=[MaxValueValidator(2100)])
    position = models.PositiveSmallIntegerField(_("plats i ordningen"), default=0)

    class Meta:
        verbose_name = _("utgåva")
        verbose_name_plural = _("utgåvor")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_s__isnull=True) | Q(duration_s__gt=0),
                name="edition_lasts",
                violation_error_message=_("Speltiden måste vara längre än noll."),
            )
        ]

    def __str__(self) -> str:
        return self.label or str(self.get_media_type_display())
