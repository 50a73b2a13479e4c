"""Curriculum as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import Manifest, MenuEntry, Stage


class CurriculumConfig(AppConfig):
    name = "resursnav.deliver.curriculum"
    label = "curriculum"
    verbose_name = _("Läroplan")
    manifest = Manifest(
        menu=(
            MenuEntry(
                _("Läroplanen"), "curriculum:subjects", Stage.DELIVER, icon="book-open", rule="curriculum.see",
                order=220,
                about=_("Bläddra i ämnen, stadier och centralt innehåll, och se vad som finns till varje punkt."),
            ),
        ),
    )  # fmt: skip

    def ready(self) -> None:
        from . import actions  # noqa: F401, PLC0415  # declares the verbs of the log
