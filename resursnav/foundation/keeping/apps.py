"""Keeping as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import Manifest


class KeepingConfig(AppConfig):
    name = "resursnav.foundation.keeping"
    label = "keeping"
    verbose_name = _("Det som behålls")
    manifest = Manifest()
