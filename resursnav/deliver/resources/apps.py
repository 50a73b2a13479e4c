"""Resources as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import AboutMe, Manifest, MenuEntry, SearchKind, Stage, StartItem, StartPart


class ResourcesConfig(AppConfig):
    name = "resursnav.deliver.resources"
    label = "resources"
    verbose_name = _("Resurser")
    manifest = Manifest(
        menu=(
            MenuEntry(
                _("Hitta resurser"),
                "resources:list",
                Stage.DELIVER,
                icon="search",
                order=10,
                about=_("Sök bland filmer, böcker, lådor, appar och lärarhandledningar."),
            ),
            MenuEntry(
                _("Samlingar"),
                "resources:collections",
                Stage.DELIVER,
                icon="library",
                order=12,
                about=_("Läs vad centret och biblioteken har valt ut, och varför."),
            ),
            MenuEntry(
                _("Ämnen och läroplan"),
                "resources:subjects",
                Stage.DELIVER,
                icon="graduation-cap",
                order=14,
                about=_("Gå via ämne och årskurs till det centrala innehållet, och se vad som finns till varje punkt."),
            ),
            MenuEntry(
                _("Centrets resurser"),
                "resources:work",
                Stage.DELIVER,
                icon="list-checks",
                rule="resources.work",
                tasks=False,
                order=16,
            ),
            MenuEntry(
                _("Tips att läsa"),
                "resources:tips",
                Stage.DELIVER,
                icon="lightbulb",
                rule="tips.moderate",
                tasks=False,
                count="resursnav.deliver.resources.waiting:tips",
                order=18,
            ),
        ),
        search_kinds=(
            SearchKind("resource", _("Resurser"), "resursnav.deliver.resources.finding:Resources", "resources:show"),
            SearchKind(
                "collection", _("Samlingar"), "resursnav.deliver.resources.finding:Collections", "resources:collection"
            ),
        ),
        start=(
            StartItem(
                "tips.waiting",
                "resursnav.deliver.resources.start:waiting_tips",
                20,
                StartPart.WAITING,
                count="resursnav.deliver.resources.waiting:tips",
            ),
            StartItem("resources.new", "resursnav.deliver.resources.start:new_resources", part=StartPart.NEW),
            StartItem("collections.new", "resursnav.deliver.resources.start:new_collections", part=StartPart.NEW),
        ),
        about_me=(
            AboutMe("tips", "resursnav.deliver.resources.export:tips", ("resources.Tip.author",)),
            AboutMe("used_resources", "resursnav.deliver.resources.export:uses", ("resources.Use.person",)),
            AboutMe("curriculum_ties", "resursnav.deliver.resources.export:mappings", ("resources.Mapping.mapped_by",)),
        ),
    )
