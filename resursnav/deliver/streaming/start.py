"""What streaming says on the start page: rights whose uses run out, and the codes that one has out."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.foundation.access import may
from resursnav.foundation.ui.components.words import moment_text
from resursnav.kernel.manifest import StartLine
from resursnav.landscape.agreements.rules import EDIT as EDIT_AGREEMENT

from . import leases
from .models import ClassCode, Meter
from .rules import MAKE

SHOWN = 3


def limits(person: Any) -> list[StartLine]:
    """For those who keep agreements: what has reached four fifths of its uses."""
    if not may(person, EDIT_AGREEMENT):
        return []
    near = Meter.objects.visible_to(person, EDIT_AGREEMENT).reached(leases.STEPS[0])
    rows = near.filter(right__agreement__terminated_date__isnull=True).select_related("right__agreement")
    lines = []
    for meter in rows.order_by("-uses", "pk")[:SHOWN]:
        right = meter.right
        said = {"title": right.agreement.title, "uses": meter.uses, "most": right.most_uses}
        title = _("%(title)s: %(uses)s av %(most)s visningar är använda") % said
        about = (
            _("Tala med motparten innan de tar slut.")
            if meter.uses < (right.most_uses or 0)
            else _("Ingen mer kan öppna det.")
        )
        lines.append(StartLine(title, right.agreement.get_absolute_url(), about=about, icon="gauge"))
    return lines


def codes(person: Any) -> list[StartLine]:
    """For teachers: the codes that pupils can use now."""
    if not may(person, MAKE):
        return []
    rows: Any = ClassCode.objects.open_now().vouched(timezone.localdate()).filter(made_by=person)
    return [
        StartLine(
            _("Klasskod %(digits)s%(name)s") % {"digits": code.spoken, "name": f", {code.name}" if code.name else ""},
            code.get_absolute_url(),
            about=ngettext("Öppnar %(n)s resurs till %(until)s.", "Öppnar %(n)s resurser till %(until)s.", code.things)
            % {"n": code.things, "until": moment_text(code.ends_at)},
            icon="key-round",
        )
        for code in rows.annotate(things=Count("opened")).order_by("ends_at", "pk")[:SHOWN]
    ]
