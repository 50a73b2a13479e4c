"""Rights as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import (
    Manifest,
    MenuEntry,
    Panel,
    RowFilter,
    RowNote,
    SearchFacet,
    Stage,
    StartItem,
    StartPart,
)

NOTES = "resursnav.deliver.rights.notes:for_rows"


class RightsConfig(AppConfig):
    name = "resursnav.deliver.rights"
    label = "rights"
    verbose_name = _("Rättigheter")
    manifest = Manifest(
        menu=(
            MenuEntry(
                _("Det här försvinner"),
                "rights:forecast",
                Stage.HOUSE,
                icon="calendar-x",
                rule="rights.forecast",
                tasks=False,
                order=62,
            ),
        ),
        start=(StartItem("rights.running_out", "resursnav.deliver.rights.start:running_out", 35, StartPart.WAITING),),
        panels=(
            Panel(
                page="resources:show",
                run="resursnav.deliver.rights.panels:for_resource",
                template="rights/_resource.html",
                order=10,
            ),
            Panel(
                page="agreements:show",
                run="resursnav.deliver.rights.panels:for_agreement",
                template="rights/_agreement.html",
                order=10,
            ),
        ),
        row_notes=(RowNote("resources:list", NOTES, order=10), RowNote("resources:collection", NOTES, order=10)),
        row_filters=(RowFilter("resources:list", "resursnav.deliver.rights.narrowing:offered", order=10),),
        search_facets=(SearchFacet("resource", "rights", "resursnav.deliver.rights.indexing:codes"),),
    )

    def ready(self) -> None:
        from . import actions, handlers  # noqa: F401, PLC0415  # verbs must be known, and who listens must
