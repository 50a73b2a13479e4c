"""Transport as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import Manifest, MenuEntry, Panel, Stage


class TransportConfig(AppConfig):
    name = "resursnav.deliver.transport"
    label = "transport"
    verbose_name = _("Transporter")
    manifest = Manifest(
        menu=(
            MenuEntry(
                _("Transporter"),
                "transport:list",
                Stage.DELIVER,
                icon="truck",
                rule="transport.see",
                tasks=False,
                order=46,
            ),
            MenuEntry(
                _("Lov"),
                "transport:breaks",
                Stage.DELIVER,
                icon="calendar-off",
                rule="transport.see_break",
                tasks=False,
                order=47,
            ),
        ),
        panels=(
            Panel(
                page="organisations:show",
                run="resursnav.deliver.transport.panels:comes_here",
                template="transport/_here.html",
                order=150,
            ),
        ),
    )

    def ready(self) -> None:
        from . import actions, imports  # noqa: F401, PLC0415  # its verbs must be known from the start

        imports.declare()
