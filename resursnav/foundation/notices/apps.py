"""Notices as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import AboutMe, Check, Job, Manifest, MenuEntry, Stage, StartItem, StartPart


class NoticesConfig(AppConfig):
    name = "resursnav.foundation.notices"
    label = "notices"
    verbose_name = _("Aviseringar")
    manifest = Manifest(
        menu=(
            MenuEntry(
                _("Utkorg"), "notices:outbox", Stage.HOUSE, icon="mail", rule="notices.outbox", tasks=False, order=910
            ),
        ),
        jobs=(
            Job("notices.send", "resursnav.foundation.notices.jobs:send_outbox", every=5, greedy=True),
            Job("notices.digest", "resursnav.foundation.notices.jobs:send_digests", every=300),
            Job("notices.tidy", "resursnav.foundation.notices.jobs:remove_texts", every=6 * 3600),
        ),
        start=(StartItem("notices.unread", "resursnav.foundation.notices.start:unread", 50, StartPart.WAITING),),
        checks=(Check("mail", "resursnav.foundation.notices.checks:mail"),),
        about_me=(
            AboutMe("notices", "resursnav.foundation.notices.export:notices", ("notices.Notice.person",), order=200),
            AboutMe(
                "notice_settings",
                "resursnav.foundation.notices.export:preferences",
                ("notices.Preference.person",),
                order=201,
            ),
            AboutMe("mails", "resursnav.foundation.notices.export:mails", ("notices.Mail.person",), order=202),
        ),
    )

    def ready(self) -> None:
        from . import handlers  # noqa: F401, PLC0415  # connected when the app starts, as every context does
