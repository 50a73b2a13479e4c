"""Imports as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import AboutMe, Job, Manifest, MenuEntry, Stage


class ImportsConfig(AppConfig):
    name = "resursnav.foundation.imports"
    label = "imports"
    manifest = Manifest(
        menu=(
            MenuEntry(
                _("Importer"),
                "imports:index",
                Stage.HOUSE,
                icon="file-input",
                rule="imports.see",
                tasks=False,
                order=800,
            ),
        ),
        jobs=(
            Job("imports.run", "resursnav.foundation.imports.jobs:run_waiting", every=2, greedy=True),
            Job("imports.tidy", "resursnav.foundation.imports.jobs:tidy", every=24 * 3600),
        ),
        about_me=(
            AboutMe(
                "imports",
                "resursnav.foundation.imports.export:batches",
                ("imports.ImportBatch.uploaded_by", "imports.ImportBatch.confirmed_by"),
            ),
        ),
    )
