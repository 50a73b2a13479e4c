"""Threads as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import AboutMe, Job, Manifest, MenuEntry, Panel, Stage


class ThreadsConfig(AppConfig):
    name = "resursnav.foundation.threads"
    label = "threads"
    verbose_name = _("Trådar och logg")
    manifest = Manifest(
        menu=(
            MenuEntry(
                _("Logg"),
                "threads:audit-all",
                Stage.HOUSE,
                icon="history",
                rule="threads.log",
                tasks=False,
                order=900,
            ),
        ),
        panels=(
            Panel(
                "organisations:show", "resursnav.foundation.threads.panels:recent", "threads/_recent.html", order=900
            ),
        ),
        jobs=(Job("threads.forget", "resursnav.foundation.threads.jobs:forget_identities", every=6 * 3600),),
        about_me=(
            AboutMe(
                "log",
                "resursnav.foundation.threads.about_me:log",
                ("threads.Record.by", "threads.Record.about"),
                order=900,
            ),
        ),
    )

    def ready(self) -> None:
        from . import handlers  # noqa: F401, PLC0415  # connected when the app starts, as every context does
