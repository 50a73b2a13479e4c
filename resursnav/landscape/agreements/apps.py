"""Agreements as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import (
    AboutMe,
    Job,
    Manifest,
    MenuEntry,
    Panel,
    SearchKind,
    Stage,
    StartItem,
    StartPart,
    ThreadKind,
)


class AgreementsConfig(AppConfig):
    name = "resursnav.landscape.agreements"
    label = "agreements"
    verbose_name = _("Avtal")
    manifest = Manifest(
        menu=(
            MenuEntry(
                _("Avtal"),
                "agreements:list",
                Stage.HOUSE,
                icon="file-text",
                rule="agreements.see",
                order=60,
            ),
            MenuEntry(
                _("Förnyelser"),
                "agreements:renewals",
                Stage.HOUSE,
                icon="calendar-clock",
                rule="agreements.see",
                tasks=False,
                order=61,
            ),
        ),
        thread_kinds=(
            ThreadKind(
                "agreement",
                _("Avtal"),
                "agreements:show",
                icon="file-text",
                sees="resursnav.landscape.agreements.waiting:seen",
            ),
        ),
        search_kinds=(
            SearchKind("agreement", _("Avtal"), "resursnav.landscape.agreements.finding:Agreements", "agreements:show"),
        ),
        start=(StartItem("agreements.notice", "resursnav.landscape.agreements.start:notices", 30, StartPart.WAITING),),
        jobs=(Job("agreements.time", "resursnav.landscape.agreements.jobs:keep_time", every=3600),),
        panels=(
            Panel(
                page="organisations:show",
                run="resursnav.landscape.agreements.panels:rights_here",
                template="agreements/_here.html",
                order=200,
            ),
        ),
        about_me=(
            AboutMe(
                "agreement_documents",
                "resursnav.landscape.agreements.export:documents",
                ("agreements.AgreementDocument.uploaded_by",),
            ),
        ),
    )

    def ready(self) -> None:
        from . import actions  # noqa: F401, PLC0415  # its verbs and its kind of notice must be known from the start
