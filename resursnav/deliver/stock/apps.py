"""Stock as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import AboutMe, Job, Manifest, MenuEntry, Panel, Stage, StartItem, StartPart


class StockConfig(AppConfig):
    name = "resursnav.deliver.stock"
    label = "stock"
    verbose_name = _("Bestånd")
    manifest = Manifest(
        menu=(
            MenuEntry(
                _("Bestånd"),
                "stock:list",
                Stage.DELIVER,
                icon="package",
                rule="stock.work",
                tasks=False,
                order=30,
            ),
            MenuEntry(
                _("Fel att åtgärda"),
                "stock:faults",
                Stage.DELIVER,
                icon="wrench",
                rule="stock.work",
                tasks=False,
                count="resursnav.deliver.stock.waiting:faults",
                order=31,
            ),
        ),
        start=(
            StartItem(
                "stock.faults",
                "resursnav.deliver.stock.start:faults",
                40,
                StartPart.WAITING,
                count="resursnav.deliver.stock.waiting:stopped",
            ),
        ),
        jobs=(Job("stock.promises", "resursnav.deliver.stock.jobs:forget_promises", every=3600),),
        panels=(
            Panel(
                page="resources:show",
                run="resursnav.deliver.stock.panels:items_of",
                template="stock/_holdings.html",
                order=60,
            ),
        ),
        about_me=(AboutMe("faults", "resursnav.deliver.stock.export:faults", ("stock.Fault.reported_by",)),),
    )

    def ready(self) -> None:
        from . import actions, imports  # noqa: F401, PLC0415  # its verbs must be known from the start

        imports.declare()
