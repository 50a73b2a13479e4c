"""Search as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import Check, Job, Manifest, MenuEntry, Stage


class SearchConfig(AppConfig):
    name = "resursnav.foundation.search"
    label = "search"
    verbose_name = _("Sökning")
    manifest = Manifest(
        menu=(
            MenuEntry(
                label=_("Sökningar utan träff"),
                url_name="search:failed",
                stage=Stage.LISTEN,
                icon="search-x",
                rule="search.failed",
                tasks=False,
                order=300,
            ),
            MenuEntry(
                label=_("Synonymer"),
                url_name="search:synonyms",
                stage=Stage.DELIVER,
                icon="equal",
                rule="search.synonyms",
                tasks=False,
                order=310,
            ),
        ),
        jobs=(
            Job("search.drain", "resursnav.foundation.search.jobs:drain", every=1.5, greedy=True, everywhere=True),
            Job("search.failures", "resursnav.foundation.search.jobs:count_failures", every=60, everywhere=True),
            Job("search.closed", "resursnav.foundation.search.jobs:leave_out_closed", every=24 * 3600),
            Job("search.forget", "resursnav.foundation.search.jobs:forget_old", every=24 * 3600),
        ),
        checks=(Check("search", "resursnav.foundation.search.jobs:check", ready=True),),
    )

    def ready(self) -> None:
        """Hear what happens to organisations."""
        from . import handlers  # noqa: F401, PLC0415  # connected when the app starts, as every context does
