"""The stamps."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stamp(models.Model):
    """The stamp of something that processes keep: another number means that it has changed."""

    name = models.CharField(_("namn"), max_length=60, primary_key=True)
    number = models.BigIntegerField(_("nummer"))

    class Meta:
        verbose_name = _("stämpel")
        verbose_name_plural = _("stämplar")

    def __str__(self) -> str:
        return f"{self.name}: {self.number}"
