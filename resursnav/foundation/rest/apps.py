"""Rest as a Django app: it has texts to translate, but no tables."""

from django.apps import AppConfig

from resursnav.kernel.manifest import Manifest


class RestConfig(AppConfig):
    name = "resursnav.foundation.rest"
    label = "rest"
    manifest = Manifest()
