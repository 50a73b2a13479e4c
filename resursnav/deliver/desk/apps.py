"""Desk as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import Manifest, MenuEntry, PageAct, Stage


class DeskConfig(AppConfig):
    name = "resursnav.deliver.desk"
    label = "desk"
    verbose_name = _("Lånedisken")
    manifest = Manifest(
        menu=(
            MenuEntry(
                _("Lånedisken"), "desk:day", Stage.DELIVER, icon="scan-barcode", rule="desk.work", tasks=False, order=5
            ),
            MenuEntry(
                _("Rundor"),
                "desk:rounds",
                Stage.DELIVER,
                icon="truck",
                rule="desk.drive",
                about=_("Se vad som ska lämnas och hämtas på dagens runda, och kvittera där du står."),
                order=6,
            ),
        ),
        acts=(PageAct("lending:order", "resursnav.deliver.desk.panels:delivery_note"),),
    )
