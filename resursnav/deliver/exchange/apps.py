"""Exchange as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.imports import kinds, words
from resursnav.kernel.manifest import AboutMe, Job, Manifest, MenuEntry, Stage


class ExchangeConfig(AppConfig):
    name = "resursnav.deliver.exchange"
    label = "exchange"
    verbose_name = _("Utbyte")
    manifest = Manifest(
        menu=(
            MenuEntry(
                _("Läs in resurser"),
                "exchange:upload",
                Stage.DELIVER,
                icon="upload",
                rule="exchange.take_in",
                tasks=False,
                order=20,
            ),
        ),
        jobs=(
            Job("exchange.harvest", "resursnav.deliver.exchange.jobs:harvest", every=24 * 3600),
            Job("exchange.harvest_wanted", "resursnav.deliver.exchange.jobs:harvest_wanted", every=3, greedy=True),
        ),
        about_me=(
            AboutMe("wanted_harvests", "resursnav.deliver.exchange.export:harvests", ("exchange.Harvest.wanted_by",)),
        ),
    )

    def ready(self) -> None:
        from resursnav.deliver.resources.parts import add_head  # noqa: PLC0415  # the same

        from . import labels, reasons, rules, saying, taking  # noqa: PLC0415  # models are not there before the apps are ready

        words.add(reasons.WORDS)
        kinds.register(
            kinds.ImportKind(
                taking.KIND,
                _("Resurser"),
                taking.check,
                taking.apply,
                prepare=taking.prepare,
                done_url="resources:list",
                done_label=_("Till katalogen"),
                withdraws=True,
                match_url="exchange:columns",
                noun=_("resurser"),
                noun_one=_("resurs"),
                fields=labels.FIELDS,
                new_url="exchange:upload",
                new_label=_("Läs in resurser"),
                new_rule=rules.TAKE_IN,
            )
        )
        add_head(saying.head)
