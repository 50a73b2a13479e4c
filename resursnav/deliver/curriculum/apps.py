"""Curriculum as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import Manifest


class CurriculumConfig(AppConfig):
    name = "resursnav.deliver.curriculum"
    label = "curriculum"
    verbose_name = _("Läroplan")
    manifest = Manifest()

    def ready(self) -> None:
        from . import actions  # noqa: F401, PLC0415  # declares the verbs of the log
