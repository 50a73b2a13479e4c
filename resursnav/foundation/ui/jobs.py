"""Numbers for the navigation, and lines for the start page."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from resursnav.kernel.manifest import StartLine

from .models import FlawReport
from .rules import SEE


def waiting_flaws(person: object) -> QuerySet[FlawReport]:
    """The reports that wait for somebody at the centre."""
    return FlawReport.objects.visible_to(person, SEE).waiting()


def flaws_on_start(person: object, count: int) -> list[StartLine]:
    """A line for those at the centre while reports wait."""
    title = ngettext("En bristrapport väntar på svar", "%(count)s bristrapporter väntar på svar", count)
    return [StartLine(title % {"count": count}, reverse("ui:flaws"), icon="accessibility")]
