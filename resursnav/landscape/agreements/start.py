"""What agreements say on the start page: what somebody must decide before its day has passed."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.ui.components.words import day_year
from resursnav.kernel.manifest import StartLine

from . import waiting, wording

SHOWN = 4


def notices(person: object) -> list[StartLine]:
    """The nearest notice dates of the agreements that the person answers for."""
    today = timezone.localdate()
    lines = []
    for agreement in waiting.held_by(person, today)[:SHOWN]:
        if agreement.notice_by is None:  # pragma: no cover  # held_by asks for days
            continue
        what = _("Säg upp eller låt förlängas: %(title)s") if agreement.extends else _("Bestäm om förnyelse: %(title)s")
        said = {"day": day_year(agreement.notice_by), "left": wording.days_left(agreement.notice_by, today)}
        lines.append(
            StartLine(
                what % {"title": agreement.title},
                agreement.get_absolute_url(),
                about=_("Senast %(day)s, %(left)s") % said,
                icon="calendar-clock",
            )
        )
    return lines
