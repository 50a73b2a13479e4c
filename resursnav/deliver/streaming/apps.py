"""Streaming as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import AboutMe, Job, Manifest, MenuEntry, Panel, Stage, StartItem, StartPart, UseCount


class StreamingConfig(AppConfig):
    name = "resursnav.deliver.streaming"
    label = "streaming"
    verbose_name = _("Strömning")
    manifest = Manifest(
        menu=(
            MenuEntry(
                _("Klasskoder"), "streaming:codes", Stage.DELIVER, icon="key-round", rule="streaming.make", rail=False,
                order=40, about=_("Ge eleverna en kod som öppnar en film eller en webbresurs utan konto."),
            ),
            MenuEntry(
                _("Strömmat"), "streaming:use", Stage.DELIVER, icon="monitor-play", rule="streaming.use", tasks=False,
                order=41,
            ),
        ),
        start=(
            StartItem("streaming.limits", "resursnav.deliver.streaming.start:limits", 31, StartPart.WAITING),
            StartItem("streaming.codes", "resursnav.deliver.streaming.start:codes", 40, StartPart.MINE),
        ),
        use_counts=(UseCount("resursnav.deliver.streaming.counts:by_title"),),
        jobs=(Job("streaming.forget", "resursnav.deliver.streaming.jobs:forget", every=3600),),
        panels=(
            Panel("resources:show", "resursnav.deliver.streaming.panels:class_code", "streaming/_make.html", order=30),
            Panel("agreements:show", "resursnav.deliver.streaming.panels:used", "streaming/_used.html", order=50),
        ),
        about_me=(
            AboutMe("class_codes", "resursnav.deliver.streaming.export:class_codes", ("streaming.ClassCode.made_by",)),
        ),
    )  # fmt: skip

    def ready(self) -> None:
        from resursnav.deliver.resources.opening import put_up  # noqa: PLC0415  # models are not there before the apps are ready

        from . import actions, checking  # noqa: F401, PLC0415  # the same; its kind of notice must be known from the start

        put_up(checking.gates)
