"""People as a Django app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import AboutMe, Manifest, MenuEntry, Panel, Stage, StartItem, StartPart


class PeopleConfig(AppConfig):
    name = "resursnav.foundation.people"
    label = "people"
    verbose_name = _("Personer")
    manifest = Manifest(
        menu=(
            MenuEntry(
                label=_("Personer"),
                url_name="people:list",
                stage=Stage.HOUSE,
                icon="users",
                rule="people.manage",
                tasks=False,
                order=85,
            ),
        ),
        start=(
            StartItem("people.my_ending", "resursnav.foundation.people.start:my_ending", 20, StartPart.MINE),
            StartItem("people.waiting", "resursnav.foundation.people.start:waiting", 60, StartPart.WAITING),
        ),
        panels=(
            Panel(
                page="organisations:show",
                run="resursnav.foundation.people.panels:works_here",
                template="people/_works_here.html",
            ),
        ),
        about_me=(
            AboutMe("account", "resursnav.foundation.people.export:account", ("account.EmailAddress.user",), order=10),
            AboutMe(
                "assignments", "resursnav.foundation.people.export:assignments", ("people.Assignment.person",), order=20
            ),
            AboutMe("invitations", "resursnav.foundation.people.export:invitations", (), order=30),
            AboutMe("keys", "resursnav.foundation.people.export:keys", ("people.ApiToken.person",), order=40),
            AboutMe(
                "sign_in_methods",
                "resursnav.foundation.people.export:sign_in_methods",
                ("mfa.Authenticator.user",),
                order=50,
            ),
        ),
    )

    def ready(self) -> None:
        """Listen to the tree."""
        import_module("resursnav.foundation.people.handlers")
