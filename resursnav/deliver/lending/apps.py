"""Lending as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.manifest import (
    AboutMe,
    Check,
    Job,
    Manifest,
    MenuEntry,
    PageAct,
    Panel,
    RowNote,
    Stage,
    StartItem,
    StartPart,
)

OUT = "resursnav.deliver.lending.notes:out_now"
HIT, DRAWN = "resursnav.deliver.lending.consequences", "lending/parts/_hit.html"


class LendingConfig(AppConfig):
    name = "resursnav.deliver.lending"
    label = "lending"
    verbose_name = _("Utlåning")
    manifest = Manifest(
        menu=(
            MenuEntry(
                _("Mina lån"),
                "lending:mine",
                Stage.DELIVER,
                icon="package-open",
                rule="lending.book",
                rail=False,
                order=30,
            ),
            MenuEntry(
                _("Bokningar"),
                "lending:orders",
                Stage.DELIVER,
                icon="calendar-check",
                rule="lending.work",
                tasks=False,
                count="resursnav.deliver.lending.waiting:to_approve",
                order=30,
            ),
            MenuEntry(
                _("Lånevillkor"),
                "lending:rules",
                Stage.DELIVER,
                icon="scale",
                rule="lending.rules",
                tasks=False,
                order=95,
            ),
        ),
        start=(
            StartItem("lending.waiting", "resursnav.deliver.lending.start:waiting", 10, StartPart.WAITING),
            StartItem("lending.mine", "resursnav.deliver.lending.start:mine", 20, StartPart.MINE),
        ),
        panels=(
            *(Panel(f"stock:{verb}", f"{HIT}:of_item", DRAWN) for verb in ("retire", "missing", "service")),
            Panel("transport:change", f"{HIT}:of_routes", DRAWN),
            Panel(
                page="resources:show",
                run="resursnav.deliver.lending.panels:book",
                template="lending/parts/_book.html",
                order=5,
            ),
        ),
        acts=(PageAct("resources:show", "resursnav.deliver.lending.panels:act", order=10),),
        row_notes=(
            RowNote(
                "resources:list",
                "resursnav.deliver.lending.notes:free_from",
                order=20,
                later=_("Se när de är lediga"),
                rule="lending.book",
            ),
            RowNote("stock:list", OUT, rule="lending.work"),
            RowNote("stock:together", OUT, rule="lending.work"),
            RowNote("stock:inventory", OUT, rule="lending.work"),
        ),
        jobs=(
            Job("lending.time", "resursnav.deliver.lending.jobs:keep_time", every=3600),
            Job("lending.remind", "resursnav.deliver.lending.jobs:remind", every=3600),
            Job("lending.forget", "resursnav.deliver.lending.jobs:forget", every=86400, greedy=True),
        ),
        checks=(Check("lending", "resursnav.deliver.lending.checks:lending"),),
        about_me=(
            AboutMe(
                "loans", "resursnav.deliver.lending.export:loans", ("lending.Order.person", "lending.Order.placed_by")
            ),
            AboutMe("loan_steps", "resursnav.deliver.lending.export:steps", ("lending.OrderEvent.by",)),
            AboutMe("queue", "resursnav.deliver.lending.export:queue", ("lending.QueueEntry.person",)),
            AboutMe("suspensions", "resursnav.deliver.lending.export:suspensions", ("lending.Suspension.person",)),
        ),
    )

    def ready(self) -> None:
        from . import (  # noqa: PLC0415  # what happens further down, and the verbs' kinds of notice, from the start
            actions,  # noqa: F401  # the same
            handlers,  # noqa: F401  # the same
        )
