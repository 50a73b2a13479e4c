"""Organisations as a Django app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import (
    Check,
    Job,
    Manifest,
    MenuEntry,
    SearchKind,
    Stage,
    StartItem,
    StartPart,
)


class OrganisationsConfig(AppConfig):
    name = "resursnav.foundation.organisations"
    label = "organisations"
    verbose_name = _("Organisationer")
    manifest = Manifest(
        menu=(
            MenuEntry(
                label=_("Organisationer"),
                url_name="organisations:list",
                stage=Stage.HOUSE,
                icon="network",
                rule="organisations.see",
                tasks=False,
                order=80,
                about=_("Hitta en skola, en förskola eller ett bibliotek, med adress och telefon."),
            ),
        ),
        search_kinds=(
            SearchKind(
                "organisation",
                _("Organisationer"),
                "resursnav.foundation.organisations.finding:Organisations",
                "organisations:show",
            ),
        ),
        jobs=(
            Job("organisations.snapshot", "resursnav.foundation.organisations.jobs:keep_last_year", every=6 * 3600),
            Job("organisations.mend", "resursnav.foundation.organisations.jobs:mend", every=24 * 3600),
        ),
        start=(
            StartItem(
                "organisations.contact", "resursnav.foundation.organisations.start:no_contact", 55, StartPart.WAITING
            ),
        ),
        checks=(Check("organisations.tree", "resursnav.foundation.organisations.health:tree"),),
    )

    def ready(self) -> None:
        """Make the registers known as kinds of import."""
        import_module("resursnav.foundation.organisations.imports").declare()
