"""Access as a Django app: template tags only, no tables."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "resursnav.foundation.access"
    label = "access"
