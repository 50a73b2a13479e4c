"""Ui as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import AboutMe, Manifest, MenuEntry, Stage, StartItem, StartPart


class UiConfig(AppConfig):
    name = "resursnav.foundation.ui"
    label = "ui"
    manifest = Manifest(
        menu=(
            MenuEntry(
                label=_("Bristrapporter"),
                url_name="ui:flaws",
                stage=Stage.HOUSE,
                icon="accessibility",
                rule="ui.see",
                tasks=False,
                count="resursnav.foundation.ui.jobs:waiting_flaws",
                order=900,
            ),
        ),
        start=(
            StartItem(
                "ui.flaws",
                "resursnav.foundation.ui.jobs:flaws_on_start",
                90,
                StartPart.WAITING,
                count="resursnav.foundation.ui.jobs:waiting_flaws",
            ),
        ),
        about_me=(
            AboutMe("flaw_answers", "resursnav.foundation.ui.export:flaw_answers", ("ui.FlawReport.answered_by",)),
        ),
    )
